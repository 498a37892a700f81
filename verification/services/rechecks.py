"""Re-checks before the date: why, by when, by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, NotAllowed
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.access import require_coordinator
from verification.models import ListingState, Recheck, RecheckReason

if TYPE_CHECKING:
    from accounts.models import User

#: Class A answers within a day, the others within so many working days.
HOURS_CLASS_A = 24
WORKING_DAYS = 3


def deadline(verification_class: str, start: dt.datetime) -> dt.datetime:
    """When a re-check of this class must be done: 24 hours for A, else three working days later at the same hour."""
    if verification_class == "A":
        return start + dt.timedelta(hours=HOURS_CLASS_A)
    left, moment = WORKING_DAYS, start
    while left:
        moment += dt.timedelta(days=1)
        left -= moment.weekday() < 5
    return moment


@transaction.atomic
def open_recheck(*, listing: ServiceAtLocation, reason: str, note: str = "") -> Recheck:
    """Ask for a re-check. An open one for the same reason is kept, with the newer note."""
    state = ListingState.objects.filter(pk=listing.pk).only("verification_class").first()
    due_at = deadline(state.verification_class if state else "B", clock.now())
    recheck, created = Recheck.objects.select_for_update().get_or_create(
        listing=listing, reason=reason, done_at=None, defaults={"note": note[:500], "due_at": due_at}
    )
    if not created and note:
        recheck.note = note[:500]
        recheck.save(update_fields=["note"])
    return recheck


@transaction.atomic
def assign(*, recheck: Recheck, actor: User | None, organization: Organization | None) -> Recheck:
    """Give a re-check to an organisation of the network, never to the owner. None takes it back.

    `actor=None` is the operator's command line.
    """
    return assign_all(rechecks=[recheck], actor=actor, organization=organization)[0]


@transaction.atomic
def assign_all(
    *, rechecks: Sequence[Recheck], actor: User | None, organization: Organization | None
) -> Sequence[Recheck]:
    """All of them, or none. Whether it is a newcomer is asked once."""
    for recheck in rechecks:
        require_coordinator(recheck.listing, actor)
        if organization and organization.pk == recheck.listing.service.organization_id:
            raise NotAllowed(_("Nobody checks the listings of their own organisation."))
    if organization and organization.is_newcomer:
        raise HouseError(newcomer_words(), field="organization")
    for recheck in rechecks:
        recheck.assigned_to = organization
        recheck.save(update_fields=["assigned_to"])
    return rechecks


def newcomer_words() -> str:
    return _("It joined less than half a year ago: it checks nobody yet.")


@transaction.atomic
def close_rechecks(*, listing: ServiceAtLocation, actor: User | None, by_another: bool) -> int:
    """Close what a check answers. An owner's own word does not answer what another organisation must look at."""
    outside_only = [RecheckReason.OUTSIDE, RecheckReason.SAMPLE, RecheckReason.TRUSTED, RecheckReason.REFUSED]
    # Only who agrees to the texts, or the owner who changes them, answers that.
    held = [RecheckReason.GIVEAWAY]
    rechecks = Recheck.objects.open().filter(listing=listing).exclude(reason__in=held)
    if not by_another:
        rechecks = rechecks.exclude(reason__in=outside_only)
    done = 0
    for recheck in rechecks.select_for_update():
        recheck.done_at, recheck.done_by = clock.now(), actor
        recheck.save(update_fields=["done_at", "done_by"])
        done += 1
    return done
