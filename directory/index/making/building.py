"""Packing what one audience may see: the rows in the order of the grid, those of one place side by side.

Rule: what a row holds of a filter is said by its one declaration (`held.sql`), which SQL counts with too. Rows without
a point come last.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.languages import codes
from directory.filtering.conditions import OPEN_OPERATIONS
from directory.filtering.held import Code
from directory.freshness import ROOM
from directory.index import bits, grid
from directory.index.making.copying import HELD
from directory.index.making.rows import ReadRows
from directory.index.packed import NEVER, Array, PackedRows

#: A filter with one value a row and more values than this keeps a column of numbers instead of a set for each value.
MANY = 256
_NOTHING = ("{}", "[]")


def pack(read: ReadRows) -> PackedRows:
    """The index of these rows."""
    packing = _Packing(read)
    for some in (_dates, _states, _schedules, _closures, _filters, _titles, _apart):
        some(packing)
    return PackedRows(len(packing.order), packing.placed, packing.arrays, packing.words)


@dataclass
class _Packing:
    """What was read, the order of the rows, and what is packed of it."""

    read: ReadRows
    arrays: dict[str, Array] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lon, lat = self.read.columns["lon"], self.read.columns["lat"]
        is_placed = ~np.isnan(lon)
        self.placed = int(is_placed.sum())
        key = grid.keys(*grid.squares(np.where(is_placed, lon, 0), np.where(is_placed, lat, 0)))
        key = np.where(is_placed, key, np.iinfo(np.int64).max)
        place_ids, place = _numbered(self.read.columns["place_id"])
        self.order = _in_order(key, lon, lat, place)
        ids = self.read.columns["id"][self.order]
        self.arrays |= {
            "lon": lon[self.order],
            "lat": lat[self.order],
            "key": key[self.order],
            "place": place[self.order],
            "place_ids": place_ids,
            "ids": ids,
            "by_id": _by_letters(ids).astype(np.int32),
        }

    def numbered(self, name: str) -> tuple[Array, list[str]]:
        """A number for each row, in order, and the texts of the numbers."""
        return self.read.columns[name][self.order], self.read.texts[name].told

    def where(self, name: str, holds: Callable[[str], bool]) -> bits.Bits:
        """The rows whose text is such."""
        numbers, texts = self.numbered(name)
        return bits.pack(np.array([holds(text) for text in texts], np.bool_)[numbers])


def _by_letters(ids: Array) -> Array:
    """The order of short texts. As numbers of eight bytes they are sorted sooner than as texts."""
    size = ids.dtype.itemsize
    letters = np.zeros((len(ids), -(-size // 8) * 8), np.uint8)
    letters[:, :size] = ids.view(np.uint8).reshape(len(ids), size)
    numbers = letters.view(">u8").astype(np.uint64)
    return np.lexsort(numbers.T[::-1])


def _numbered(ids: Array) -> tuple[Array, Array]:
    """Each text once, in order, and the number of each row's among them."""
    order = _by_letters(ids)
    is_new = np.ones(len(ids), np.bool_)
    is_new[1:] = ids[order][1:] != ids[order][:-1]
    numbers = np.empty(len(ids), np.int32)
    numbers[order] = np.cumsum(is_new) - 1
    return ids[order][is_new], numbers


def _in_order(key: Array, *others: Array) -> Array:
    """Rows by their key, those of one key by the others in turn; most have a key of their own."""
    order = np.argsort(key, kind="stable")
    is_same = key[order][1:] == key[order][:-1]
    shared = np.zeros(len(order), np.bool_)
    shared[1:] = is_same
    shared[:-1] |= is_same
    some = order[shared]
    order[shared] = some[np.lexsort((*(other[some] for other in reversed(others)), key[some]))]
    return order


def _dates(packing: _Packing) -> None:
    for name in ("until", "due", "room_until", "checked", "level"):
        packing.arrays[name] = packing.read.columns[name][packing.order]


def _states(packing: _Packing) -> None:
    for name in ("family", "timezone", "precision"):
        numbers, texts = packing.numbered(name)
        packing.words[name] = ranked = sorted(set(texts))
        packing.arrays[name] = np.array([ranked.index(text) for text in texts], np.int16)[numbers]
    packing.arrays["is_offered"] = packing.where("operation", lambda text: text != "closed")
    packing.arrays["is_working"] = packing.where("operation", OPEN_OPERATIONS.__contains__)
    packing.arrays["has_room"] = packing.where("capacity_level", ROOM.__contains__)


