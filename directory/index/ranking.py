"""The rows that can stand among the first of an order: SQL puts these few in order, by its own exact measures.

Rule: distances on a sphere differ from those on the spheroid by less than a half per cent and a bit each way, so
everything that is not farther than the last one by that much is named too. What is named holds the answer for sure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from directory.index import bits, grid
from directory.index.asking import Index, NotMine
from directory.index.bits import Bits, Rows
from directory.index.packed import LONG_AGO
from directory.marks import LAST, RowMark

#: What SQL may be given to sort.
MOST = 4000
#: The spheroid over the sphere at most, over the same at least: 1.0056 / 0.9944; and a metre for equal points.
_WIDER, _METRE = 1.0125, 1.6e-7
#: So few are measured one by one.
_FEW = 4096
#: The tree is left once more than this part of all points would have to be passed by.
_PASSED = 250
#: Kilometres of a radian of our sphere, at least and at most: the spheroid is bent so much at the equator and the pole.
_LEAST_KM, _MOST_KM, _METRE = 6335.43, 6399.60, 0.001
#: Classes stand so far apart; in each rows with a point come first, then those without by level and day.
_CLASS, _UNPLACED, _LEVEL, _NEVER = 1e9, 1e6, 1e7, 9e6
_LEVELS = 10
#: As `ordering` counts days.
_FROM = (dt.date(3000, 1, 1) - dt.date(1970, 1, 1)).days


class Nearness:
    """The points of an index as a tree; of few it is not asked for."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def warm(self) -> None:
        """Nobody's question has to wait for the tree; where there are few points nobody will ask it."""
        if self._index.packed.placed > _FEW:
            self._tree.query([1.0, 0.0, 0.0])

    @cached_property
    def _points(self) -> grid.Floats:
        placed = self._index.packed.placed
        return grid.on_the_sphere(self._index.arrays["lon"][:placed], self._index.arrays["lat"][:placed])

    @cached_property
    def _tree(self) -> Any:
        from scipy.spatial import cKDTree

        return cKDTree(self._points, balanced_tree=False, compact_nodes=False)

    def angles(self, rows: Rows, lat: float, lon: float) -> grid.Floats:
        """How far each of these rows lies away, in radians of the sphere."""
        here = grid.on_the_sphere(np.array([lon]), np.array([lat]))[0]
        away: grid.Floats = 2 * np.arcsin(np.minimum(np.linalg.norm(self._points[rows] - here, axis=1) / 2, 1.0))
        return away

    def among_the_nearest(self, found: Bits, lat: float, lon: float, count: int) -> Rows:
        """The nearest `count` rows of a set and whatever may be as near; only rows with a point."""
        found = found & self._index.placed
        there = bits.size(found)
        if there <= count:
            return bits.rows_of(found)
        here = grid.on_the_sphere(np.array([lon]), np.array([lat]))[0]
        by_tree = there > _FEW and there * 50 >= self._index.packed.placed
        near = self._widening(found, here, count) if by_tree else None
        return bounded(self._measured(bits.rows_of(found), here, count) if near is None else near)

    def _measured(self, rows: Rows, here: grid.Floats, count: int) -> Rows:
        """One by one."""
        away = np.linalg.norm(self._points[rows] - here, axis=1)
        return rows[away <= _reach(float(np.partition(away, count - 1)[count - 1]))]

    def _widening(self, found: Bits, here: grid.Floats, count: int) -> Rows | None:
        """By the tree. None where what fits lies together and far away: many others are nearer, and to pass them by one
        after the other takes longer than to measure what fits."""
        asked = 4 * count + 32
        while asked <= max(_FEW, self._index.packed.placed // _PASSED):
            away, rows = self._tree.query(here, k=min(asked, self._index.packed.placed))
            fits = bits.has(found, rows)
            if np.count_nonzero(fits) >= count:
                last = float(away[fits][count - 1])
                rows = np.array(self._tree.query_ball_point(here, _reach(last)), np.int64)
                return rows[bits.has(found, rows)]
            asked *= 8
        return None


def _reach(chord: float) -> float:
    """The chord of a way that is longer by what the sphere may be wrong."""
    angle = 2 * np.arcsin(min(chord / 2, 1.0)) * _WIDER + _METRE
    return float(2 * np.sin(min(angle, np.pi) / 2)) + 1e-12


def bounded(rows: Rows) -> Rows:
    """NotMine where SQL would have to sort too much."""
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
    return bounded(np.concatenate(found)) if found else np.zeros(0, np.int64)


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
    return bounded(_best(index, found, count, by_level=False))


def _best(index: Index, found: Bits, count: int, *, by_level: bool) -> Rows:
    rows = bits.rows_of(found)
    if len(rows) <= count:
        return rows
    worth = index.arrays["checked"][rows].astype(np.int64)
    if by_level:
        worth = worth + (index.arrays["level"][rows].astype(np.int64) << 33)
    least = np.partition(worth, len(rows) - count)[len(rows) - count]
    return rows[worth >= least]


@dataclass(frozen=True)
class Order:
    """Every row of a list, wherever its page lies: what it is ordered by is one number, or lies between `least` and
    `most` where the sphere is wrong. Every row that can be on the page is named."""

    rows: Rows
    least: grid.Floats
    most: grid.Floats
    splits: int
    by: str

    def place(self, mark: RowMark) -> float:
        """NotMine for a mark that SQL has to judge."""
        if self.by == "checked":
            (days,) = self._keys(mark, 1)
            return _days(days)
        flags = self._keys(mark, self.splits + 2 + (self.by == "middle"))
        if any(flag not in (0, 1) for flag in flags[: self.splits]):
            raise NotMine("a mark")
        before = sum(flag * 2**at for at, flag in enumerate(reversed(flags[: self.splits])))
        level, days = flags[-2:]
        away = flags[-3] if self.by == "middle" else LAST
        return before * _CLASS + (away if away < LAST else _UNPLACED + (_LEVELS + level) * _LEVEL + _days(days))

    def _keys(self, mark: RowMark, number: int) -> tuple[float, ...]:
        if len(mark.keys) != number:
            raise NotMine("a mark")
        return mark.keys


def order_of(
    index: Index, nearness: Nearness, found: Bits, splits: Sequence[Bits], middle: tuple[float, float] | None, sort: str
) -> Order:
    rows = bits.rows_of(found)
    days = index.arrays["checked"][rows].astype(np.float64)
    since = np.where(days <= LONG_AGO, _NEVER, _FROM - days)
    if sort == "checked":
        return Order(rows, since, since, 0, "checked")
    classes = np.zeros(len(rows))
    for split in splits:
        classes = 2 * classes + ~bits.has(split, rows)
    least = _UNPLACED + (_LEVELS - index.arrays["level"][rows].astype(np.float64)) * _LEVEL + since
    most = least.copy()
    if middle is not None:
        placed = rows < index.packed.placed
        away = nearness.angles(rows[placed], *middle)
        least[placed], most[placed] = away * _LEAST_KM - _METRE, away * _MOST_KM + _METRE
    start = classes * _CLASS
    return Order(rows, start + least, start + most, len(splits), "level" if middle is None else "middle")


def beside(order: Order, mark: RowMark, size: int) -> tuple[Rows, int]:
    """Rows among which the next `size` are, and one more, on that side of the mark; none is left out ahead of them."""
    place, wanted = order.place(mark), size + 1
    if mark.is_before:
        surely = np.sort(order.least[order.most < place])[-wanted:]
        edge = surely[0] if len(surely) == wanted else -np.inf
        return bounded(order.rows[(order.least <= place) & (order.most >= edge)]), 0
    surely = np.sort(order.most[order.least > place])[:wanted]
    edge = surely[-1] if len(surely) == wanted else np.inf
    return bounded(order.rows[(order.most >= place) & (order.least <= edge)]), 0


def between(order: Order, start: int, end: int) -> tuple[Rows, int]:
    """Rows among which those from `start` to before `end` are, and one more; how many are left out ahead of them."""
    first = np.partition(order.least, start)[start]
    last = np.inf if end >= len(order.rows) else np.partition(order.most, end)[end]
    ahead = order.most < first
    return bounded(order.rows[~ahead & (order.least <= last)]), int(np.count_nonzero(ahead))


def _days(key: float) -> float:
    return _NEVER if key >= LAST else key
