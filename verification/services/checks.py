"""Confirming that nothing changed, and checking somebody else's listing. Neither ever changes content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from messaging.models import Correspondent
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.access import require_coordinator, require_owner, require_verifier, speaks_for
from verification.models import (
    Check,
    CheckMethod,
    CheckOutcome,
    Level,
    ListingState,
    Publication,
    RecheckReason,
    Reminder,
)
from verification.models.check import LEVEL_OF, VERIFIER_METHODS
from verification.models.reminder import CAPACITY
from verification.publication import Batch
from verification.services.changing import OUTSIDE_VALID_DAYS, audit, load_plain, lock_state, settle
from verification.services.rechecks import open_recheck
from verification.services.told.away import Away, require_same, require_seen
from verification.services.told.capacity import write_capacity
from verification.services.told.evidence import attach

if TYPE_CHECKING:
    from accounts.models import User

#: How long a check by another organisation is what readers are told.
OUTSIDE_VALID = dt.timedelta(days=OUTSIDE_VALID_DAYS)
#: What `record_check` may have found.
FINDINGS = (CheckOutcome.CORRECT, CheckOutcome.WRONG, CheckOutcome.UNREACHABLE)


@transaction.atomic
def confirm_unchanged(
    *,
    listing: ServiceAtLocation,
    actor: User | None,
    method: str = CheckMethod.WORKSPACE,
    note: str = "",
    batch: Batch | None = None,
    away: Away | None = None,
) -> Check:
    """The owner says that what is on the map is right. Moves the dates, writes a Check, changes no content.

    Their own people say it in the workspace, or said it there `away` from any connection; what they say on the phone
    is recorded by the coordinator of the country. By a link in a letter only `verification.answering` can do it, which
    knows whose link it was.
    """
    listing = load_plain(listing)
    if method == CheckMethod.WORKSPACE:
        require_owner(listing, actor)
        _require_own_word(listing, actor)
    elif method == CheckMethod.COORDINATOR_PHONE:
        require_coordinator(listing, actor)
    else:
        raise ValueError(f"{method} is not a way in which a person who is logged in confirms")
    with audit("confirm", actor, note):
        state = lock_state(listing)
        if away is not None:
            require_same(state, away)
        said_at = away.said_at if away else None
        return write_confirmation(state, actor, method, note=note, batch=batch, said_at=said_at)


def _require_own_word(listing: ServiceAtLocation, actor: User | None) -> None:
    if not speaks_for(listing.service.organization, actor):
        raise NotAllowed(_("You keep it for the network, so it is not its word. Somebody of another one calls there."))


def write_confirmation(
    state: ListingState,
    actor: User | None,
    method: str,
    *,
    note: str = "",
    correspondent: Correspondent | None = None,
    batch: Batch | None = None,
    said_at: dt.datetime | None = None,
) -> Check:
    """The owner's word in an open transaction, under the state's lock, after its rights were checked."""
    if state.published is None or not state.is_shown:
        raise WrongState(_("Only a listing that is on the map can be confirmed."))
    owner = state.listing.service.organization
    check = check_of(state, actor, owner, method, note=note, said_at=said_at)
    check.correspondent = correspondent
    check.save()
    settle(state, check=check, on=_day_of(check), actor=actor, batch=batch)
    return check


@transaction.atomic
# long: the arguments and the rule take most of it
def record_check(
    *,
    listing: ServiceAtLocation,
    actor: User,
    method: str,
    fields: Iterable[str] = (),
    note: str = "",
    outcome: str = CheckOutcome.CORRECT,
    evidence: File | None = None,
    capacity: str = "",
    batch: Batch | None = None,
    away: Away | None = None,
) -> Check:
    """Another organisation looked: it called, wrote, visited, saw documents. Level 2 or 3 when all was right.

    `fields` are the critical facts that were ticked; `evidence` is a file that coordinators may read; `capacity` is
    the level of places that was heard on the way, "" when nobody asked. What was found `away`, and is written down
    later, counts from then, and never over what somebody has reported since.
    """
    if method not in VERIFIER_METHODS or outcome not in FINDINGS:
        raise ValueError(f"{method}, {outcome}: not a check by another organisation")
    listing = load_plain(listing)
    organization = require_verifier(listing, actor)
    with audit("check", actor, note):
        state = lock_state(listing)
        if state.published is None or state.publication not in (Publication.PUBLISHED, Publication.IMPORTED):
            raise WrongState(_("Only a listing that is on the map can be checked."))
        if away is not None:
            # What is wrong answers no report, so one that came in between does not stand in its way.
            (require_same if outcome == CheckOutcome.CORRECT else require_seen)(state, away)
        said_at = away.said_at if away else None
        check = write_check(
            state, actor, organization, method, fields=fields, note=note, outcome=outcome, said_at=said_at
        )
        if evidence is not None:
            attach(check, evidence)
        if outcome == CheckOutcome.CORRECT:
            settle(state, check=check, on=_day_of(check), actor=actor, batch=batch)
        else:
            open_recheck(listing=listing, reason=RecheckReason.REPORT, note=str(CheckOutcome(outcome).label))
        if capacity and outcome != CheckOutcome.UNREACHABLE:
            write_capacity(
                state, actor, capacity, method, organization=organization, during=check, batch=batch, said_at=said_at
            )
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
    correspondent: Correspondent | None = None,
    said_at: dt.datetime | None = None,
) -> Check:
    """One row of evidence. The database refuses a level above 1 by the owning organisation."""
    check = check_of(state, actor, organization, method, fields=fields, note=note, outcome=outcome, said_at=said_at)
    check.correspondent = correspondent
    check.save()
    return check


def check_of(
    state: ListingState,
    actor: User | None,
    organization: Organization,
    method: str,
    *,
    fields: Iterable[str] = (),
    note: str = "",
    outcome: str = CheckOutcome.CORRECT,
    said_at: dt.datetime | None = None,
) -> Check:
    """That row, not written yet."""
    level = LEVEL_OF[CheckMethod(method)] if outcome == CheckOutcome.CORRECT else Level.IMPORTED
    check = Check(
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
        checked_at=said_at or clock.now(),
        noticed_at=_first_notice(state),
    )
    if level >= Level.REMOTE:
        check.valid_until = _day_of(check) + OUTSIDE_VALID
    return check


def _day_of(check: Check) -> dt.date:
    """The day of it at the place of the listing."""
    return check.checked_at.astimezone(clock.zone(check.listing.timezone)).date()


def _first_notice(state: ListingState) -> dt.datetime | None:
    """When somebody was first reminded in this round."""
    if state.due_on is None:
        return None
    reminders = Reminder.objects.filter(listing=state.listing, due_on=state.due_on).exclude(step=CAPACITY)
    first: dt.datetime | None = reminders.aggregate(first=Min("created_at"))["first"]
    return first
