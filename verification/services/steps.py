"""Pieces that several steps share: locking a state, writing a snapshot, giving it dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pghistory
from django.utils.translation import gettext as _

from core import clock
from services.models import ServiceAtLocation
from verification.clocks import class_for, deadlines
from verification.errors import ReasonMissing
from verification.models import Clock, HighRiskCountry, ListingState, Snapshot
from verification.snapshots import SCHEMA, Content, content_hash, freeze, parts

if TYPE_CHECKING:
    from accounts.models import User

DEADLINES = ("notice_on", "due_on", "hides_on", "archives_on")


def load(listing: ServiceAtLocation) -> ServiceAtLocation:
    """The listing as the database has it now, with its parts."""
    return parts(ServiceAtLocation.objects.filter(pk=listing.pk)).get()


def load_plain(listing: ServiceAtLocation) -> ServiceAtLocation:
    """The same without contacts: enough for every step that freezes nothing."""
    return ServiceAtLocation.objects.select_related("service__organization", "location").get(pk=listing.pk)


def lock_state(listing: ServiceAtLocation) -> ListingState:
    """The state of a listing, locked until the transaction ends. Made on first use."""
    states = ListingState.objects.select_for_update(of=("self",)).select_related("published").filter(pk=listing.pk)
    state = states.first()
    if state is None:
        ListingState.objects.bulk_create([ListingState(listing=listing)], ignore_conflicts=True)
        state = states.get()
    state.listing = listing
    return state


def take_snapshot(listing: ServiceAtLocation, actor: User | None, content: Content | None = None) -> Snapshot:
    """Freeze the working copy, or a given content. An equal snapshot of the same listing is reused."""
    content = content or freeze(listing)
    digest = content_hash(content)
    found = Snapshot.objects.filter(listing=listing, content_hash=digest).first()
    return found or Snapshot.objects.create(
        listing=listing, schema=SCHEMA, content=content, content_hash=digest, created_by=actor
    )


def place_today(listing: ServiceAtLocation) -> Any:
    """Today's date at the place of the listing."""
    return clock.today(listing.timezone)


def set_class(state: ListingState, content: Content) -> None:
    """Give the listing the class that its published types and country ask for."""
    location = content["location"]
    country = location["country"] if location else content["listing"]["remote_country"]
    state.verification_class = class_for(
        types=content["service"]["types"],
        high_risk_country=HighRiskCountry.objects.filter(code=country).exists(),
        raised=state.listing.service.raised_class,
    )


def set_dates(state: ListingState, checked_on: Any) -> None:
    """Turn the windows of the class into dates, counted from the check."""
    _set_deadlines(state, checked_on)
    state.checked_on, state.confirmed_on = checked_on, None


def set_confirmed(state: ListingState, on: Any) -> None:
    """The owner's word moves the deadlines; level, method and date of the other organisation's check stay."""
    _set_deadlines(state, on)
    state.confirmed_on = on


def _set_deadlines(state: ListingState, start: Any) -> None:
    found = deadlines(Clock.objects.get(pk=state.verification_class), start, ends_on=state.listing.service.ends_on)
    for name in DEADLINES:
        setattr(state, name, getattr(found, name))


def save_state(state: ListingState) -> None:
    state.version += 1
    # The database checks the constraints when it saves; asking it for each of them first would cost a query each.
    state.full_clean(exclude=["listing", "published"], validate_constraints=False)
    state.save()


def need_reason(reason: str, *, field: str = "reason") -> str:
    """The reason without surrounding space; ReasonMissing when nothing is left."""
    if not (reason := reason.strip()):
        raise ReasonMissing(_("Say why, so that the owner knows what to do."), field=field)
    return reason[:500]


def audit(step: str, actor: User | None, reason: str = "") -> Any:
    """Everything that is written inside carries who did it, by which step, and why."""
    return pghistory.context(step=step, actor=actor.pk if actor else None, reason=reason)
