"""Counts beside the values of every filter, totals and extents of a set of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from directory.asking.filters import Filters
from directory.asking.groups import RawCounts, Totals
from directory.filtering.declared import FILTERS
from directory.index import bits
from directory.index.asking import NOT_MINE, FoundByWords, Index, NotMine
from directory.index.bits import Bits
from directory.index.moments import HOLDS


def counts(index: Index, filters: Filters, at: dt.datetime, hits: FoundByWords | None = None) -> RawCounts:
    """A row counts for a filter's values when it fails nothing, or nothing but that filter itself."""
    if filters.near and filters.near.radius_km is not None:
        raise NotMine("near")
    base = index.matching(Filters(), at, hits)
    conditions = {
        (name, part): rows
        for name, values in filters.active().items()
        for part, rows in index.parts(name, values, at).items()
    }
    kept: dict[frozenset[tuple[str, str]], Bits] = {}

    def but(*left_out: tuple[str, str]) -> Bits:
        """Rows that fit all conditions but these."""
        key = frozenset(part for part in left_out if part in conditions)
        if key not in kept:
            kept[key] = base
            for condition in conditions.keys() - key:
                kept[key] = kept[key] & conditions[condition]
        return kept[key]

    by_value = {name: _of_filter(index, name, but, at) for name, one in FILTERS.items() if one.is_counted}
    whole = {name: [part for part in conditions if part[0] == name] for name, _part in conditions}
    return RawCounts(bits.size(but()), by_value, {name: bits.size(but(*parts)) for name, parts in whole.items()})


def _of_filter(index: Index, name: str, but: Callable[..., Bits], at: dt.datetime) -> dict[str, int]:
    """Of each value that any row holds, the rows that hold it and fail nothing but what the value itself answers."""
    if name in NOT_MINE:
        raise NotMine(name)
    if name in HOLDS:
        found = {value: bits.size(holds(index.moments, at) & but((name, ""))) for value, holds in HOLDS[name].items()}
        return {value: count for value, count in found.items() if count}
    values: list[str] = index.packed.words["values"][name]
    if (of_row := index.arrays.get(f"of_{name}")) is not None:
        numbers = of_row[bits.rows_of(but((name, "")))]
        return _some(values, np.bincount(numbers[numbers >= 0], minlength=len(values)))
    counted = np.zeros(len(values), np.int64)
    for part, some in _by_part(name, values).items():
        counted[some] = bits.sizes(index.arrays[f"sets_{name}"][some], but((name, part)))
    everybody = {"": bits.size(index.arrays[f"all_{name}"] & but((name, "")))} if f"all_{name}" in index.arrays else {}
    return _some(values, counted) | {value: count for value, count in everybody.items() if count}


def _by_part(name: str, values: list[str]) -> dict[str, slice | list[int]]:
    """The numbers of the values by the question that each of them answers."""
    parts: dict[str, list[int]] = {}
    for number, value in enumerate(values):
        for part in FILTERS[name].held.apart((value,)):
            parts.setdefault(part, []).append(number)
    return {"": slice(None)} if list(parts) == [""] else dict(parts)


def _some(values: list[str], counted: npt.NDArray[np.int64]) -> dict[str, int]:
    return {value: count for value, count in zip(values, counted.tolist(), strict=True) if count}


def sums(index: Index, found: Bits) -> Totals:
    """Listings, distinct places, and listings without a point."""
    listings = bits.size(found)
    alone = bits.size(found & index.arrays["is_alone"])
    seen = np.zeros(len(index.arrays["place_ids"]), np.bool_)
    seen[index.arrays["place"][bits.rows_of(found & ~index.arrays["is_alone"])]] = True
    return Totals(listings, alone + int(np.count_nonzero(seen)), listings - bits.size(found & index.placed))


def extent(index: Index, found: Bits) -> tuple[float, float, float, float] | None:
    """West, south, east, north of the points of these rows."""
    rows = bits.rows_of(found & index.placed)
    if not len(rows):
        return None
    lon, lat = index.arrays["lon"][rows], index.arrays["lat"][rows]
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())
