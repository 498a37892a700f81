"""Organisations that change their standing or whose website falls silent: what they have on the map is looked at.

Both go by comparing what is with what was followed up before, not by an event, so it does not matter by which screen
or command somebody was suspended, nor how often or how seldom a round runs.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from core import clock
from organizations.models import MemberStatus, Organization
from services.models.coverage import under
from verification import links
from verification.models import Watch
from verification.publication import publish, states_shown
from verification.upkeep import triggers

_GONE = (MemberStatus.SUSPENDED, MemberStatus.LEFT)


def follow_standing() -> int:
    """Ask for re-checks where an organisation was suspended or left, and bring back what comes back.

    Returns how many organisations moved. Hiding waits for no round: a trigger of the database does it at once.
    """
    gone = Organization.objects.filter(member_status__in=_GONE)
    followed = Watch.objects.filter(is_suspended=True).values("organization")
    moved = [*gone.exclude(pk__in=followed), *Organization.objects.filter(pk__in=followed).exclude(pk__in=gone)]
    return sum(_follow_standing(organization.pk) for organization in moved)


@transaction.atomic
def _follow_standing(pk: int) -> bool:
    """One organisation, locked: whoever changes its standing in this moment is waited for."""
    organization = Organization.objects.select_for_update(of=("self",)).get(pk=pk)
    watch, _created = Watch.objects.select_for_update(of=("self",)).get_or_create(organization=organization)
    if watch.is_suspended == organization.is_suspended:
        return False
    watch.is_suspended = organization.is_suspended
    watch.save(update_fields=["is_suspended"])
    if organization.is_suspended:
        triggers.after_suspension(organization)
    else:
        states = states_shown().filter(under(organization, "listing__"))
        for state in states.select_for_update(of=("self",)):
            publish(state)
    return True


def check_links() -> int:
    """Ask a seventh of the websites, so each once a week, and those again that failed on an earlier day.

    Returns how many do not answer. Does nothing unless the operator switched it on: it is the only request that
    leaves the house. A second run on the same day asks nobody again.
    """
    if not links.is_on():
        return 0
    today = clock.today()
    asked = [row for row in _with_website() if _is_due(row, today)]
    return sum(_follow_website(row, links.check_link(row.website).alive, today) for row in asked)


def _with_website() -> QuerySet[Organization]:
    return Organization.objects.in_network().exclude(website="").order_by("pk")


def _is_due(organization: Organization, today: dt.date) -> bool:
    watch = Watch.objects.filter(organization=organization).first()
    if watch and watch.website_asked_on == today:
        return False
    failed_once = watch is not None and watch.website_failed_on is not None and not watch.website_told
    return failed_once or organization.pk % 7 == today.weekday()


@transaction.atomic
def _follow_website(organization: Organization, alive: bool, today: dt.date) -> bool:
    """Note what came back; at the second failure, on another day, ask for re-checks once. True when it is dead."""
    watch, _created = Watch.objects.select_for_update(of=("self",)).get_or_create(organization=organization)
    watch.website_asked_on = today
    if alive:
        watch.website_failed_on, watch.website_told = None, False
    elif watch.website_failed_on is None:
        watch.website_failed_on = today
    elif watch.website_failed_on < today and not watch.website_told:
        watch.website_told = True
        triggers.after_dead_link(organization, organization.website)
    watch.save()
    return not alive
