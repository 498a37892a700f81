"""A question to an index: the rows that fit it, as a set.

Rule: conditions come from the same declarations as those in SQL. A question that needs more than the rows hold (the
way to a place, areas) raises `NotMine`, and SQL answers; so does a filter of which `moments.HOLDS` says nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol, TypeVar

import numpy as np

from directory.asking.filters import Filters
from directory.coming.moving import Spots
from directory.filtering.declared import FILTERS
from directory.filtering.held import While
from directory.geometry import Box
from directory.index import bits, grid
from directory.index.bits import Bits, Rows
from directory.index.moments import HOLDS, Moments
from directory.index.packed import Array, PackedRows

ValueT = TypeVar("ValueT")
#: Filters that an index cannot answer; a test names them.
NOT_MINE = frozenset(
    name
    for name, one in FILTERS.items()
    if isinstance(one.held, While) and set(one.held.told) != set(HOLDS.get(name, {}))
)


class NotMine(Exception):
    """SQL answers this question."""


class FoundByWords(Protocol):
    """What the index reads of `queries.Hits`."""

    @property
    def scores(self) -> Mapping[str, float]: ...

    @property
    def all_that_fit(self) -> bool: ...


class Index:
    """What one audience may see, at any instant."""

    def __init__(self, packed: PackedRows) -> None:
        self.packed = packed
        self.arrays = packed.arrays
        self.moments = Moments(packed)

    def matching(
        self, filters: Filters, at: dt.datetime, hits: FoundByWords | None = None, skip: Iterable[str] = ()
    ) -> Bits:
        """As `queries.matching`."""
        left_out = set(skip)
        found = self.moments.today(at).current
        if hits is not None and hits.all_that_fit:
            found = found & self.named(hits.scores)
        elif filters.is_lost:
            return np.zeros_like(found)
        if filters.near and filters.near.radius_km is not None and "near" not in left_out:
            raise NotMine("near")
        for name, values in filters.active().items():
            if name not in left_out:
                for part in self.parts(name, values, at).values():
                    found = found & part
        if filters.bbox and "bbox" not in left_out:
            found = found & bits.of_rows(self.inside(filters.bbox, found, self.moments.spots(at)), self.packed.rows)
        return found

    def parts(self, name: str, values: Sequence[str], at: dt.datetime) -> dict[str, Bits]:
        """The sets that a row has to be in to fit a filter, by the name of each question that the filter asks."""
        return {part: self.holding(name, some, at) for part, some in FILTERS[name].held.apart(values).items()}

    def holding(self, name: str, values: Iterable[str], at: dt.datetime) -> Bits:
        """The rows that hold one of the values."""
        if name in NOT_MINE:
            raise NotMine(name)
        if name in HOLDS:
            return _any((HOLDS[name][value](self.moments, at) for value in values), self._nothing)
        known = self._values[name]
        numbers = [known[value] for value in values if value in known]
        if (of_row := self.arrays.get(f"of_{name}")) is not None:
            return bits.pack(np.isin(of_row, numbers))
        sets: Array = self.arrays[f"sets_{name}"]
        everybody = [self.arrays[f"all_{name}"]] if FILTERS[name].held.empty_fits_all else []
        return _any((*(sets[number] for number in numbers), *everybody), self._nothing)

    def named(self, ids: Iterable[str]) -> Bits:
        """The rows with these ids."""
        asked = np.array(list(ids), "S10")
        by_id, own = self.arrays["by_id"], self.arrays["ids"]
        where = np.minimum(np.searchsorted(own, asked, sorter=by_id), self.packed.rows - 1)
        rows = by_id[where] if len(asked) else by_id[:0]
        return bits.of_rows(rows[own[rows] == asked], self.packed.rows)

    def ids(self, rows: Rows) -> list[str]:
        return [one.decode() for one in self.arrays["ids"][rows].tolist()]

    def inside(self, box: Box, among: Bits, spots: Spots) -> Rows:
        """Rows of a set whose pin lies in the box."""
        moved = self.rows_at(spots)
        still = among & ~bits.of_rows(moved, self.packed.rows) if spots else among
        pieces = [self._in_part(grid.edges(*part), still) for part in box.parts()]
        held = [place for place, (lon, lat) in spots.items() if box.holds(lon, lat)]
        there = self.rows_at(held)
        pieces.append(there[bits.has(among, there)])
        return np.unique(np.concatenate(pieces)) if len(box.parts()) > 1 or len(there) else pieces[0]

    def rows_at(self, places: Iterable[str]) -> Rows:
        """All rows at these places."""
        found = [np.flatnonzero(self.arrays["place"] == number) for number in self.numbered(dict.fromkeys(places))]
        return np.concatenate(found) if found else np.zeros(0, np.int64)

    def numbered(self, places: Mapping[str, ValueT]) -> dict[int, ValueT]:
        """The same by the numbers of the places."""
        own, found = self.arrays["place_ids"], {}
        for place, value in places.items():
            number = int(np.searchsorted(own, np.bytes_(place.encode())))
            if number < len(own) and own[number] == place.encode():
                found[number] = value
        return found

    def _in_part(self, edges: grid.Edges, among: Bits) -> Rows:
        keys = self.arrays["key"][: self.packed.placed]
        found = []
        for first, end in grid.ranges(edges):
            start, stop = np.searchsorted(keys, [first, end])
            if start < stop:
                found.append(bits.rows_of(among, int(start), int(stop)))
        rows = np.concatenate(found) if found else np.zeros(0, np.int64)
        return rows[edges.hold(self.arrays["lon"][rows], self.arrays["lat"][rows])]

    @cached_property
    def placed(self) -> Bits:
        """Rows with a point."""
        return bits.pack(np.arange(self.packed.rows) < self.packed.placed)

    @cached_property
    def _nothing(self) -> Bits:
        return np.zeros(bits.words(self.packed.rows), np.uint64)

    @cached_property
    def _values(self) -> dict[str, dict[str, int]]:
        values = self.packed.words["values"]
        return {name: {value: number for number, value in enumerate(some)} for name, some in values.items()}


def _any(sets: Iterable[Bits], nothing: Bits) -> Bits:
    found = nothing
    for one in sets:
        found = found | one
    return found
