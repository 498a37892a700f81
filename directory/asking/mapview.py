"""What the map shows of a box at a zoom: clusters, or single places. Grouped by the packed index, or in SQL.

A pin is a place with its listings. Below STREETS_ZOOM places that fall into one cell of a grid become a cluster; the
grid belongs to the world, not to the view, so a cluster does not change when the map moves. From STREETS_ZOOM on
every place is a point of its own, also those that stand on one spot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from core import clock
from core.languages import preferred
from directory.access import note_read
from directory.asking import queries, quick
from directory.asking.filters import Filters
from directory.asking.groups import Group, Totals
from directory.asking.queries import Hits
from directory.coming.moving import Spots, coordinate, inside
from directory.crossing.records import Audience
from directory.freshness import is_overdue
from directory.tables.listings import AbstractListing

MAX_ZOOM = 22
STREETS_ZOOM = 15
#: Width of a cell on the screen, in pixels of a world that is 256 px wide at zoom 0.
CELL = 64
#: More places than this in one answer are clustered at any zoom: somebody asks for the whole world in streets.
MAX_POINTS = 3000
#: The Mercator projection ends here.
_EDGE = 85.05112878


class MapCluster(TypedDict):
    """`count` listings, told apart `by_family`, at `places` places; `bbox` is west, south, east, north of them."""

    lon: float
    lat: float
    count: int
    by_family: dict[str, int]
    places: int
    bbox: list[float]


class MapPoint(TypedDict):
    """A place of its own; `family` is the most important of its `families`, `matched` which listings of it were asked
    for, by a condition or by words: [] where everything was.
    """

    id: str
    lon: float
    lat: float
    count: int
    by_family: dict[str, int]
    family: str
    families: list[str]
    title: str
    stale: bool
    precision: str
    matched: list[str]


@dataclass(frozen=True)
class MapView:
    clusters: list[MapCluster]
    points: list[MapPoint]
    totals: Totals


def map_view(
    audience: Audience,
    filters: Filters,
    zoom: int,
    families: list[str],
    language: str,
    at: dt.datetime | None = None,
    *,
    hits: Hits | None = None,
) -> MapView:
    """Clusters and points inside `filters.bbox` (everywhere without one). `families`: the most important first."""
    at = at or clock.now()
    alone_up_to = MAX_POINTS if zoom >= STREETS_ZOOM else -1
    totals, groups = quick.map_groups(
        audience, filters, at, hits, zoom, families, language, alone_up_to
    ) or _groups_by_sql(audience, filters, at, hits, zoom, families, language, alone_up_to)
    clusters = [_cluster(group, families) for group in groups if group.places > 1]
    points = [_point(group, families) for group in groups if group.places == 1]
    note_read(point["id"] for point in points)
    return MapView(clusters, points, totals)


def _groups_by_sql(
    audience: Audience,
    filters: Filters,
    at: dt.datetime,
    hits: Hits | None,
    zoom: int,
    families: list[str],
    language: str,
    alone_up_to: int,
) -> tuple[Totals, list[Group]]:
    """As `quick.map_groups`."""
    rows = queries.matching(audience, filters, at, hits=hits, skip=["bbox"])
    totals = Totals(
        **rows.aggregate(
            listings=Count("id"),
            places=Count("place_id", distinct=True),
            unplaced=Count("id", filter=Q(point__isnull=True)),
        )
    )
    spots = queries.spots(audience, at)
    if filters.bbox:
        rows = rows.filter(inside(filters.bbox, spots))
    is_asked = bool(hits is not None or filters.active())
    placed = rows.filter(point__isnull=False)
    return totals, _grouped(placed, zoom, families, language, spots, alone_up_to, is_asked=is_asked)


_SQL = """
WITH listing (place_id, family, precision, title, stale, lon, lat, asked) AS ({inner}),
place AS (
    SELECT place_id, count(*) AS n, min(lon) AS lon, min(lat) AS lat, min(title) AS title,
           {counted} AS by_family,
           bool_and(stale) AS stale, min(precision) AS precision, string_agg(asked, ',' ORDER BY asked) AS asked
    FROM listing GROUP BY place_id
),
cell AS (
    SELECT *, CASE WHEN (SELECT count(*) FROM place) <= {alone_up_to} THEN place_id ELSE concat_ws(
        ':', floor((lon + 180) / 360 * %s),
        floor((1 - asinh(tan(radians(greatest(least(lat, {edge}), -{edge})))) / pi()) / 2 * %s)) END AS cell
    FROM place
)
SELECT count(*), sum(n)::int, avg(lon), avg(lat), min(lon), min(lat), max(lon), max(lat), {summed},
       min(place_id), min(title), bool_and(stale), min(precision), min(asked)
FROM cell GROUP BY cell ORDER BY cell
"""


def _grouped(
    rows: QuerySet[AbstractListing],
    zoom: int,
    families: list[str],
    language: str,
    spots: Spots,
    alone_up_to: int,
    *,
    is_asked: bool,
) -> list[Group]:
    listed = rows.order_by().annotate(
        title=_title(language),
        stale=Case(When(is_overdue(), then=Value(True)), default=Value(False), output_field=BooleanField()),
        lon=coordinate("X", spots),
        lat=coordinate("Y", spots),
        asked=Cast("id", TextField()) if is_asked else Value(None, output_field=TextField()),
    )
    try:
        inner, params = listed.values_list(
            "place_id", "family", "precision", F("title"), F("stale"), F("lon"), F("lat"), F("asked")
        ).query.sql_with_params()
    except EmptyResultSet:
        return []
    cells = 2**zoom * 256 / CELL
    counted = _array("count(*) FILTER (WHERE family = %s)" for _family in families)
    summed = _array(f"sum(by_family[{index}])::int" for index, _family in enumerate(families, 1))
    sql = _SQL.format(inner=inner, alone_up_to=alone_up_to, edge=_EDGE, counted=counted, summed=summed)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *families, cells, cells])
        return [Group(*row) for row in cursor.fetchall()]


def _array(items: Iterable[str]) -> str:
    return f"ARRAY[{', '.join(items)}]::int[]"


def _title(language: str) -> Coalesce:
    """Name of the place, else of the organisation, in the language or its fallbacks."""
    names = ("place", "organization", "title")
    texts = [KT(f"content__{code}__{name}") for name in names for code in preferred(language)]
    return Coalesce(*texts, Value(""), output_field=TextField())


def _cluster(group: Group, families: list[str]) -> MapCluster:
    return {
        "lon": round(group.lon, 5),
        "lat": round(group.lat, 5),
        "count": group.listings,
        "by_family": _by_family(group, families),
        "places": group.places,
        "bbox": [round(edge, 5) for edge in (group.west, group.south, group.east, group.north)],
    }


def _point(group: Group, families: list[str]) -> MapPoint:
    by_family = _by_family(group, families)
    return {
        "id": group.place_id,
        "lon": round(group.lon, 6),
        "lat": round(group.lat, 6),
        "count": group.listings,
        "by_family": by_family,
        "family": max(by_family, key=by_family.__getitem__, default=""),
        "families": list(by_family),
        "title": group.title,
        "stale": group.stale,
        "precision": group.precision,
        "matched": group.matched.split(",") if group.matched else [],
    }


def _by_family(group: Group, families: list[str]) -> dict[str, int]:
    return {code: count for code, count in zip(families, group.by_family, strict=True) if count}
