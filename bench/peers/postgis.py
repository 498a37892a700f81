"""What a project writes that has Django and PostGIS and nothing else: clusters by a grid, the nearest by an index.

In the transaction of the bench, on its rows. Conditions are those of our filters, said by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.contrib.gis.db.models.functions import SnapToGrid
from django.contrib.gis.geos import Polygon
from django.db import connection
from django.db.models import Avg, Count, F, FloatField, Func, Q, QuerySet
from django.db.models.expressions import RawSQL

from bench.peers.rounds import Ask, PeerFigures, asked, compared
from bench.questions import LANGUAGE, BenchQuestion, questions
from core import clock
from directory.asking import mapview, queries, quick
from directory.asking.filters import Filters
from directory.asking.mapview import CELL, MapView
from directory.asking.ordering import distance
from directory.filtering.conditions import CHECKED_BY_OTHERS
from directory.geometry import Near
from directory.index.making.copying import TABLES
from directory.shown.rows import COLUMNS, ListingRow
from directory.tables.listings import PublicListing

_HERE = "ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography"
#: Columns of the table among those that we read of a row.
_OWN = [name for name in COLUMNS if name in {field.name for field in PublicListing._meta.fields}]
#: Kilometres to the millimetre: ours are measured on the same spheroid by the same database.
_DIGITS = 6


def clusters(rounds: int, families: list[str]) -> PeerFigures:
    """Ours told as the map gets it, beside `GROUP BY ST_SnapToGrid` through the ORM."""
    at = clock.now()
    ours: list[Ask] = [_ours(one, families, at) for one in questions()]
    peers: list[Ask] = [_grid(one) for one in questions()]
    return {
        "ours": "map_view",
        "peer": "Django + PostGIS, SnapToGrid",
        **compared(asked(ours), asked(peers), rounds, _as_many),
        "checked": "listings in each view",
    }


def _ours(one: BenchQuestion, families: list[str], at: dt.datetime) -> Ask:
    return lambda: mapview.map_view("public", one.seen, one.zoom, families, LANGUAGE, at)


def _grid(one: BenchQuestion) -> Ask:
    """Cells as wide as ours on the screen, in degrees."""
    box = Polygon.from_bbox((one.box.west, one.box.south, one.box.east, one.box.north))
    box.srid = 4326
    rows = conditions(one.filters).filter(point__bboverlaps=box)
    # The projection's height of a cell is left out: a grid in degrees is what is written by hand.
    cell = SnapToGrid("point", 360 / (2**one.zoom * 256 / CELL))
    lon, lat = Avg(_coordinate("X")), Avg(_coordinate("Y"))
    found = rows.order_by().values(cell=cell).annotate(n=Count("id"), lon=lon, lat=lat).values_list("n", "lon", "lat")
    return lambda: list(found.all())


def _coordinate(axis: str) -> Func:
    return Func(F("point"), function=f"ST_{axis}", output_field=FloatField())


def conditions(filters: Filters) -> QuerySet[PublicListing]:
    """`array &&` for each filter. Every row of the bench is current and none is closed, so nothing asks for that."""
    rows = PublicListing.objects.all()
    if filters.service:
        rows = rows.filter(Q(types__overlap=list(filters.service)) | Q(tops__overlap=list(filters.service)))
    if filters.language:
        spoken = list(filters.language)
        rows = rows.filter(Q(languages__overlap=spoken) | Q(interpreter_languages__overlap=spoken))
    if filters.group:
        rows = rows.filter(Q(group_codes__overlap=list(filters.group)) | Q(group_codes=[]))
    return rows.filter(level__gte=CHECKED_BY_OTHERS) if filters.checked else rows


def _as_many(ours: Sequence[object], peers: Sequence[object]) -> bool:
    return all(_shown(our) == sum(n for n, _lon, _lat in _cells(peer)) for our, peer in zip(ours, peers, strict=True))


def _shown(view: object) -> int:
    assert isinstance(view, MapView)  # noqa: S101
    return sum(one["count"] for one in [*view.clusters, *view.points])


def _cells(answer: object) -> Iterable[tuple[int, float, float]]:
    assert isinstance(answer, list)  # noqa: S101
    return answer


def nearest(rounds: int) -> PeerFigures:
    """Ten whole rows with their distances on either side."""
    at = clock.now()
    ours: list[Ask] = [_our_nearest(one, at) for one in questions()]
    peers: list[Ask] = [_by_knn(one, _OWN) for one in questions()]
    return {
        "ours": "nearest, ten rows",
        "peer": "PostGIS geography KNN, ten rows",
        **compared(asked(ours), asked(peers), rounds, _as_far),
        "checked": "ten distances each, to a millimetre",
    }


def nearest_ids(rounds: int) -> PeerFigures:
    """Who they are and no more: the look-up without the reading of rows, which both sides do alike."""
    at, near = clock.now(), [one.near for one in questions()]

    def same(ours: Sequence[object], peers: Sequence[object]) -> bool:
        return all(map(_holds, ours, peers, near))

    ours: list[Ask] = [_our_ids(one, at) for one in questions()]
    peers: list[Ask] = [_by_knn(one, ["id"]) for one in questions()]
    return {
        "ours": "ids of the index",
        "peer": "PostGIS geography KNN, ids",
        **compared(asked(ours), asked(peers), rounds, same),
        "checked": "ten distances each, to a millimetre",
    }


def make_geography_index() -> None:
    """An index of the peer's own, which goes with the transaction."""
    table = TABLES["public"]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX bench_peer_geography ON {table} USING gist ((point::geography))")
        cursor.execute(f"ANALYZE {table}")


def _our_nearest(one: BenchQuestion, at: dt.datetime) -> Ask:
    return lambda: queries.nearest("public", one.filters, one.near, 10, at)


def _our_ids(one: BenchQuestion, at: dt.datetime) -> Ask:
    return lambda: quick.nearest("public", one.filters, one.near, 10, at)


def _by_knn(one: BenchQuestion, columns: Sequence[str]) -> Ask:
    """KNN orders by the sphere and distances are told on the spheroid, as ours are."""
    here = [one.near.lon, one.near.lat]
    away = RawSQL(f"ST_Distance(point::geography, {_HERE}) / 1000", here, FloatField())  # noqa: S611
    order = RawSQL(f"point::geography <-> {_HERE}", here, FloatField())  # noqa: S611
    rows = conditions(one.filters).filter(point__isnull=False).annotate(away=away).order_by(order)
    found = rows.values_list(*columns, "away")[:10]
    return lambda: sorted(row[-1] for row in found.all())


def _as_far(ours: Sequence[object], peers: Sequence[object]) -> bool:
    return all(_rounded(_distances(our)) == _rounded(peer) for our, peer in zip(ours, peers, strict=True))


def _distances(rows: object) -> list[float]:
    assert isinstance(rows, list)  # noqa: S101
    return [row.distance_km for row in rows if isinstance(row, ListingRow) and row.distance_km is not None]


def _holds(ids: object, peer: object, near: Near) -> bool:
    """The index names those among which the ten are; how far they are is asked outside of what is timed."""
    assert isinstance(ids, list)  # noqa: S101
    rows = PublicListing.objects.filter(id__in=ids).annotate(away=distance(near)).order_by("away")
    return _rounded(list(rows.values_list("away", flat=True)[:10])) == _rounded(peer)


def _rounded(distances: object) -> list[float]:
    assert isinstance(distances, list)  # noqa: S101
    return sorted(round(one, _DIGITS) for one in distances)
