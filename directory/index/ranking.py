"""The rows that can stand among the first of an order: SQL puts these few in order, by its own exact measures.

Rule: distances on a sphere differ from those on the spheroid by less than a half per cent and a bit each way, so
everything that is not farther than the last one by that much is named too. What is named holds the answer for sure.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from directory.index import bits, grid
from directory.index.asking import Index, NotMine
from directory.index.bits import Bits, Rows

#: What SQL may be given to sort.
MOST = 4000
#: The spheroid over the sphere at most, over the same at least: 1.0056 / 0.9944; and a metre for equal points.
_WIDER, _METRE = 1.0125, 1.6e-7
#: So few are measured one by one.
_FEW = 4096


class Nearness:
    """The points of an index as a tree; of few it is not asked for."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def warm(self) -> None:
        """Nobody's question has to wait for the tree."""
        self._tree.query([1.0, 0.0, 0.0])

    @cached_property
    def _points(self) -> grid.Floats:
        placed = self._index.packed.placed
        return grid.on_the_sphere(self._index.arrays["lon"][:placed], self._index.arrays["lat"][:placed])

    @cached_property
    def _tree(self) -> Any:
        from scipy.spatial import cKDTree

        return cKDTree(self._points, balanced_tree=False, compact_nodes=False)

    def among_the_nearest(self, found: Bits, lat: float, lon: float, count: int) -> Rows:
        """The nearest `count` rows of a set and whatever may be as near; only rows with a point."""
        found = found & self._index.placed
        there = bits.size(found)
        if there <= count:
            return bits.rows_of(found)
        here = grid.on_the_sphere(np.array([lon]), np.array([lat]))[0]
        if there <= _FEW or there * 50 < self._index.packed.placed:
            rows = bits.rows_of(found)
            away = np.linalg.norm(self._points[rows] - here, axis=1)
            reach = _reach(float(np.partition(away, count - 1)[count - 1]))
            return _bounded(rows[away <= reach])
        return self._widening(found, here, count)

    def _widening(self, found: Bits, here: grid.Floats, count: int) -> Rows:
        asked, placed = 4 * count + 32, self._index.packed.placed
        while True:
            away, rows = self._tree.query(here, k=min(asked, placed))
            fits = bits.has(found, rows)
            if np.count_nonzero(fits) >= count:
                last = float(away[fits][count - 1])
                rows = np.array(self._tree.query_ball_point(here, _reach(last)), np.int64)
                return _bounded(rows[bits.has(found, rows)])
            asked *= 8


def _reach(chord: float) -> float:
    """The chord of a way that is longer by what the sphere may be wrong."""
    angle = 2 * np.arcsin(min(chord / 2, 1.0)) * _WIDER + _METRE
    return float(2 * np.sin(min(angle, np.pi) / 2)) + 1e-12


def _bounded(rows: Rows) -> Rows:
    if len(rows) > MOST:
        raise NotMine("too many are equal")
    return rows


def first_of_list(
    index: Index, nearness: Nearness, classes: list[Bits], middle: tuple[float, float] | None, count: int
) -> Rows:
    """Rows that can be among the first `count` where the classes stand one behind the other, the nearest to the middle
    first in each; without a middle by level and day of the last check."""
    found: list[Rows] = []
    for some in classes:
        left = count - sum(map(len, found))
        if left <= 0:
            break
        if bits.size(some) <= left:
            found.append(bits.rows_of(some))
        elif middle:
            found.append(_nearest_then_the_rest(index, nearness, some, middle, left))
        else:
            found.append(_best(index, some, left, by_level=True))
    return _bounded(np.concatenate(found)) if found else np.zeros(0, np.int64)


def _nearest_then_the_rest(
    index: Index, nearness: Nearness, some: Bits, middle: tuple[float, float], left: int
) -> Rows:
    near = nearness.among_the_nearest(some, *middle, left)
    placed = bits.size(some & index.placed)
    if placed >= left:
        return near
    return np.concatenate([near, _best(index, some & ~index.placed, left - placed, by_level=True)])


def lately_checked(index: Index, found: Bits, count: int) -> Rows:
    """Rows that can be among the first `count` by the day of the last check."""
    return _bounded(_best(index, found, count, by_level=False))


def _best(index: Index, found: Bits, count: int, *, by_level: bool) -> Rows:
    rows = bits.rows_of(found)
    if len(rows) <= count:
        return rows
    worth = index.arrays["checked"][rows].astype(np.int64)
    if by_level:
        worth = worth + (index.arrays["level"][rows].astype(np.int64) << 33)
    least = np.partition(worth, len(rows) - count)[len(rows) - count]
    return rows[worth >= least]
