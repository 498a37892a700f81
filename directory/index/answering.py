"""What an index answers, in the shapes that SQL's answers have (`directory.asking.quick` chooses between the two)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from django.db import connection

from core.languages import writing
from directory.asking.filters import Filters
from directory.asking.groups import Group, RawCounts, Totals
from directory.filtering.declared import FILTERS
from directory.geometry import Box, Near
from directory.index import bits
from directory.index.asking import FoundByWords, Index, NotMine
from directory.index.clusters import Grouped, grouped
from directory.index.counting import counts, extent, sums
from directory.index.packed import PackedRows
from directory.index.ranking import Nearness, beside, between, first_of_list, lately_checked, order_of

Bits = bits.Bits
#: Up to so many rows from the beginning of a list the tree names them; farther on every row is looked at.
_FIRST = 400


class Answering:
    """Every method raises `NotMine` where SQL has to answer."""

    def __init__(self, packed: PackedRows) -> None:
        self.index = Index(packed)
        self.nearness = Nearness(self.index)

    def map_groups(
        self, filters: Filters, at: dt.datetime, hits: FoundByWords | None, zoom: int, families: Sequence[str],
        language: str, alone_up_to: int,
    ) -> tuple[Totals, list[Group]]:  # fmt: skip
        """Totals of what fits anywhere, and the groups of what fits inside the box."""
        index = self.index
        found = index.matching(filters, at, hits, skip=["bbox"])
        placed, spots = found & index.placed, index.moments.spots(at)
        rows = index.inside(filters.bbox, placed, spots) if filters.bbox else bits.rows_of(placed)
        groups = grouped(index, rows, spots, zoom, families, alone_up_to)
        is_asked = bool(hits is not None or filters.active())
        told = self._groups(groups, index.moments.today(at).overdue, language, is_asked=is_asked)
        return sums(index, found), told

    def counts(self, filters: Filters, at: dt.datetime, hits: FoundByWords | None) -> RawCounts:
        return counts(self.index, filters, at, hits)

    def extent(self, filters: Filters, at: dt.datetime) -> tuple[float, float, float, float] | None:
        return extent(self.index, self.index.matching(filters, at, skip=["bbox"]))

    def nearest(self, filters: Filters, near: Near, limit: int, at: dt.datetime) -> list[str]:
        """Ids of listings among which the nearest are."""
        found = self.index.matching(filters, at, skip=["bbox"])
        return self.index.ids(self.nearness.among_the_nearest(found, near.lat, near.lon, limit))

    def page(
        self, filters: Filters, at: dt.datetime, hits: FoundByWords | None
    ) -> tuple[int, int, tuple[float, float, float, float] | None, list[str], int]:
        """Listings, places and extent of all that fits, ids among which those of the page are, and how many rows ahead
        of the page are not among them."""
        if filters.near or hits is not None:
            raise NotMine("the order of this page")
        index = self.index
        found = index.matching(filters, at, hits)
        total, box = sums(index, found), extent(index, found)
        end = filters.page * filters.page_size
        start = end - filters.page_size
        if filters.mark is None and start >= total.listings:
            return total.listings, total.places, box, [], 0
        middle = _middle(filters, box)
        skipped = 0
        if filters.mark or end > _FIRST:
            order = order_of(index, self.nearness, found, self._splits(filters, at), middle, filters.sort)
            rows, skipped = (
                beside(order, filters.mark, filters.page_size) if filters.mark else between(order, start, end)
            )
        elif filters.sort == "checked":
            rows = lately_checked(index, found, end + 1)
        else:
            rows = first_of_list(index, self.nearness, self._classes(found, filters, at), middle, end + 1)
        return total.listings, total.places, box, index.ids(rows), skipped

    def _splits(self, filters: Filters, at: dt.datetime) -> list[Bits]:
        """As `ordering.keys`: in time before overdue, then open before shut, then those that name what is chosen."""
        today = self.index.moments.today(at)
        splits = [~today.overdue, today.opens]
        for name, values in filters.active().items():
            if FILTERS[name].held.empty_fits_all:
                splits.append(self.index.holding(name, values, at) & ~self.index.arrays[f"all_{name}"])
        return splits

    def _classes(self, found: Bits, filters: Filters, at: dt.datetime) -> list[Bits]:
        classes = [found]
        for split in self._splits(filters, at):
            classes = [part for one in classes for part in (one & split, one & ~split)]
        return classes

    def _groups(self, groups: Grouped, overdue: Bits, language: str, *, is_asked: bool) -> list[Group]:
        plain = zip(groups.places, groups.listings, groups.lon, groups.lat, groups.boxes, groups.by_family, strict=True)
        found = [
            Group(places, n, lon, lat, box[0], box[1], box[2], box[3], by_family)
            for places, n, lon, lat, box, by_family in plain
        ]
        single = [number for number, places in enumerate(groups.places) if places == 1]
        starts, ends = (np.array([one[number] for number in single], np.int64) for one in (groups.first, groups.last))
        rows = _joined(groups.rows, starts, ends)
        if not single:
            return found
        begins = np.concatenate([[0], np.cumsum(ends - starts)[:-1]])
        arrays, words = self.index.arrays, self.index.packed.words
        places = arrays["place_ids"][arrays["place"][rows[begins]]].tolist()
        stale = np.logical_and.reduceat(bits.has(overdue, rows), begins).tolist()
        precision = np.minimum.reduceat(arrays["precision"][rows], begins).tolist()
        titles = self._titles(rows, begins, language)
        matched = self._matched(rows, begins) if is_asked else [None] * len(single)
        for at, number in enumerate(single):
            found[number] = found[number]._replace(
                place_id=places[at].decode(), title=titles[at], stale=stale[at],
                precision=words["precision"][precision[at]], matched=matched[at],
            )  # fmt: skip
        return found

    def _titles(self, rows: bits.Rows, begins: bits.Rows, language: str) -> list[str]:
        """Of each place the name that comes first; the database says which, where its rows have several. Texts of
        records are in languages that are on."""
        language = writing(language)
        numbers = self.index.arrays[f"title_{language}"][rows]
        least, most = np.minimum.reduceat(numbers, begins), np.maximum.reduceat(numbers, begins)
        titles = [self._title(language, number) for number in least.tolist()]
        ends = np.append(begins[1:], len(rows))
        for at in np.flatnonzero(least != most).tolist():
            several = {self._title(language, number) for number in numbers[begins[at] : ends[at]].tolist()}
            titles[at] = _first_by_letters(several) if len(several) > 1 else several.pop()
        return titles

    def _title(self, language: str, number: int) -> str:
        text, ends = self.index.arrays[f"text_{language}"], self.index.arrays[f"ends_{language}"]
        return text[ends[number] : ends[number + 1]].tobytes().decode()

    def _matched(self, rows: bits.Rows, begins: bits.Rows) -> list[str | None]:
        ids, ends = self.index.ids(rows), np.append(begins[1:], len(rows)).tolist()
        return [",".join(sorted(ids[start:end])) for start, end in zip(begins.tolist(), ends, strict=True)]


def _middle(filters: Filters, box: tuple[float, float, float, float] | None) -> tuple[float, float] | None:
    """As `queries.listings_page`."""
    if filters.mark and filters.mark.middle:
        return filters.mark.middle
    looked_at = filters.bbox or (Box(*box) if box else None)
    return (looked_at.middle.lat, looked_at.middle.lon) if looked_at else None


def _joined(rows: bits.Rows, starts: bits.Rows, ends: bits.Rows) -> bits.Rows:
    """The pieces of the rows from each start to before its end, one behind the other."""
    sizes = ends - starts
    if not sizes.sum():
        return rows[:0]
    return rows[np.arange(sizes.sum()) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)]


def _first_by_letters(texts: set[str]) -> str:
    """As the database sorts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(one) FROM unnest(%s::text[]) AS one", [sorted(texts)])
        return str(cursor.fetchone()[0])