def _schedules(packing: _Packing) -> None:
    """Distinct opening hours with the country and the zone by which they are read; -1 where there are none."""
    (hours, texts), (country, countries), (zone, zones) = map(packing.numbered, ("hours", "country", "timezone"))
    as_one = (hours.astype(np.int64) * len(countries) + country) * len(zones) + zone
    distinct, numbers = np.unique(as_one, return_inverse=True)
    rest, zone_of = np.divmod(distinct, len(zones) or 1)
    hours_of, country_of = np.divmod(rest, len(countries) or 1)
    triples = zip(hours_of.tolist(), country_of.tolist(), zone_of.tolist(), strict=True)
    told = [(texts[a], countries[b], zones[c]) for a, b, c in triples]
    packing.words["schedules"] = told
    has_hours = np.array([triple[0] not in _NOTHING for triple in told], np.bool_)
    packing.arrays["schedule"] = np.where(has_hours[numbers], numbers, -1).astype(np.int32)


def _closures(packing: _Packing) -> None:
    """Row, first and last day of every notice that says that a place is closed."""
    numbers, texts = packing.numbered("notices")
    spans = [
        [_span(one) for one in json.loads(text) if one["kind"] == "closure" and one["starts_on"]] for text in texts
    ]
    rows = np.flatnonzero(np.array([bool(one) for one in spans], np.bool_)[numbers])
    found = [(row, *span) for row in rows.tolist() for span in spans[numbers[row]]]
    packing.arrays["closures"] = np.array(found, np.int32).reshape(len(found), 3)


def _span(notice: dict[str, str]) -> tuple[int, int]:
    ends_on = notice.get("ends_on")
    return _day(notice["starts_on"]), _day(ends_on) if ends_on else NEVER


def _day(text: str) -> int:
    return int(np.datetime64(text[:10], "D").astype(np.int64))


def _filters(packing: _Packing) -> None:
    packing.words["values"] = {}
    for name, held in HELD.items():
        numbers, texts = packing.numbered(f"held_{name}")
        lists = [text.split(",") if text else [] for text in texts]
        values = sorted({value for one in lists for value in one})
        packing.words["values"][name] = values
        if isinstance(held, Code) and len(values) > MANY:
            rank = {value: number for number, value in enumerate(values)}
            packing.arrays[f"of_{name}"] = np.array([rank[one[0]] if one else -1 for one in lists], np.int32)[numbers]
            continue
        sets = [bits.pack(np.array([value in one for one in lists], np.bool_)[numbers]) for value in values]
        packing.arrays[f"sets_{name}"] = np.array(sets, np.uint64).reshape(len(values), bits.words(len(numbers)))
        if held.empty_fits_all:
            packing.arrays[f"all_{name}"] = packing.where(f"held_{name}", lambda text: not text)


def _titles(packing: _Packing) -> None:
    for code in codes():
        texts = packing.read.texts[f"title_{code}"]
        packing.arrays[f"title_{code}"] = packing.read.columns[f"title_{code}"][packing.order]
        packing.arrays[f"text_{code}"] = texts.letters
        packing.arrays[f"ends_{code}"] = texts.ends


def _apart(packing: _Packing) -> None:
    """Places that move, or whose rows do not stand on one spot, are looked at one by one."""
    numbers, texts = packing.numbered("stops")
    country, countries = packing.numbered("country")
    rows = np.flatnonzero(np.array([text not in _NOTHING for text in texts], np.bool_)[numbers])
    ids, place = packing.arrays["ids"], packing.arrays["place"]
    moving = sorted(rows.tolist(), key=lambda row: bytes(ids[row]))
    packing.words["moving"] = [[row, json.loads(texts[numbers[row]]), countries[country[row]]] for row in moving]
    is_apart = np.zeros(len(packing.arrays["place_ids"]), np.bool_)
    is_apart[place[rows]] = True
    first = np.zeros(len(is_apart), np.int64)
    first[place[::-1]] = np.arange(len(place))[::-1]
    for name in ("lon", "lat"):
        here = np.nan_to_num(packing.arrays[name], nan=1e9)
        is_apart[place[here != here[first[place]]]] = True
    packing.arrays["is_apart"] = bits.pack(is_apart[place])
    packing.arrays["is_alone"] = bits.pack(np.bincount(place, minlength=len(is_apart))[place] == 1)
