"""What of an index is true on a day, and at a minute, with nobody refreshing it.

Rule: the days are columns, and what "today" is, is asked for each time zone anew. The same functions decide as
elsewhere: `freshness` compares these columns, `hours` says whether doors are open (once a minute for each distinct
timetable, not for each row), `coming.stops` where a mobile point stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TypeVar

import numpy as np

from directory.coming.moving import Spots
from directory.coming.stops import whereabouts
from directory.filtering.conditions import CHECKED_BY_OTHERS
from directory.freshness import local_date
from directory.hours import SATURDAY, SUNDAY, is_open, is_open_at_night, is_open_on, whole_minute
from directory.index import bits
from directory.index.bits import Bits
from directory.index.packed import Array, PackedRows

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")
_EPOCH = dt.date(1970, 1, 1)
#: Hours as JSON, country, zone → whether its doors are open then.
_Doors = Callable[[str, str, str], bool]
_DAYS = {"saturday": SATURDAY, "sunday": SUNDAY}


def _kept(kept: dict[KeyT, ValueT], key: KeyT, make: Callable[[], ValueT], most: int) -> ValueT:
    found = kept.get(key)
    if found is None:
        found = make()
        while len(kept) >= most:
            kept.pop(next(iter(kept)), None)
        kept[key] = found
    return found


class Today:
    """What holds while the calendar shows the same day in each of the zones."""

    def __init__(self, packed: PackedRows, days: tuple[int, ...]) -> None:
        self._packed = packed
        self._arrays = packed.arrays
        self.days = days
        self.row_days: Array = np.array(days, np.int32)[self._arrays["timezone"]]

    @cached_property
    def current(self) -> Bits:
        """What the audience may see, and is offered still."""
        return bits.pack(self._arrays["until"] > self.row_days) & self._arrays["is_offered"]

    @cached_property
    def shown(self) -> Bits:
        """The same with what is closed for good."""
        return bits.pack(self._arrays["until"] > self.row_days)

    @cached_property
    def overdue(self) -> Bits:
        return bits.pack(self._arrays["due"] <= self.row_days)

    @cached_property
    def room(self) -> Bits:
        valid = bits.pack(self._arrays["room_until"] > self.row_days)
        return valid & self._arrays["has_room"] & self._arrays["is_working"]

    @cached_property
    def checked(self) -> Bits:
        return bits.pack(self._arrays["level"] >= CHECKED_BY_OTHERS)

    def not_closed(self, weekday: int | None = None) -> Bits:
        """Rows that no notice closes today, or on that day of the week when it comes next (0 is Monday)."""
        row, starts, ends = self._arrays["closures"].T
        day = self.row_days[row]
        if weekday is not None:
            day = day + (weekday - (day + 3)) % 7  # the first day of 1970 was a Thursday
        return ~bits.of_rows(row[(starts <= day) & (ends >= day)], self._packed.rows)

    @cached_property
    def opens(self) -> Bits:
        """What is not shut for days."""
        return self.not_closed() & self._arrays["is_working"]


class Moments:
    """The last few days and minutes that somebody asked for."""

    _MOST = 8

    def __init__(self, packed: PackedRows) -> None:
        self._packed = packed
        self._days: dict[tuple[int, ...], Today] = {}
        self._open: dict[tuple[str, dt.datetime], Bits] = {}
        self._zones: dict[dt.datetime, tuple[int, ...]] = {}
        self._spots: dict[dt.datetime, Spots] = {}

    def today(self, at: dt.datetime) -> Today:
        minute = whole_minute(at)
        days = _kept(self._zones, minute, lambda: self._days_of(minute), self._MOST)
        return _kept(self._days, days, lambda: Today(self._packed, days), self._MOST // 2)

    def _days_of(self, at: dt.datetime) -> tuple[int, ...]:
        return tuple((local_date(zone, at) - _EPOCH).days for zone in self._packed.words["timezone"])

    def open(self, value: str, at: dt.datetime) -> Bits:
        minute = whole_minute(at)
        return _kept(self._open, (value, minute), lambda: self._opened(value, minute), self._MOST * 4)

    def _opened(self, value: str, at: dt.datetime) -> Bits:
        """Of the distinct timetables, those whose doors are open; of their rows, those that no notice closes."""
        schedules = self._packed.words["schedules"]
        doors = _doors(value, at)
        of_schedule = np.array([*(doors(*one) for one in schedules), False], np.bool_)
        not_closed = self.today(at).not_closed(_DAYS.get(value))
        return bits.pack(of_schedule[self._packed.arrays["schedule"]]) & not_closed & self._packed.arrays["is_working"]

    def spots(self, at: dt.datetime) -> Spots:
        """As `moving.spots_of`: where the pins of mobile points stand."""
        if not self._packed.words["moving"]:
            return {}
        minute = whole_minute(at)
        return _kept(self._spots, minute, lambda: self._stood_at(minute), self._MOST)

    def _stood_at(self, at: dt.datetime) -> Spots:
        shown, zones = self.today(at).shown, self._packed.words["timezone"]
        arrays = self._packed.arrays
        found = {}
        for row, stops, country in self._packed.words["moving"]:
            if bits.has(shown, np.array([row]))[0]:
                place = int(arrays["place"][row])
                found[place] = whereabouts(stops, country, zones[arrays["timezone"][row]], at)
        return {
            arrays["place_ids"][place].decode(): [stop["lon"], stop["lat"]] for place, stop in found.items() if stop
        }


def _doors(value: str, at: dt.datetime) -> _Doors:
    if value == "now":
        return lambda hours, country, zone: is_open(hours, country, zone, at)
    if value == "night":
        return lambda hours, country, zone: is_open_at_night(hours, country, zone, at)
    return lambda hours, country, zone: is_open_on(_DAYS[value], hours, country, zone, at)


Holds = Callable[[Moments, dt.datetime], Bits]


def _open(value: str) -> Holds:
    return lambda moments, at: moments.open(value, at)


#: Every value that is held for a while, by its filter: what an index says of it. What is missing here SQL answers.
HOLDS: Mapping[str, Mapping[str, Holds]] = {
    "open": {value: _open(value) for value in ("now", "night", "saturday", "sunday")},
    "checked": {"other": lambda moments, at: moments.today(at).checked},
    "capacity": {"available": lambda moments, at: moments.today(at).room},
}
