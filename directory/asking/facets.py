"""Counts beside the values of every filter, and what dropping a filter would bring. One query for all of it.

Each row gets a mask: one bit for every active filter that it fails. A row counts for a filter's values when it fails
nothing, or nothing but that filter itself, so the counts of a filter say what a further choice in it would bring.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

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
_COLUMNS = tuple(
    dict.fromkeys(column for name, one in _COUNTED.items() if name not in _TOLD for column in one.held.columns)
)


#: A filter, and the name of the one of its questions that a bit stands for; "" where it is one question.
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
    conditions = _conditions(audience, filters, at)
    bits = {part: 1 << index for index, part in enumerate(conditions)}
    bare = Filters()
    rows = queries.matching(audience, bare, at, hits=hits)
    told = {
        column: queries.condition(audience, name, (value,), at)
        for name, held in _TOLD.items()
        for value, column in held.told.items()
    }
    try:
        found = _run(_masked(rows, conditions, bits, told), bits)
    except EmptyResultSet:
        found = []
    return _unmasked(found, bits)


def _conditions(audience: Audience, filters: Filters, at: dt.datetime) -> dict[Part, Q]:
    conditions = {
        (name, part): queries.condition(audience, name, some, at)
        for name, values in filters.active().items()
        for part, some in FILTERS[name].held.apart(values).items()
    }
    if filters.near and filters.near.radius_km is not None:
        conditions["near", ""] = Q(within(filters.near))
    return conditions


def _masked(
    rows: QuerySet[AbstractListing], conditions: Mapping[Part, Q], bits: Mapping[Part, int], told: Mapping[str, Q]
) -> QuerySet[AbstractListing]:
    """The columns of each row with its mask; `told` are further columns, true where a condition holds."""
    mask: Combinable = Value(0, output_field=BigIntegerField())
    for name, condition in conditions.items():
        mask = mask + Case(When(condition, then=0), default=bits[name], output_field=BigIntegerField())
    flags = {
        name: Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
        for name, condition in told.items()
    }
    return rows.order_by().annotate(mask=mask, **flags).values_list("id", *_COLUMNS, F("mask"), *map(F, told))


def _run(rows: QuerySet[AbstractListing], bits: Mapping[Part, int]) -> list[tuple[str, str, int]]:
    inner, params = rows.query.sql_with_params()
    parts = ["SELECT '' AS filter, mask::text AS value, count(*) FROM found GROUP BY mask"]
    for name, one in _COUNTED.items():
        rows_for = "fits" if bits and all(found != name for found, _part in bits) else "found"
        once = "count(DISTINCT id)" if one.held.may_repeat else "count(*)"
        parts.append(
            f"SELECT '{name}', value, {once} FROM {rows_for}, unnest({one.held.sql}) AS value "  # noqa: S608 (our own)
            f"WHERE mask & ~({_own(name, one, bits)}) = 0 GROUP BY value"
        )
        params = (*params, *(part for found, part in bits if found == name and part))
    columns = ", ".join(("id", *_COLUMNS, "mask", *(column for held in _TOLD.values() for column in held.columns)))
    fits = "fits AS MATERIALIZED (SELECT * FROM found WHERE mask = 0)"  # few, where anything is chosen
    sql = f"WITH found ({columns}) AS MATERIALIZED ({inner}), {fits} " + " UNION ALL ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _own(name: str, declared: Filter, bits: Mapping[Part, int]) -> str:
    """SQL: the bit that a row may fail and still counts for a value. The names of the parts are parameters."""
    parts = {part: bit for (found, part), bit in bits.items() if found == name}
    cases = "".join(f" WHEN %s THEN {bit}" for part, bit in parts.items() if part)
    return f"CASE {declared.held.part_sql('value')}{cases} ELSE 0 END" if cases else str(parts.get("", 0))


def _unmasked(found: list[tuple[str, str, int]], bits: Mapping[Part, int]) -> RawCounts:
    masks = {int(value): count for name, value, count in found if not name}
    by_value: dict[str, dict[str, int]] = {name: {} for name in _COUNTED}
    for name, value, count in found:
        if name:
            by_value[name][value] = count
    whole = {name: sum(bit for (one, _part), bit in bits.items() if one == name) for name, _part in bits}
    without = {name: sum(n for mask, n in masks.items() if mask & ~all_of_it == 0) for name, all_of_it in whole.items()}
    return RawCounts(masks.get(0, 0), by_value, without)


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
    rows = queries.matching(audience, Filters(), at).exclude(city_code="").order_by("city_code", "id")
    columns = [f"content__{language}__city" for language in codes()]
    found = rows.distinct("city_code").values_list("city_code", "country", *columns)
    named = [(code, country, _by_language(names)) for code, country, *names in found]
    return sorted(named, key=lambda row: (row[1], reading_key(localised(row[2]) or row[0])))


def _by_language(names: list[str]) -> dict[str, str]:
    return {language: name for language, name in zip(codes(), names, strict=True) if name}
