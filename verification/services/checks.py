"""Confirming that nothing changed, and checking somebody else's listing. Neither ever changes content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.access import require_owner, require_verifier
from verification.models import Check, CheckMethod, CheckOutcome, Level, ListingState, Publication, RecheckReason
from verification.models.check import LEVEL_OF
from verification.publication import publish
from verification.services._common import audit, load, lock_state, place_today, save_state, set_class, set_dates
from verification.services.rechecks import close_rechecks, open_recheck
from verification.transitions import move_listing

if TYPE_CHECKING:
    from accounts.models import User

OWNER_METHODS = (CheckMethod.WORKSPACE, CheckMethod.LINK, CheckMethod.COORDINATOR_PHONE)


@transaction.atomic
def confirm_unchanged(
    *, listing: ServiceAtLocation, actor: User | None, method: str = CheckMethod.WORKSPACE, note: str = ""
) -> Check:
    """The owner says that what is on the map is right. Moves the dates, writes a Check, changes no content.

    A check by another organisation stays the reader's level while it is valid; the owner's word then only moves
    the dates.
    """
    if method not in OWNER_METHODS:
        raise ValueError(f"{method} is not an owner's method")
    listing = load(listing)
    require_owner(listing, actor)
    with audit("confirm", actor, note):
        state = lock_state(listing)
        if state.published is None or not state.is_shown:
            raise WrongState(_("Only a listing that is on the map can be confirmed."))
        check = write_check(state, actor, listing.service.organization, method, note=note)
        move_listing(state, "publish")
        state.published_at = state.published_at or clock.now()
        set_class(state, state.published.content)
        set_dates(state, place_today(listing))
        if not _has_valid_outside_check(state):
            state.level, state.check_method = check.level, method
        save_state(state)
        publish(state)
        close_rechecks(listing=listing, actor=actor, by_another=False)
    return check


@transaction.atomic
def record_check(
    *,
    listing: ServiceAtLocation,
    actor: User,
    method: str,
    fields: Iterable[str] = (),
    note: str = "",
    outcome: str = CheckOutcome.CORRECT,
) -> Check:
    """Another organisation looked: it called, wrote, visited, saw documents. Level 2 or 3 when all was right."""
    listing = load(listing)
    organization = require_verifier(listing, actor)
    with audit("check", actor, note):
        state = lock_state(listing)
        if state.published is None or state.publication not in (Publication.PUBLISHED, Publication.IMPORTED):
            raise WrongState(_("Only a listing that is on the map can be checked."))
        check = write_check(state, actor, organization, method, fields=fields, note=note, outcome=outcome)
        if outcome == CheckOutcome.CORRECT:
            move_listing(state, "publish")
            state.published_at = state.published_at or clock.now()
            state.level, state.check_method = check.level, method
            set_class(state, state.published.content)
            set_dates(state, place_today(listing))
            save_state(state)
            publish(state)
            close_rechecks(listing=listing, actor=actor, by_another=True)
        else:
            open_recheck(listing=listing, reason=RecheckReason.REPORT, note=str(CheckOutcome(outcome).label))
    return check


def write_check(
    state: ListingState,
    actor: User | None,
    organization: Organization,
    method: str,
    *,
    fields: Iterable[str] = (),
    note: str = "",
    outcome: str = CheckOutcome.CORRECT,
) -> Check:
    """One row of evidence. The database refuses a level above 1 by the owning organisation."""
    level = LEVEL_OF[CheckMethod(method)] if outcome == CheckOutcome.CORRECT else Level.IMPORTED
    return Check.objects.create(
        listing=state.listing,
        snapshot=state.published,
        method=method,
        outcome=outcome,
        level=level,
        critical_fields=sorted(fields),
        checked_by=actor,
        organization=organization,
        owner=state.listing.service.organization,
        note=note.strip()[:1000],
    )


def _has_valid_outside_check(state: ListingState) -> bool:
    """Whether another organisation's check of the present snapshot is younger than a year."""
    if state.level < Level.REMOTE:
        return False
    newest = state.listing.checks.filter(level__gte=Level.REMOTE, outcome=CheckOutcome.CORRECT).first()
    return newest is not None and (clock.now() - newest.checked_at).days < 365
