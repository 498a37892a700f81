"""Going back: a check taken back at once by whoever recorded it, an earlier version put back by an administrator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from directory.crossing.records import LIVE_FIELDS
from services.models import ServiceAtLocation
from verification.models import (
    Check,
    CheckOutcome,
    Level,
    ListingState,
    ProposalState,
    Recheck,
    RecheckReason,
    Snapshot,
)
from verification.narrowing import narrower
from verification.publication import touch_capacity
from verification.services.changing import audit, load, lock_state, need_reason, settle, take_snapshot
from verification.services.decisions import publish_snapshot
from verification.services.rechecks import open_recheck
from verification.services.told import evidence
from verification.snapshots import difference, freeze

if TYPE_CHECKING:
    from accounts.models import User

#: For so long a check, and every other answer, may be taken back.
UNDO_FOR = dt.timedelta(minutes=15)
#: What a check moves.
_MOVED = ("publication", "published_at", "verification_class", *LIVE_FIELDS)


@transaction.atomic
def undo_check(*, check: Check, actor: User) -> Check:
    """Take back one's own check while nobody has moved the listing since. The row stays, as withdrawn.

    What was heard about places on the way goes with it, and so does what was said to have changed.
    """
    listing = load(check.listing)
    state = lock_state(listing)
    check = Check.objects.select_for_update().get(pk=check.pk)
    if check.checked_by_id != actor.pk:
        raise NotAllowed(_("Only the person who recorded a check may take it back."))
    newest = listing.checks.order_by("-checked_at", "-pk").first()
    too_late = clock.now() - check.checked_at > UNDO_FOR or newest != check
    if too_late or check.outcome == CheckOutcome.WITHDRAWN:
        raise WrongState(_("It is too late to take this check back."))
    with audit("undo_check", actor):
        evidence.remove(check)
        take_back(check, state, made_by={"step": "check", "actor": actor.pk}, reopened_by=actor)
        check.proposals.filter(state=ProposalState.OPEN).delete()
        if check.capacity_reports.exists():
            touch_capacity(state)
    return check


def take_back(check: Check, state: ListingState, *, made_by: Mapping[str, object], reopened_by: User | None) -> None:
    """The one way back from a check, under the state's lock: dates, re-checks and the row as if it had not been.

    `made_by` is what the audit must know of the step that wrote the newest state: nobody has moved it since.
    """
    if check.outcome == CheckOutcome.CORRECT:
        newest, before = _events(state)[:2]
        about = newest.pgh_context.metadata if newest.pgh_context else {}
        if newest.version != state.version or not made_by.items() <= about.items():
            raise WrongState(_("It is too late to take this check back."))
        for name in _MOVED:
            setattr(state, name, getattr(before, name))
        settle(state)
    _undo_rechecks(check, reopened_by)
    check.outcome, check.level = CheckOutcome.WITHDRAWN, Level.IMPORTED
    check.save(update_fields=["outcome", "level"])


def _events(state: ListingState) -> QuerySet[Any]:
    return _events_of(state.pk).select_related("pgh_context").order_by("-pgh_id")


def _events_of(pk: int) -> QuerySet[Any]:
    events: QuerySet[Any] = ListingState.pgh_event_model.objects.filter(pgh_obj=pk)  # type: ignore[attr-defined]
    return events


def _undo_rechecks(check: Check, actor: User | None) -> None:
    """Every re-check that the check's step moved is as it was before, unless somebody has moved it since.

    The audit knows them by the step. What the step closed is open again, but for a question that was asked anew
    meanwhile: the newer re-check stands for both. What it asked for is closed.
    """
    written: QuerySet[Any] = Check.pgh_event_model.objects.filter(pgh_obj=check.pk)  # type: ignore[attr-defined]
    step = written.order_by("pgh_id").values_list("pgh_context", flat=True).first()
    events: QuerySet[Any] = Recheck.pgh_event_model.objects.order_by("pgh_id")  # type: ignore[attr-defined]
    for moved in events.filter(pgh_context=step, listing=check.listing):
        before = events.filter(pgh_obj=moved.pgh_obj_id, pgh_id__lt=moved.pgh_id).last()
        left = Recheck.objects.filter(pk=moved.pgh_obj_id, done_at=moved.done_at, note=moved.note)
        if before is None:
            left.update(done_at=clock.now(), done_by=actor)
        elif before.done_at == moved.done_at:
            left.update(note=before.note)
        elif not check.listing.rechecks.open().filter(reason=moved.reason).exists():
            left.update(done_at=before.done_at, done_by=before.done_by)


def earlier_versions(listing: ServiceAtLocation) -> QuerySet[Snapshot]:
    """Snapshots that were on the map before and are not now, the newest first."""
    events = _events_of(listing.pk).filter(published__isnull=False)
    known = Snapshot.objects.filter(listing=listing, pk__in=events.values("published"))
    return known.exclude(pk__in=ListingState.objects.filter(pk=listing.pk).values("published")).order_by("-pk")


@transaction.atomic
def republish(*, listing: ServiceAtLocation, snapshot: Snapshot, actor: User, reason: str) -> ListingState:
    """Put an earlier version back on the map (administrators only).

    Level and dates stay: nobody has checked anything. What the organisation has narrowed since stays narrow. When a
    critical field differs from what was on the map, another organisation is asked to look.
    """
    if not actor.is_administrator:
        raise NotAllowed(_("Only an administrator of the network may do this."))
    reason = need_reason(reason)
    listing = load(listing)
    with audit("republish", actor, reason):
        state = lock_state(listing)
        if not state.is_shown or state.published is None:
            raise WrongState(_("Only a listing that is on the map can go back to an earlier version."))
        if not earlier_versions(listing).filter(pk=snapshot.pk).exists():
            raise WrongState(_("This version was never on the map, or it is there now."))
        replaced = state.published.content
        content = narrower(narrower(snapshot.content, replaced), freeze(listing))
        imported = state.publication
        publish_snapshot(state, take_snapshot(listing, actor, content))
        if state.checked_on is None:
            state.publication = imported
        settle(state)
        if any(change.critical for change in difference(replaced, content)):
            open_recheck(listing=listing, reason=RecheckReason.OUTSIDE, note=reason)
    return state
