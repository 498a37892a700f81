"""Counts beside the values of every filter, and what dropping a filter would bring. One query for all of it.

A row counts for a filter's values when it fits all that is asked but that filter itself, so the counts of a filter say
what a further choice in it would bring.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Case, Min, Q, QuerySet, Value, When

from core import clock
from core.languages import codes
from core.spelling.collation import reading_key
from directory.asking import queries, quick
from directory.asking.filters import Filters
from directory.asking.groups import RawCounts
from directory.asking.ordering import within
from directory.asking.queries import Hits
from directory.crossing.records import Audience
from directory.filtering.declaration import Filter
from directory.filtering.declared import FILTERS
from directory.filtering.held import While
from directory.tables.listings import AbstractListing
from directory.vocabulary import Vocabulary, localised

_COUNTED: Mapping[str, Filter] = {name: one for name, one in FILTERS.items() if one.is_counted}
#: Values that are true at the instant of the question, by the filter that asks for them.
_TOLD: Mapping[str, While] = {name: one.held for name, one in _COUNTED.items() if isinstance(one.held, While)}
#: Begins the label of what dropping a filter would bring.
_WITHOUT = "without "
#: A filter, and the name of the one of its questions that a row has to fit; "" where it is one question.
Part = tuple[str, str]


@dataclass(frozen=True)
class Counts:
    """`by_value[filter][value]`, the number of listings that match everything, and `without[filter]`: how many would
    match if that filter were dropped."""

    total: int = 0
    by_value: dict[str, dict[str, int]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)


def facet_counts(
    audience: Audience,
    filters: Filters,
    vocabulary: Vocabulary,
    at: dt.datetime | None = None,
    *,
    hits: Hits | None = None,
) -> Counts:
    """Disjunctive counts for every filter. The box of the map plays no part in them."""
    at = at or clock.now()
    found = quick.counts(audience, filters, at, hits) or _counted_by_sql(audience, filters, at, hits)
    return _counts(found, vocabulary)


def _counted_by_sql(audience: Audience, filters: Filters, at: dt.datetime, hits: Hits | None) -> RawCounts:
    current = queries.current_listings(audience, at)
    conditions = _conditions(current, filters, at)
    rows = queries.matching(audience, Filters(), at, hits=hits).order_by()
    told = _told(current, at)

    def fitting(*without: Part) -> QuerySet[AbstractListing]:
        """Rows that fit all that is asked but these questions."""
        asked = (condition for part, condition in conditions.items() if part not in without)
        return rows.filter(*asked).annotate(**told)

    parts: dict[str, list[str]] = {}
    for name, part in conditions:
        parts.setdefault(name, []).append(part)
    statement = ManyCounts()
    statement.count(fitting(), "", {name: some for name in _COUNTED if (some := parts.get(name, [])) != [""]})
    for name, some in parts.items():
        without = f"{_WITHOUT}{name}"
        if len(some) > 1:
            statement.count(fitting(*((name, part) for part in some)), without, {})
        for part in some:
            own = {name: [part]} if name in _COUNTED else {}
            statement.count(fitting((name, part)), without if len(some) == 1 else None, own, are_theirs=True)
    return statement.run()


def _told(current: QuerySet[AbstractListing], at: dt.datetime) -> dict[str, Case]:
    """Columns that no table has: whether each value that depends on the instant is held."""
    return {
        column: Case(
            When(held.condition((value,), current, at), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
        for held in _TOLD.values()
        for value, column in held.told.items()
    }


def _conditions(current: QuerySet[AbstractListing], filters: Filters, at: dt.datetime) -> dict[Part, Q]:
    conditions = {
        (name, part): FILTERS[name].held.condition(some, current, at)
        for name, values in filters.active().items()
        for part, some in FILTERS[name].held.apart(values).items()
    }
    if filters.near and filters.near.radius_km is not None:
        conditions["near", ""] = Q(within(filters.near))
    return conditions


class ManyCounts:
    """One statement of many counts.

    Rows that hold the same for a filter are numbered first, for all filters in one pass over the rows: there are far
    fewer ways to be alike than rows, and only of those the values are told apart.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._given: list[Any] = []
        self._parts: list[str] = []
        self._told: list[Any] = []

    def count(
        self,
        rows: QuerySet[AbstractListing],
        label: str | None,
        filters: Mapping[str, Sequence[str]],
        *,
        are_theirs: bool = False,
    ) -> None:
        """How many rows there are, under the label, and how many of them hold each value of these filters: of the
        values that answer the named questions of a filter if they `are_theirs`, else of all others."""
        every = list(dict.fromkeys(column for name in filters for column in _COUNTED[name].held.columns))
        try:
            sql, given = rows.values_list("id", *every).query.sql_with_params()
        except EmptyResultSet:
            return
        alike, told = f"alike{len(self._pieces)}", ", ".join(every)
        sets = dict.fromkeys(_COUNTED[name].held.columns for name in filters) | {(): None}
        grouped = ", ".join(f"({', '.join(columns)})" for columns in sets)
        which = f"GROUPING({told})" if every else "0"
        self._pieces.append(
            f"{alike} AS MATERIALIZED (SELECT {', '.join([*every, which])} AS which, count(*) AS many "  # noqa: S608
            f"FROM ({sql}) AS them ({', '.join(['id', *every])}) GROUP BY GROUPING SETS ({grouped}))"
        )
        self._given += given
        if label is not None:
            whole = _which(every, ())
            self._parts.append(f"SELECT '{label}' AS filter, '' AS value, many FROM {alike} WHERE which = {whole}")  # noqa: S608
        for name, parts in filters.items():
            self._values(alike, name, _which(every, _COUNTED[name].held.columns), parts, are_theirs=are_theirs)

    def _values(self, alike: str, name: str, which: int, parts: Sequence[str], *, are_theirs: bool) -> None:
        held = _COUNTED[name].held
        values = f"LATERAL (SELECT DISTINCT unnest({held.sql}))" if held.may_repeat else f"unnest({held.sql})"
        of_parts = f" AND ({held.part_sql('value')} = ANY(%s)) = {are_theirs}" if parts else ""
        self._parts.append(
            f"SELECT '{name}', value, sum(many)::bigint FROM {alike}, {values} AS held (value) "  # noqa: S608
            f"WHERE which = {which}{of_parts} GROUP BY value"
        )
        self._told += [list(parts)] if parts else []

    def run(self) -> RawCounts:
        by_value: dict[str, dict[str, int]] = {name: {} for name in _COUNTED}
        total, without = 0, dict[str, int]()
        if not self._pieces:
            return RawCounts(total, by_value, without)
        with connection.cursor() as cursor:
            sql = f"WITH {', '.join(self._pieces)} {' UNION ALL '.join(self._parts)}"
            cursor.execute(sql, [*self._given, *self._told])
            found = cursor.fetchall()
        for name, value, count in found:
            if name.startswith(_WITHOUT):
                without[name.removeprefix(_WITHOUT)] = count
            elif name:
                by_value[name][value] = count
            else:
                total = count
        return RawCounts(total, by_value, without)


