"""Organisations whose website falls silent: what they have on the map is looked at.

Whose turn it is goes by the day and by what came back before, so a round may run often or seldom.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from core import clock
from organizations.models import Organization
from verification.models import Watch
from verification.upkeep import triggers
from verification.websites import asking


def check_websites() -> int:
    """Ask a seventh of the websites, so each once a week, and those again that failed on an earlier day.

    Returns how many do not answer. Does nothing unless the operator switched it on: it is the only request that
    leaves the house. A second run on the same day asks nobody again.
    """
    if not settings.LINK_CHECKER:
        return 0
    today = clock.today()
    asked = [row for row in _with_website() if _is_due(row, today)]
    return sum(_follow_website(row, asking.ask_website(row.website).alive, today) for row in asked)


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
    watch, _created = Watch.objects.select_for_update().get_or_create(organization=organization)
    watch.website_asked_on = today
    if alive:
        watch.website_failed_on, watch.website_told = None, False
    elif watch.website_failed_on is None:
        watch.website_failed_on = today
    elif watch.website_failed_on < today and not watch.website_told:
        watch.website_told = True
        triggers.after_dead_website(organization, organization.website)
    watch.save()
    return not alive
