"""Rows that are known by their ids. The statement is put together once, not for each reader.

Rule: what differs between two questions (the instant, the place, the ids) stands in the statement as a parameter that
is known by its value, and nothing else may differ: so a statement that is kept holds nothing of whoever asked before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.backends.postgis.adapter import PostGISAdapter
from django.contrib.gis.geos import Point
from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import Combinable, RawSQL

from directory.crossing.records import Audience
from directory.geometry import Near
from directory.shown.rows import ListingRow
from directory.tables.listings import AbstractListing

#: Rows with the values of COLUMNS, for an audience, an instant and a place.
Build = Callable[[Audience, dt.datetime, Near | None], QuerySet[AbstractListing, tuple[object, ...]]]
_AT = dt.datetime(2001, 2, 3, 4, 5, 6, 789, tzinfo=dt.UTC)
_LAT, _LON, _COUNTRY, _ID = 1.234567890123, 2.345678901234, "@country", "@id"


@dataclass(frozen=True)
class KeptStatement:
    sql: str
    given: tuple[object, ...]
    converts: dict[int, tuple[list[Callable[..., object]], Combinable]]

    def rows(self, ids: Sequence[str], at: dt.datetime, near: Near | None, limit: int) -> list[tuple[object, ...]]:
        swaps: dict[object, object] = {_AT.isoformat(): at.isoformat()}
        if near:
            swaps |= {_LAT: near.lat, _LON: near.lon, _COUNTRY: near.country}
            swaps |= {_code(number): code for number, code in enumerate(near.codes)}
        given = [self._given(one, swaps, ids, near) for one in self.given]
        with connection.cursor() as cursor:
            cursor.execute(f"{self.sql} LIMIT %s", [*given, limit])
            found = cursor.fetchall()
        return [self._converted(row) for row in found]

    @staticmethod
    def _given(one: object, swaps: dict[object, object], ids: Sequence[str], near: Near | None) -> Any:
        if isinstance(one, str | float):
            return swaps.get(one, one)
        if isinstance(one, PostGISAdapter) and near:
            return PostGISAdapter(Point(near.lon, near.lat, srid=4326))
        return list(ids) if one == [_ID] else one

    def _converted(self, row: Sequence[object]) -> tuple[object, ...]:
        values = list(row)
        for at, (converters, column) in self.converts.items():
            for convert in converters:
                values[at] = convert(values[at], column, connection)
        return tuple(values)


class RowsByIds:
    """`build` gives the rows of an audience, `order` the way in which they stand for a place."""

    def __init__(self, build: Build, order: Callable[[Near], Sequence[Combinable | str]]) -> None:
        self._build, self._order = build, order
        self._kept: dict[tuple[object, ...], KeptStatement] = {}

    def named(self, audience: Audience, ids: Sequence[str], at: dt.datetime, near: Near | None) -> list[ListingRow]:
        """In the order of the ids; who is not to be seen any more is left out."""
        rows = self._statement(audience, near, is_ordered=False).rows(ids, at, near, len(ids)) if ids else []
        found = {row.id: row for row in (ListingRow.read(values, at, near) for values in rows)}
        return [found[one] for one in ids if one in found]

    def nearest(
        self, audience: Audience, ids: Sequence[str], at: dt.datetime, near: Near, limit: int
    ) -> list[ListingRow]:
        """Those of them that are nearest."""
        rows = self._statement(audience, near, is_ordered=True).rows(ids, at, near, limit) if ids else []
        return [ListingRow.read(values, at, near) for values in rows]

    def _statement(self, audience: Audience, near: Near | None, *, is_ordered: bool) -> KeptStatement:
        form = None if near is None else (bool(near.country), len(near.codes))
        key = (audience, form, is_ordered)
        if (kept := self._kept.get(key)) is None:
            kept = self._kept[key] = self._made(audience, near and _like(near), is_ordered=is_ordered)
        return kept

    def _made(self, audience: Audience, near: Near | None, *, is_ordered: bool) -> KeptStatement:
        of_ids = RawSQL("id = ANY(%s)", [[_ID]], output_field=BooleanField())
        rows = self._build(audience, _AT, near).filter(of_ids)
        rows = rows.order_by(*self._order(near)) if is_ordered and near else rows.order_by()
        compiler = rows.query.get_compiler(connection=connection)
        sql, given = compiler.as_sql()
        converts = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        return KeptStatement(sql, tuple(given), converts)


def _code(number: int) -> str:
    return f"@code{number}"


def _like(near: Near) -> Near:
    """A place of the same form, whose every value is known again."""
    found = Near(_LAT, _LON)
    codes = [_code(number) for number in range(len(near.codes))]
    vars(found).update(country=_COUNTRY if near.country else "", codes=codes)
    return found
