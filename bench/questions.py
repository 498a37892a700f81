"""What the bench asks of the index, of SQL and of peers: always the same, in no order.

A quarter each without filters, with one, with two, with four; around listings that are there.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from django.db import connection

from bench.generated import GROUPS, LANGUAGES, SERVICES
from directory.asking.filters import Filters
from directory.geometry import Box, Near
from directory.index.making.copying import TABLES

QUESTIONS = 12
#: That of the generated texts; in another one each title is looked for among the fallbacks first.
LANGUAGE = "ru"


@dataclass(frozen=True)
class BenchQuestion:
    number: int
    filters: Filters
    zoom: int
    box: Box
    near: Near

    @property
    def seen(self) -> Filters:
        """The filters in the view."""
        return self.filters.replace(bbox=self.box)


def questions() -> list[BenchQuestion]:
    some = random.Random(7)  # noqa: S311
    sql = f"SELECT ST_X(point), ST_Y(point) FROM {TABLES['public']} ORDER BY md5(id) LIMIT {QUESTIONS}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql)
        spots = cursor.fetchall()
    return [_question(some, number, lon, lat) for number, (lon, lat) in enumerate(spots)]


def _question(some: random.Random, number: int, lon: float, lat: float) -> BenchQuestion:
    filters = _filters(some, number % 4)
    zoom = some.choice([2, 3, 5, 7, 9, 11, 13, 15])
    return BenchQuestion(number, filters, zoom, around(lon, lat, zoom), Near(lat, lon))


def around(lon: float, lat: float, zoom: int) -> Box:
    """A view of 1280 × 640 points or so."""
    wide = 360 * 5 / 2**zoom
    return Box(max(-180, lon - wide / 2), max(-85, lat - wide / 4), min(180, lon + wide / 2), min(85, lat + wide / 4))


def _filters(some: random.Random, kind: int) -> Filters:
    chosen: dict[str, tuple[str, ...]] = {}
    if kind:
        chosen["service"] = tuple(sorted(some.sample(SERVICES, 2 if kind == 3 else 1)))
    if kind >= 2:
        chosen["language"] = (some.choice(LANGUAGES),)
    if kind == 3:
        chosen |= {"group": (some.choice(GROUPS),), "checked": ("other",)}
    return Filters().replace(**chosen)
