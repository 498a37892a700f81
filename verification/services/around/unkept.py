"""The address of a place is not kept here at all: not by the organisation's own hand, not in any history of it.

Rule: an organisation may say, at once and alone, that nobody writes down where its door is. Then the address, the pin
and the way there leave the working copy, what is on the map, every frozen content, every history, and what people wrote
about the listings of the place. Copies elsewhere keep it until their own end (docs/operations/taken.md).
`also_forget` is for rooms above, which hold words of files that somebody uploaded, and of translations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.db.models import Model, Q, QuerySet
from pghistory.models import Context

from core import clock
from core.spelling.scrubbing import scrub
from directory.crossing.content import Content, LocationPart, points_of
from organizations.models import Location
from organizations.models.location import ADDRESS_FIELDS
from services.models import Notice, ServiceAtLocation
from verification.models import (
    CapacityReport,
    Check,
    LinkItem,
    ListingState,
    MergeState,
    PlaceMerge,
    Proposal,
    Recheck,
    Report,
    Review,
    SharedDoor,
    Snapshot,
    Suggestion,
    Takedown,
)
from verification.snapshots import content_hash, pair

Forget = Callable[[Location, Sequence[str]], object]
_also: list[Forget] = []
#: What people wrote about a listing, and about a place.
_OF_LISTINGS: tuple[tuple[type[Model], Sequence[str]], ...] = (
    (Report, ("text", "answer")),
    (Recheck, ("note",)),
    (Review, ("message", "reason")),
    (Check, ("note",)),
    (Proposal, ("said",)),
    (LinkItem, ("note",)),
    (CapacityReport, ("note", "i18n")),
    (ListingState, ("reason",)),
    (Suggestion, ("text", "answer", "reach")),
)
_OF_PLACES: tuple[tuple[type[Model], Sequence[str]], ...] = (
    (Takedown, ("reason", "lift_reason")),
    (Notice, ("text", "i18n")),
)


def also_forget(forget: Forget) -> None:
    """Have `forget(place, words)` called inside the press; the words say where the door is, the longest first."""
    if forget not in _also:
        _also.append(forget)


def merged_into(location: Location) -> list[Location]:
    """The places that became one with this one, and with those: their door is its door."""
    found: dict[int, Location] = {}
    new = [location.pk]
    while new:
        merges = PlaceMerge.objects.filter(kept__in=new, undone_at=None).select_related("gone")
        fresh = {merge.gone_id: merge.gone for merge in merges if merge.gone_id not in found}
        found |= fresh
        new = list(fresh)
    return list(found.values())


def forget_door(location: Location, words: Sequence[str]) -> None:
    """Empty what lies beside the row itself, in the transaction of the press, before its listings are narrowed."""
    frozen = _empty_snapshots(location)
    listings = frozen | set(ServiceAtLocation.objects.filter(location=location).values_list("pk", flat=True))
    for model, columns in _OF_LISTINGS:
        _take_out(model, columns, Q(listing__in=listings), words)
    for model, columns in _OF_PLACES:
        _take_out(model, columns, Q(location=location), words)
    told = Suggestion.objects.filter(listing__in=listings)
    _history_of(Suggestion).filter(pgh_obj_id__in=told.values("pk")).update(point=None)
    told.update(point=None)
    doors = SharedDoor.objects.filter(Q(gone=location) | Q(kept=location))
    doors.filter(state=MergeState.PROPOSED).update(state=MergeState.DECLINED, ended_at=clock.now())
    doors.update(before={})
    for forget in _also:
        forget(location, words)


def _take_out(model: type[Model], columns: Sequence[str], about: Q, words: Sequence[str]) -> None:
    """Out of the rows, their history, and the reasons of the steps that wrote it."""
    scrub(model._default_manager.filter(about), columns, words)
    if hasattr(model, "pgh_event_model"):
        history = _history_of(model).filter(about)
        scrub(history, columns, words)
        told = history.filter(pgh_context__isnull=False)
        scrub(Context.objects.filter(pk__in=told.values("pgh_context")), ["metadata"], words)


def _history_of(model: type[Model]) -> QuerySet[Any]:
    return cast("QuerySet[Any]", model.pgh_event_model.objects.all())  # type: ignore[attr-defined]  # by pghistory


def _empty_snapshots(location: Location) -> set[int]:
    """Of every listing that was ever frozen at this place: the keys of these."""
    own = Q(listing__service__organization=location.organization_id) | Q(listing__location=location)
    rows = list(Snapshot.objects.filter(own, content__location__id=location.public_id))
    for row in rows:
        row.content = _doorless(row.content, location)
        row.content_hash = content_hash(row.content)
    Snapshot.objects.bulk_update(rows, ["content", "content_hash"], batch_size=100)
    return {row.listing_id for row in rows}


def _doorless(content: Content, location: Location) -> Content:
    """As a place is frozen whose address is not kept; its precisions stay: narrowing is next."""
    place = cast("dict[str, Any]", dict(content["location"] or {}))
    place |= {name: {} if isinstance(place.get(name), dict) else "" for name in ADDRESS_FIELDS if name in place}
    place |= {name: pair(getattr(location, name)) for name in points_of(LocationPart)}
    return cast("Content", {**content, "location": place})
