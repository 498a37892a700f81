"""One function per question. Every list starts at `current_listings`; nothing else knows the tables.

SQL answers here, or the packed index where there are many listings (`quick`), so a caller never builds on a queryset
where a function gives an answer.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.gis.db.models import Extent
from django.db.models import Case, Count, F, FloatField, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from core import clock
from directory.access import note_read
from directory.asking import ordering, quick
from directory.asking.filters import FILTERS, Filters, no_such_mark
from directory.asking.ordering import comes, distance, is_abroad, reach, within
from directory.coming.moving import Spots, inside, spots_of
from directory.crossing.records import Audience
from directory.filtering.conditions import OPEN_OPERATIONS, open_now
from directory.freshness import LocalDate, is_current
from directory.geometry import Box, Near
from directory.marks import RowMark
from directory.shown.profiles import Profile, profiles
from directory.shown.rows import COLUMNS, ListingRow
from directory.tables.listings import (
    AbstractListing,
    Moved,
    PublicListing,
    PublicMoved,
    ReadableListing,
)
from directory.tables.wording import lay_over

_LISTINGS: dict[Audience, type[AbstractListing]] = {"public": PublicListing, "members": ReadableListing}
_ALL = slice(None)
#: Place by place.
BY_PLACE = ("country", "city_code", "place_id", "family", "id")
#: Rows that are held at once where all are read.
PIECE = 1000
#: The type of service that answers anybody at once.
CRISIS_LINE = "crisis_line"


@dataclass(frozen=True)
class Hits:
    """Listings that a text found, best first: their ids and how well they fit (higher is better).

    Unless they are `all_that_fit`, the text says only which of the others stand above the rest.
    """

    scores: dict[str, float]
    all_that_fit: bool = True


@dataclass(frozen=True)
class ListingsPage:
    """`next` and `previous` are the questions of the pages beside it, None without one. They name the row at which
    this page ends or begins."""

    rows: Sequence[ListingRow]
    count: int
    places: int
    number: int
    pages: int
    next: Filters | None = None
    previous: Filters | None = None


def current_listings(audience: Audience, at: dt.datetime | None = None) -> QuerySet[AbstractListing]:
    """What the audience may see at an instant (now, unless given), closed services included."""
    at = at or clock.now()
    rows = _LISTINGS[audience].objects.annotate(local_date=LocalDate(at))  # type: ignore[attr-defined]
    return rows.filter(is_current(audience))


def matching(
    audience: Audience,
    filters: Filters,
    at: dt.datetime | None = None,
    *,
    hits: Hits | None = None,
    skip: Iterable[str] = (),
) -> QuerySet[AbstractListing]:
    """Current listings that fit the filters, without those that are closed for good. `skip` leaves filters out."""
    at, left_out = at or clock.now(), set(skip)
    rows = current_listings(audience, at).exclude(operation="closed")
    if hits is not None and hits.all_that_fit:
        rows = rows.filter(id__in=list(hits.scores))
    elif filters.is_lost:
        return rows.none()
    if filters.near and filters.near.radius_km is not None and "near" not in left_out:
        rows = rows.filter(Q(within(filters.near)) | comes(filters.near))
    for name, values in filters.active().items():
        if name not in left_out:
            rows = rows.filter(condition(audience, name, values, at))
    if filters.bbox and "bbox" not in left_out:
        rows = rows.filter(inside(filters.bbox, spots(audience, at)))
    return rows


def spots(audience: Audience, at: dt.datetime) -> Spots:
    """Where the pins of mobile points stand."""
    return spots_of(current_listings(audience, at), at)


def condition(audience: Audience, name: str, values: Sequence[str], at: dt.datetime) -> Q:
    """The condition of one filter, for rows that `current_listings` made."""
    return FILTERS[name].held.condition(values, current_listings(audience, at), at)


def listings_page(
    audience: Audience, filters: Filters, at: dt.datetime | None = None, *, hits: Hits | None = None
) -> ListingsPage:
    """One page in the order of `filters.sort`. A page beyond the last one is empty.

    The middle of what is looked at is that of the box, and without one that of everything that fits.
    """
    at = at or clock.now()
    count, places, extent_of_all, rows, skipped = _found(audience, filters, at, hits)
    box = filters.bbox or (Box(*extent_of_all) if extent_of_all else None)
    middle = _middle(filters, box)
    pages = max(1, -(-count // filters.page_size))
    if filters.mark is None and (filters.page - 1) * filters.page_size >= count:
        return ListingsPage([], count, places, filters.page, pages)
    ids, before, after = _in_order(rows, filters, hits, middle, skipped)
    found = {row.id: row for row in read_rows(current_listings(audience, at).filter(pk__in=ids), at, filters.near)}
    number = min(filters.page, pages) if filters.mark else filters.page
    return ListingsPage(
        [found[one] for one in ids if one in found],
        count,
        places,
        number,
        pages,
        filters.replace(page=number + 1, mark=after) if after else None,
        filters.replace(page=max(1, number - 1), mark=before if number > 2 else None) if before else None,
    )


def _middle(filters: Filters, box: Box | None) -> Near | None:
    """What distances are measured from: where a mark was set, from where they were measured there."""
    if filters.mark and filters.mark.middle:
        return Near(*filters.mark.middle)
    return box.middle if box else None


def _in_order(
    rows: QuerySet[AbstractListing], filters: Filters, hits: Hits | None, middle: Near | None, skipped: int
) -> tuple[list[str], RowMark | None, RowMark | None]:
    """The ids of the page, and its marks towards the pages beside it. Nothing but the order is read: rows are wide."""
    keys = ordering.keys(filters, hits.scores if hits else None, middle)
    names, mark, size = [f"key{number}" for number in range(len(keys))], filters.mark, filters.page_size
    rows = rows.annotate(**dict(zip(names, keys, strict=True))).order_by(*names, "id")
    start = 0 if mark else (filters.page - 1) * size - skipped
    if mark:
        if len(mark.keys) != len(keys):
            raise no_such_mark(mark.name)
        rows = rows.filter(ordering.ComesAfter(names, mark))
        rows = rows.reverse() if mark.is_before else rows
    found = list(rows.values_list("id", *names)[start : start + size + 1])
    is_more, found = len(found) > size, found[:size]
    if not found:
        return [], None, None
    if mark and mark.is_before:
        found.reverse()
    from_where = (middle.lat, middle.lon) if middle and not (filters.near or hits) else None
    first, last = (RowMark(tuple(given), id_, from_where) for id_, *given in (found[0], found[-1]))
    is_back = mark is not None and mark.is_before
    before = dataclasses.replace(first, is_before=True) if (is_more if is_back else filters.page > 1) else None
    return [id_ for id_, *_given in found], before, last if is_back or is_more else None


def _found(
    audience: Audience, filters: Filters, at: dt.datetime, hits: Hits | None
) -> tuple[int, int, quick.Extent | None, QuerySet[AbstractListing], int]:
    """Listings, places and extent of what fits, rows that hold the page, and how many ahead of it are not there."""
    if quickly := quick.page(audience, filters, at, hits):
        count, places, box, ids, skipped = quickly
        return count, places, box, current_listings(audience, at).filter(id__in=ids), skipped
    rows = matching(audience, filters, at, hits=hits)
    totals = rows.aggregate(count=Count("id"), places=Count("place_id", distinct=True), box=Extent("point"))
    return totals["count"], totals["places"], totals["box"], rows, 0


def place(audience: Audience, place_id: str, at: dt.datetime | None = None) -> list[ListingRow]:
    """Every current listing at a place, those that are closed last; empty when the audience may not know of it."""
    rows = current_listings(audience, at).filter(place_id=place_id)
    closed_last = Case(When(operation="closed", then=1), default=0)
    return read_rows(rows.order_by(closed_last, "family", "id"), at)


def moved_to(audience: Audience, place_id: str, at: dt.datetime | None = None) -> str:
    """Where what was at this address is now, "" when the audience may not know of either."""
    moved = PublicMoved if audience == "public" else Moved
    leads = moved.objects.order_by().filter(place_id=place_id).values_list("leads_to", flat=True)
    found = current_listings(audience, at).filter(pk__in=list(leads)).order_by("pk")
    return found.values_list("place_id", flat=True).first() or ""


def organization(audience: Audience, slug: str, at: dt.datetime | None = None) -> Profile | None:
    """An organisation by its name in addresses, as much of it as the audience may still read."""
    return next(iter(profiles(audience, at, slug=slug)), None)


def listings_of_organization(
    audience: Audience, organization_id: str, at: dt.datetime | None = None
) -> list[ListingRow]:
    """Its current listings, place by place; those without a place last."""
    rows = current_listings(audience, at).filter(organization_id=organization_id).exclude(operation="closed")
    return read_rows(rows.order_by("country", "city_code", "place_id", "family", "id"), at)


def organizations(audience: Audience, at: dt.datetime | None = None) -> list[Profile]:
    """Organisations of the network that have something to show."""
    return profiles(audience, at, is_member=True)


def organizations_with_listings(
    audience: Audience, at: dt.datetime | None = None
) -> list[tuple[str, int, Mapping[str, Mapping[str, str]]]]:
    """(name in addresses, listings, texts of one of them) of every organisation that has something on the map."""
    rows = matching(audience, Filters(), at).order_by()
    counted = dict(rows.values_list("organization_slug").annotate(Count("id")).order_by("organization_slug"))
    one_each = rows.order_by("organization_slug", "id").distinct("organization_slug")
    return [(slug, counted[slug], texts) for slug, texts in one_each.values_list("organization_slug", "content")]


def extent(audience: Audience, filters: Filters, at: dt.datetime | None = None) -> list[float] | None:
    """[west, south, east, north] of all points that fit; None when there are none."""
    at = at or clock.now()
    (box,) = quick.extent(audience, filters, at) or (_extent_by_sql(audience, filters, at),)
    return [round(edge, 4) for edge in box] if box else None


def _extent_by_sql(audience: Audience, filters: Filters, at: dt.datetime) -> quick.Extent | None:
    found = matching(audience, filters, at, skip=["bbox"]).order_by().aggregate(box=Extent("point"))
    box: quick.Extent | None = found["box"]
    return box


def nearest(
    audience: Audience, filters: Filters, near: Near, limit: int, at: dt.datetime | None = None
) -> list[ListingRow]:
    """The nearest listings that fit, with `distance_km`; those without a point cannot be near."""
    at = at or clock.now()
    if (ids := quick.nearest(audience, filters, near, limit, at)) is not None:
        rows = current_listings(audience, at).filter(id__in=ids)
    else:
        rows = matching(audience, filters, at, skip=["bbox"]).filter(point__isnull=False)
    return read_rows(rows.order_by(distance(near), "id"), at, near, slice(limit))


def lines(
    audience: Audience,
    kinds: Sequence[str],
    countries: Sequence[str] = (),
    limit: int = 4,
    at: dt.datetime | None = None,
) -> list[ListingRow]:
    """Whom to call: services of these kinds (types or groups), then crisis lines, and nothing else.

    Those of the first of `countries` come first, then services for any country, then all others; of equals those that
    are open, and then in the order of the countries.
    """
    at = at or clock.now()
    current = current_listings(audience, at)
    of_kind, crisis = Q(types__overlap=list(kinds)) | Q(tops__overlap=list(kinds)), Q(types__contains=[CRISIS_LINE])
    rows = current.filter(of_kind | crisis, operation__in=OPEN_OPERATIONS, contacts__contains=[{"channel": "phone"}])
    order = [Case(When(of_kind, then=0), default=1), Case(When(open_now(current, at), then=0), default=1)]
    if countries:
        here, *others = countries
        order.insert(1, Case(When(country=here, then=0), When(country="", then=1), default=2))
        whens = [When(country=code, then=rank) for rank, code in enumerate(others)]
        order.append(Case(*whens, default=len(others)) if whens else order[0])
    return read_rows(rows.order_by(*order, "id"), at, part=slice(limit))


def everything(
    audience: Audience, filters: Filters, at: dt.datetime | None = None, *, hits: Hits | None = None
) -> Iterator[ListingRow]:
    """All that fits, place by place, read piece by piece by a cursor of the database: inside a transaction."""
    at = at or clock.now()
    rows = matching(audience, filters, at, hits=hits).order_by(*BY_PLACE)
    for values in told(rows, filters.near).iterator(chunk_size=PIECE):
        row = ListingRow.read(values, at, filters.near)
        if audience == "members":  # a member's file of what everybody may know tells nothing more
            note_read((row.id,))
        yield row


def read_rows(
    rows: QuerySet[AbstractListing], at: dt.datetime | None = None, near: Near | None = None, part: slice = _ALL
) -> list[ListingRow]:
    """A part of the rows, as screens read them at an instant."""
    at = at or clock.now()
    found = [ListingRow.read(values, at, near) for values in told(rows, near)[part]]
    lay_over(found)
    note_read(row.id for row in found)
    return found


def told(rows: QuerySet[AbstractListing], near: Near | None) -> QuerySet[AbstractListing, tuple[object, ...]]:
    """The values of COLUMNS."""
    measured: dict[str, Combinable] = {
        "distance_km": distance(near) if near else Value(None, output_field=FloatField()),
        "reach": reach(near) if near else Value(None, output_field=IntegerField()),
        "is_abroad": is_abroad(near) if near else Value(False),
    }
    return rows.annotate(lon=Coordinate("X"), lat=Coordinate("Y"), **measured).values_list(*COLUMNS)


class Coordinate(Func):
    output_field = FloatField()

    def __init__(self, axis: str) -> None:
        super().__init__(F("point"), function=f"ST_{axis}")
