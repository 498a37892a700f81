"""Clusters and points of a set of rows, as `directory.asking.mapview` groups them in SQL.

Rule: rows of one place become one pin, pins of one cell become a group; the cells are tiles, so the rows of a cell lie
side by side. Only what moves, or does not stand on one spot, is put between the others by sorting.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from directory.coming.moving import Spots
from directory.index import bits, grid
from directory.index.asking import Index
from directory.index.bits import Rows

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Pins(NamedTuple):
    """Rows by pin: `starts` says where the rows of each pin begin, the others have a value for each pin."""

    rows: Rows
    starts: Ints
    lon: Floats
    lat: Floats
    key: Ints


class Grouped(NamedTuple):
    """Groups of pins, as lists of equal length. `first` and `last` are the rows of the first pin of each, in `rows`."""

    rows: Rows
    places: list[int]
    listings: list[int]
    lon: list[float]
    lat: list[float]
    boxes: list[list[float]]
    by_family: list[list[int]]
    first: list[int]
    last: list[int]


def grouped(
    index: Index, rows: Rows, spots: Spots, zoom: int, families: Sequence[str], alone_up_to: int = -1
) -> Grouped:
    """Groups by the cells of a zoom; where there are at most `alone_up_to` pins, each of them is a group of its own."""
    pins = _pins(index, rows, spots)
    if len(pins.starts) <= alone_up_to:
        return _summed(index, pins, np.arange(len(pins.starts)), families)
    cell = pins.key >> (2 * grid.cell_shift(zoom))
    if np.any(cell[1:] < cell[:-1]):
        pins, cell = _sorted(pins, cell)
    return _summed(index, pins, cell, families)


def _pins(index: Index, rows: Rows, spots: Spots) -> Pins:
    """The rows of one place stand together already, but for those apart."""
    place, lon, lat, key = (index.arrays[name][rows] for name in ("place", "lon", "lat", "key"))
    is_apart = bits.has(index.arrays["is_apart"], rows)
    if is_apart.any():
        lon, lat = _moved(index, place, lon, lat, spots)
        order = np.concatenate([np.flatnonzero(~is_apart), _by_place(place, is_apart)])
        rows, place, lon, lat, key = (one[order] for one in (rows, place, lon, lat, key))
    starts = _starts(place)
    if not is_apart.any():
        return Pins(rows, starts, lon[starts], lat[starts], key[starts])
    west, south = (np.minimum.reduceat(one, starts) for one in (lon, lat))
    return Pins(rows, starts, west, south, grid.keys(*grid.squares(west, south)))


def _moved(index: Index, place: Ints, lon: Floats, lat: Floats, spots: Spots) -> tuple[Floats, Floats]:
    for number, (east, north) in index.numbered(spots).items():
        is_there = place == number
        lon, lat = np.where(is_there, east, lon), np.where(is_there, north, lat)
    return lon, lat


def _by_place(place: Ints, is_apart: bits.Truth) -> Ints:
    apart = np.flatnonzero(is_apart)
    return apart[np.argsort(place[apart], kind="stable")]


def _starts(values: Ints) -> Ints:
    if not len(values):
        return np.zeros(0, np.int64)
    return np.concatenate([[0], np.flatnonzero(values[1:] != values[:-1]) + 1])


def _sorted(pins: Pins, cell: Ints) -> tuple[Pins, Ints]:
    """The pins in the order of their cells."""
    order = np.argsort(cell, kind="stable")
    sizes = np.diff(np.append(pins.starts, len(pins.rows)))[order]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    of_rows = np.repeat(pins.starts[order] - starts, sizes) + np.arange(len(pins.rows))
    return Pins(pins.rows[of_rows], starts, pins.lon[order], pins.lat[order], pins.key[order]), cell[order]


def _summed(index: Index, pins: Pins, cell: Ints, families: Sequence[str]) -> Grouped:
    groups = _starts(cell)
    if not len(groups):
        return Grouped(pins.rows, [], [], [], [], [], [], [], [])
    ends = np.append(pins.starts[1:], len(pins.rows))
    places = np.diff(np.append(groups, len(cell)))
    first_row = pins.starts[groups]
    listings = np.diff(np.append(first_row, len(pins.rows)))
    lon, lat = (np.add.reduceat(one, groups) / places for one in (pins.lon, pins.lat))
    edges = [np.minimum.reduceat(pins.lon, groups), np.minimum.reduceat(pins.lat, groups),
             np.maximum.reduceat(pins.lon, groups), np.maximum.reduceat(pins.lat, groups)]  # fmt: skip
    return Grouped(
        pins.rows, places.tolist(), listings.tolist(), lon.tolist(), lat.tolist(), np.stack(edges, 1).tolist(),
        _by_family(index, pins.rows, listings, families), first_row.tolist(), ends[groups].tolist(),
    )  # fmt: skip


def _by_family(index: Index, rows: Rows, listings: Ints, families: Sequence[str]) -> list[list[int]]:
    """The listings of each group by family, in the order of `families`; those of no such family in none."""
    width = len(families) + 1
    known = {family: number for number, family in enumerate(families)}
    numbers = np.array([known.get(family, width - 1) for family in index.packed.words["family"]], np.int64)
    group = np.repeat(np.arange(len(listings)) * width, listings)
    counted = np.bincount(group + numbers[index.arrays["family"][rows]], minlength=len(listings) * width)
    return counted.reshape(len(listings), width)[:, :-1].tolist()
