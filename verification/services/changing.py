"""What the steps of a listing's standing share: the state under its lock, and the one tail that ends a step.

A step loads the listing, locks its state, says by `move_listing` where it leads, and ends with `settle`. Whoever
moves several listings locks all their states first, by `lock_states`, in the order of their keys: whoever writes the
directory holds its revision until the end, so a state that is asked for after that may be held by somebody who waits
for the revision.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import pghistory
from django.utils.translation import gettext as _

from core import clock
from core.database.bulk import change_rows, insert_rows
from directory.crossing.records import LIVE_FIELDS
from directory.vocabulary import Vocabulary, vocabulary
from services.models import ServiceAtLocation
from verification.clocks import Deadlines, class_for, deadlines
from verification.errors import ReasonMissing
from verification.models import (
    Check,
    CheckOutcome,
    Clock,
    HighRiskCountry,
    Level,
    ListingState,
    Publication,
    Snapshot,
)
from verification.models.state import SHOWN
from verification.publication import Batch, publish, touch
from verification.services.rechecks import close_rechecks
from verification.services.weighing import weigh
from verification.snapshots import SCHEMA, Content, content_hash, difference, freeze, parts
from verification.transitions import move_listing

if TYPE_CHECKING:
    from accounts.models import User

DEADLINES = ("notice_on", "due_on", "hides_on", "archives_on")
#: How long a check by another organisation is what readers are told.
OUTSIDE_VALID_DAYS = 365


# --- at the beginning of a step ----------------------------------------------------------------------------------


def load(listing: ServiceAtLocation) -> ServiceAtLocation:
    """The listing as the database has it now, with its parts."""
    return parts(ServiceAtLocation.objects.filter(pk=listing.pk)).get()


def load_plain(listing: ServiceAtLocation) -> ServiceAtLocation:
    """The same without contacts: enough for every step that freezes nothing."""
    return ServiceAtLocation.objects.select_related("service__organization", "location").get(pk=listing.pk)


def lock_state(listing: ServiceAtLocation) -> ListingState:
    """The state of a listing, locked until the transaction ends. Made on first use.

    Without joins: what is joined to a row that was waited for is as it was before the waiting, so a snapshot that was
    published meanwhile would be missing (`conftest.py` holds this for every lock).
    """
    states = ListingState.objects.select_for_update().filter(pk=listing.pk)
    state = states.first()
    if state is None:
        ListingState.objects.bulk_create([ListingState(listing=listing)], ignore_conflicts=True)
        state = states.get()
    return _locked(state, listing)


def lock_states(listings: Iterable[int]) -> None:
    """Lock the states of these listings (keys) in the one order that everybody keeps."""
    rows = ListingState.objects.select_for_update().filter(pk__in=set(listings)).order_by("pk")
    list(rows.values_list("pk", flat=True))


def locked_states(listings: Mapping[int, ServiceAtLocation]) -> list[ListingState]:
    """The states of these listings (by their keys), as `lock_state` gives one; only of those that have one."""
    lock_states(listings)
    states = ListingState.objects.filter(pk__in=listings).select_related("published").order_by("pk")
    return [_locked(state, listings[state.pk]) for state in states]


def made_states(listings: Mapping[int, ServiceAtLocation]) -> list[ListingState]:
    """The same, made where there is none yet."""
    there = set(ListingState.objects.filter(pk__in=listings).values_list("pk", flat=True))
    new = [ListingState(listing=listing) for key, listing in listings.items() if key not in there]
    ListingState.objects.bulk_create(new, ignore_conflicts=True)
    return locked_states(listings)


def _locked(state: ListingState, listing: ServiceAtLocation) -> ListingState:
    state.listing = listing
    state.locked_as = _told(state)
    return state


def audit(step: str, actor: User | None, reason: str = "") -> AbstractContextManager[pghistory.runtime.Context]:
    """Everything that is written inside carries who did it, by which step, and why."""
    return pghistory.context(step=step, actor=actor.pk if actor else None, reason=reason)


def need_reason(reason: str, *, field: str = "reason") -> str:
    """The reason without surrounding space; ReasonMissing when nothing is left."""
    if not (reason := reason.strip()):
        raise ReasonMissing(_("Say why, so that the owner knows what to do."), field=field)
    return reason[:500]


def take_snapshot(listing: ServiceAtLocation, actor: User | None, content: Content | None = None) -> Snapshot:
    """Freeze the working copy, or a given content. An equal snapshot of the same listing is reused."""
    content = content or freeze(listing)
    digest = content_hash(content)
    found = Snapshot.objects.filter(listing=listing, content_hash=digest).first()
    return found or Snapshot.objects.create(
        listing=listing, schema=SCHEMA, content=content, content_hash=digest, created_by=actor
    )


def take_snapshots(listings: Mapping[int, Content], actor: User | None) -> dict[int, Snapshot]:
    """The same of many listings (keys with their contents), in few statements."""
    digests = {key: content_hash(content) for key, content in listings.items()}
    known = Snapshot.objects.filter(listing__in=listings, content_hash__in=digests.values()).defer("content")
    found = {one.listing_id: one for one in known.order_by("pk") if one.content_hash == digests[one.listing_id]}
    for key, snapshot in found.items():
        snapshot.content = listings[key]
    new = [
        Snapshot(listing_id=key, schema=SCHEMA, content=content, content_hash=digests[key], created_by=actor)
        for key, content in listings.items()
        if key not in found
    ]
    insert_rows(new)
    return found | {one.listing_id: one for one in new}


def place_today(listing: ServiceAtLocation) -> dt.date:
    """Today's date at the place of the listing."""
    return clock.today(listing.timezone)


