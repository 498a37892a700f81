"""Organisations that change their standing: what they have on the map is looked at.

It goes by comparing what is with what was followed up before, not by an event, so it does not matter by which screen
or command somebody was suspended, nor how often or how seldom a round runs.
"""

from __future__ import annotations

from django.db import transaction

from organizations.models import MemberStatus, Organization
from services.models.coverage import under
from verification.models import Watch
from verification.publication import publish, states_shown
from verification.services.changing import lock_states
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
    organization = Organization.objects.select_for_update().get(pk=pk)
    watch, _created = Watch.objects.select_for_update().get_or_create(organization=organization)
    if watch.is_suspended == organization.is_suspended:
        return False
    watch.is_suspended = organization.is_suspended
    watch.save(update_fields=["is_suspended"])
    if organization.is_suspended:
        triggers.after_suspension(organization)
    else:
        states = states_shown().filter(under(organization, "listing__"))
        lock_states(states.values_list("pk", flat=True))
        for state in states:
            publish(state)
    return True


def follow(organization: Organization) -> None:
    """One organisation at once, in the transaction of whoever changes its standing."""
    _follow_standing(organization.pk)
