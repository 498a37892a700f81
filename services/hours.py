"""Opening hours: one value, kept as JSON. `directory.hours` says what it means at an instant and in OSM's syntax.

JSON shape (all keys optional; `{}` means not known):
    {"always": true}                                                     round the clock
    {"by_appointment": true}                                             no fixed hours
    {"slots": [{"days": [0, 1], "opens": "09:00", "closes": "18:00"}],   0 = Monday; closes ≤ opens runs past midnight
     "exceptions": [{"from": "2026-12-31", "to": "2027-01-08", "slots": [["10:00", "14:00"]], "note": "…"}],
     "holidays": "open" | "closed" | "",                                 public holidays of the country
     "note": {"ru": "…", "en": "…"}}
The zone is that of the place and is passed in, never stored twice. Times are wall-clock times of that zone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from core.errors import HouseError
from core.types import Json

_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")
_KEYS = {"always", "by_appointment", "slots", "exceptions", "holidays", "note"}


class HoursError(HouseError):
    """Opening hours that cannot be understood; the message names the day."""

    code = "hours"


@dataclass(frozen=True, order=True)
class Slot:
    """Open on `days` (0 = Monday) from `opens` to `closes` ("HH:MM")."""

    days: tuple[int, ...]
    opens: str
    closes: str


@dataclass(frozen=True, order=True)
class ExceptionDays:
    """Dates (both included) with hours of their own; no slots means closed."""

    first: dt.date
    last: dt.date
    slots: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class OpeningHours:
    """A week, its exceptions and a note. Build it with `from_json`, which checks everything."""

    slots: tuple[Slot, ...] = ()
    exceptions: tuple[ExceptionDays, ...] = ()
    always: bool = False
    by_appointment: bool = False
    holidays: str = ""
    note: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Mapping[str, object] | None) -> OpeningHours:
        """Parse and check; raises HoursError with a message for people."""
        if not data:
            return cls()
        if not isinstance(data, Mapping) or set(data) - _KEYS:
            raise HoursError(_("The opening hours could not be read."))
        hours = cls(
            slots=_merged([_slot(item) for item in _items(data.get("slots", []))]),
            exceptions=tuple(sorted(_exception(item) for item in _items(data.get("exceptions", [])))),
            always=bool(data.get("always")),
            by_appointment=bool(data.get("by_appointment")),
            holidays=_holidays(data.get("holidays", "")),
            note=_note(data.get("note") or {}),
        )
        if hours.always and (hours.slots or hours.by_appointment):
            raise HoursError(_("Round the clock leaves no room for other hours."))
        _refuse_overlaps(hours.slots)
        _refuse_shared_dates(hours.exceptions)
        return hours

    def to_json(self) -> dict[str, Json]:
        """The stored shape; keys without content are left out, so equal hours give equal JSON."""
        data: dict[str, Json] = {
            "always": self.always,
            "by_appointment": self.by_appointment,
            "slots": [{"days": list(s.days), "opens": s.opens, "closes": s.closes} for s in sorted(self.slots)],
            "exceptions": [
                {
                    "from": e.first.isoformat(),
                    "to": e.last.isoformat(),
                    "slots": [list(pair) for pair in e.slots],
                    "note": e.note,
                }
                for e in self.exceptions
            ],
            "holidays": self.holidays,
            "note": dict(self.note),
        }
        return {key: value for key, value in data.items() if value}


def _time(value: object) -> str:
    if not isinstance(value, str) or not _TIME.match(value):
        raise HoursError(_("Write a time as 09:00; this one could not be read: %(value)s") % {"value": value})
    return value


def _span(opens: object, closes: object) -> tuple[str, str]:
    start, end = _time(opens), _time(closes)
    if start == "24:00":
        raise HoursError(_("Hours begin at 00:00, not at 24:00."))
    if start == end:
        raise HoursError(_("Opening and closing are at the same time: %(time)s") % {"time": start})
    return start, end


def _items(given: object) -> list[object]:
    if not isinstance(given, list | tuple):
        raise HoursError(_("The opening hours could not be read."))
    return list(given)


def _slot(item: object) -> Slot:
    if not isinstance(item, Mapping):
        raise HoursError(_("The opening hours could not be read."))
    try:
        days = tuple(sorted({int(day) for day in item["days"]}))
        slot = Slot(days, *_span(item["opens"], item["closes"]))
    except (KeyError, TypeError, ValueError) as error:
        raise HoursError(_("The opening hours could not be read.")) from error
    if not days or days[0] < 0 or days[-1] > 6:
        raise HoursError(_("Choose the days of these hours."))
    return slot


def _merged(slots: list[Slot]) -> tuple[Slot, ...]:
    """Equal times of several days as one slot, in order, so that equal weeks are equal values."""
    days: dict[tuple[str, str], list[int]] = {}
    for slot in slots:
        days.setdefault((slot.opens, slot.closes), []).extend(slot.days)
    return tuple(sorted(Slot(tuple(sorted(found)), *times) for times, found in days.items()))


def _exception(item: object) -> ExceptionDays:
    if not isinstance(item, Mapping):
        raise HoursError(_("A special day could not be read."))
    try:
        first = dt.date.fromisoformat(item["from"])
        last = dt.date.fromisoformat(item.get("to") or item["from"])
        slots = tuple(sorted(_span(a, b) for a, b in item.get("slots", [])))
    except (KeyError, TypeError, ValueError) as error:
        raise HoursError(_("A special day could not be read.")) from error
    if last < first:
        raise HoursError(_("A special period ends before it begins."))
    if _overlap([_minutes(a) for a, _b in slots], [_length(a, b) for a, b in slots], repeats=last > first):
        raise HoursError(_("Two periods overlap on one day (%(day)s).") % {"day": first.isoformat()})
    return ExceptionDays(first, last, slots, _line(item.get("note") or "", 200))


def _holidays(value: object) -> str:
    if value not in ("", "open", "closed"):
        raise HoursError(_("The opening hours could not be read."))
    return str(value)


def _note(given: object) -> dict[str, str]:
    if not isinstance(given, Mapping):
        raise HoursError(_("The opening hours could not be read."))
    return {str(language): line for language, text in given.items() if (line := _line(text or "", 300))}


def _line(given: object, most: int) -> str:
    """A text as the one line that a form can show."""
    if not isinstance(given, str):
        raise HoursError(_("The opening hours could not be read."))
    return " ".join(given.split())[:most].strip()


def _minutes(value: str) -> int:
    return int(value[:2]) * 60 + int(value[3:])


def _length(opens: str, closes: str) -> int:
    return (_minutes(closes) - _minutes(opens)) % 1440 or 1440


def _overlap(starts: list[int], lengths: list[int], *, repeats: bool) -> bool:
    """Whether periods of one date run into each other, or into those of the next when that has the same."""
    following = [*starts[1:], *([starts[0] + 1440] if starts and repeats else [])]
    return any(start + length > other for start, length, other in zip(starts, lengths, following, strict=False))


def _refuse_overlaps(slots: tuple[Slot, ...]) -> None:
    week = 7 * 1440
    spans = sorted((day * 1440 + _minutes(s.opens), _length(s.opens, s.closes)) for s in slots for day in s.days)
    followers = [*spans[1:], (spans[0][0] + week, 0)] if spans else []
    for (start, length), (following, _its_length) in zip(spans, followers, strict=True):
        if start + length > following:
            day = WEEKDAYS[start // 1440]
            raise HoursError(_("Two periods overlap on one day (%(day)s).") % {"day": day})


def _refuse_shared_dates(exceptions: tuple[ExceptionDays, ...]) -> None:
    for one, following in pairwise(exceptions):
        if following.first <= one.last:
            raise HoursError(_("Two special periods share the date %(date)s.") % {"date": following.first.isoformat()})
