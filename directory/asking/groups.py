"""What the map draws before it is told in words: groups of pins, and totals. SQL and the packed index answer alike."""

from __future__ import annotations

from typing import NamedTuple


class Totals(NamedTuple):
    """Of everything that matches, wherever it is: listings, places, and listings without a point."""

    listings: int
    places: int
    unplaced: int


class Group(NamedTuple):
    """A cell of the grid, or one place; the fields after `by_family` speak of its first place.

    `by_family` are the listings of each family, in the order in which the families were asked for. `matched` are the
    ids of what was asked for, with commas; None where everything was.
    """

    places: int
    listings: int
    lon: float
    lat: float
    west: float
    south: float
    east: float
    north: float
    by_family: list[int]
    place_id: str = ""
    title: str = ""
    stale: bool = False
    precision: str = ""
    matched: str | None = None


class RawCounts(NamedTuple):
    """`by_value[filter][value]` as rows hold it, "" where one fits every value; `without` as in `facets.Counts`."""

    total: int
    by_value: dict[str, dict[str, int]]
    without: dict[str, int]
