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

from core.scrubbing import scrub
from directory.content import Content, LocationPart, points_of
from organizations.models import Location
from organizations.models.location import ADDRESS_FIELDS
from services.models import ServiceAtLocation
from verification.models import Check, Proposal, Recheck, Report, Review, SharedDoor, Snapshot
from verification.snapshots import content_hash, pair

Forget = Callable[[Location, Sequence[str]], object]
_also: list[Forget] = []
#: What people wrote about a listing.
_WRITTEN: tuple[tuple[type[Model], Sequence[str]], ...] = (
    (Report, ("text", "answer")),
    (Recheck, ("note",)),
    (Review, ("message", "reason")),
    (Check, ("note",)),
    (Proposal, ("said",)),
)


def also_forget(forget: Forget) -> None:
    """Have `forget(place, words)` called inside the press; the words say where the door is, the longest first."""
    if forget not in _also:
        _also.append(forget)


def forget_door(location: Location, words: Sequence[str]) -> None:
    """Empty what lies beside the row itself, in the transaction of the press, before its listings are narrowed."""
    _empty_snapshots(location)
    listings = ServiceAtLocation.objects.filter(location=location)
    for model, columns in _WRITTEN:
        history: QuerySet[Any] = model.pgh_event_model.objects.all()  # type: ignore[attr-defined]  # added by pghistory
        for rows in (model._default_manager.all(), history):
            scrub(rows.filter(listing__in=listings), columns, words)
        told = history.filter(listing__in=listings, pgh_context__isnull=False)
        scrub(Context.objects.filter(pk__in=told.values("pgh_context")), ["metadata"], words)  # reasons of steps
    SharedDoor.objects.filter(gone=location).update(before={})
    for forget in _also:
        forget(location, words)


def _empty_snapshots(location: Location) -> None:
    """Of every listing that was ever frozen at this place."""
    own = Q(listing__service__organization=location.organization_id) | Q(listing__location=location)
    rows = list(Snapshot.objects.filter(own, content__location__id=location.public_id))
    for row in rows:
        row.content = _doorless(row.content, location)
        row.content_hash = content_hash(row.content)
    Snapshot.objects.bulk_update(rows, ["content", "content_hash"], batch_size=100)


def _doorless(content: Content, location: Location) -> Content:
    """As a place is frozen whose address is not kept; its precisions stay: narrowing is next."""
    place = cast("dict[str, Any]", dict(content["location"] or {}))
    place |= {name: {} if isinstance(place.get(name), dict) else "" for name in ADDRESS_FIELDS if name in place}
    place |= {name: pair(getattr(location, name)) for name in points_of(LocationPart)}
    return cast("Content", {**content, "location": place})