# --- at its end --------------------------------------------------------------------------------------------------


def settle(
    state: ListingState,
    *,
    check: Check | None = None,
    on: dt.date | None = None,
    actor: User | None = None,
    batch: Batch | None = None,
) -> None:
    """End a step: the dates of a `check`, the saved state, the directory, the re-checks that the check answers.

    The check found everything right on the day `on` (today at the place, unless given). A listing on the map that
    nobody had checked is published by it. Call it under the state's lock, in the transaction of the step.
    """
    if check is not None:
        believe(state, check, on or place_today(state.listing))
    _get_ready(state)
    state.save()
    _tell_readers(state, batch)
    if check is not None:
        close_rechecks(listing=state.listing, actor=actor, by_another=check.level >= Level.REMOTE)


def settle_all(states: Sequence[ListingState], batch: Batch) -> None:
    """End a step without a check of many listings, by one statement for some hundreds."""
    terms = vocabulary()
    for state in states:
        _get_ready(state, terms)
    names = [field.name for field in ListingState._meta.concrete_fields if not field.primary_key]
    change_rows(states, names)
    for state in states:
        _tell_readers(state, batch)


def _get_ready(state: ListingState, terms: Vocabulary | None = None) -> None:
    if state.locked_as is None or state.locked_as[1] != state.published_id:
        weigh(state, terms)
    state.version += 1
    # The database checks the constraints when it saves; asking it for each of them first would cost a query each.
    state.full_clean(exclude=["listing", "published"], validate_constraints=False)


def set_class(state: ListingState) -> None:
    """Give the listing the class that its published types and country ask for; once in a step, however often asked."""
    assert state.published is not None  # noqa: S101  (only what is published has a class of its own)
    asked = (state.published, state.listing.service.raised_class)
    if state.classed_as == asked:
        return
    content = state.published.content
    state.verification_class = class_for(
        types=content["service"]["types"],
        high_risk_country=HighRiskCountry.objects.filter(code=_country_of(content)).exists(),
        raised=state.listing.service.raised_class,
    )
    state.classed_as = asked


def _country_of(content: Content) -> str:
    return content["location"]["country"] if content["location"] else content["listing"]["remote_country"]


def set_classes(states: Iterable[ListingState]) -> None:
    """The same of many; asked once for all of the same kinds and country."""
    classes: dict[str, str] = {}
    for state in states:
        assert state.published is not None  # noqa: S101  (as above)
        content: Content = state.published.content
        kind = repr((content["service"]["types"], _country_of(content), state.listing.service.raised_class))
        if kind not in classes:
            set_class(state)
            classes[kind] = state.verification_class
        state.verification_class = classes[kind]


def believe(state: ListingState, check: Check, on: dt.date) -> None:
    """Level and dates that follow from a check; the caller saves them.

    A check by another organisation stays what readers are told while it is valid: the owner's later word then moves
    the deadlines and is told beside it. A word about an earlier day than the last one moves nothing.
    """
    if state.is_shown:
        move_listing(state, "publish")
        state.published_at = state.published_at or clock.now()
    set_class(state)
    if on < max(filter(None, (state.checked_on, state.confirmed_on)), default=on):
        return
    found = dates_of(state, on)
    for name in DEADLINES:
        setattr(state, name, getattr(found, name))
    if check.level < Level.REMOTE and has_valid_outside_check(state):
        state.confirmed_on = on
    else:
        state.level, state.check_method = check.level, check.method
        state.checked_on, state.confirmed_on = on, None


def dates_of(state: ListingState, on: dt.date, *, every: int | None = None) -> Deadlines:
    """The dates that follow from a word of that day: by the class, or by a shorter interval that was chosen."""
    of_class = Clock.objects.get(pk=state.verification_class)
    interval = state.interval_days if every is None else every
    return deadlines(of_class, on, ends_on=state.listing.service.ends_on, every=interval)


def has_valid_outside_check(state: ListingState) -> bool:
    """Whether another organisation checked what is published now, in all that is critical, within a year.

    A check that came along from a merged listing looked at that one: it neither vouches nor takes anything away.
    """
    if state.level < Level.REMOTE or state.published is None:
        return False
    found = state.listing.checks.filter(level__gte=Level.REMOTE, outcome=CheckOutcome.CORRECT)
    newest = found.filter(snapshot__listing=state.listing).select_related("snapshot").first()
    if newest is None or newest.snapshot is None or (clock.now() - newest.checked_at).days >= OUTSIDE_VALID_DAYS:
        return False
    if newest.snapshot_id == state.published_id:
        return True
    return not any(change.critical for change in difference(newest.snapshot.content, state.published.content))


def _tell_readers(state: ListingState, batch: Batch | None) -> None:
    """The whole row when content or publication moved, the dates when they alone did, nothing otherwise.

    Nothing either of what is on its way to the map: there is no row of it before, and none after.
    """
    before, now = state.locked_as, _told(state)
    if before == now or not (state.is_shown or (before is not None and before[0] in SHOWN)):
        return
    same_row = state.publication == Publication.PUBLISHED and before is not None and before[:2] == now[:2]
    (touch if same_row else publish)(state, batch)


def _told(state: ListingState) -> tuple[object, ...]:
    """All of a state that readers may be told: publication and content first, then level and dates."""
    return (state.publication, state.published_id, *(getattr(state, name) for name in LIVE_FIELDS))