def _which(every: Sequence[str], columns: Sequence[str]) -> int:
    """What GROUPING says of rows that are alike in these columns: a bit for each of the others."""
    return sum(1 << at for at, column in enumerate(reversed(every)) if column not in columns)


def _counts(raw: RawCounts, vocabulary: Vocabulary) -> Counts:
    """What fits every value counts for each of them."""
    by_value = dict(raw.by_value)
    for name, one in _COUNTED.items():
        if one.held.empty_fits_all and (everybody := by_value[name].pop("", 0)):
            every = one.known.values(vocabulary)
            by_value[name] = {code: by_value[name].get(code, 0) + everybody for code in every}
    return Counts(raw.total, by_value, raw.without)


def cities(audience: Audience, at: dt.datetime | None = None) -> list[tuple[str, str, dict[str, str]]]:
    """Every city that has a listing: (code, country, names by language), by country and name."""
    rows = queries.matching(audience, Filters(), at).exclude(city_code="")
    firsts = rows.order_by().values("city_code").annotate(first=Min("id")).values_list("first", flat=True)
    columns = [f"content__{language}__city" for language in codes()]
    # read by their ids: sorting all rows of a large directory with their texts takes longer than anybody waits
    found = rows.filter(id__in=list(firsts)).values_list("city_code", "country", *columns)
    named = [(code, country, _by_language(names)) for code, country, *names in found]
    return sorted(named, key=lambda row: (row[1], reading_key(localised(row[2]) or row[0]), row[0]))


def _by_language(names: list[str]) -> dict[str, str]:
    return {language: name for language, name in zip(codes(), names, strict=True) if name}
