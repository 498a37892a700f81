"""What stored hours say of any date: the periods that begin on it.

Rule: **a period belongs to the date on which it begins.** A Friday from 20:00 to 04:00 is Friday's, to its end on
Saturday morning; when Friday is closed, it is closed as a whole, and when Saturday is closed, Friday's night is not
cut. For each date the narrowest word counts: special days before public holidays, those before the week. A date of
which nothing is said is not known, which is neither open nor closed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from directory.crossing.content import HoursJson
from directory.hours.holidays import holiday

DAY = 1440
#: Minutes after midnight of the date on which it begins; a night ends after 1440.
Span = tuple[int, int]
_WHOLE_DAY: tuple[Span, ...] = ((0, DAY),)


class Day(NamedTuple):
    """The periods that begin on a date; None when nothing is known of it.

    `is_sure` is False when it may be closed for a public holiday: the date may be one, or is one and nobody has said
    whether the place works on it.
    """

    spans: tuple[Span, ...] | None
    is_sure: bool = True


class Special(NamedTuple):
    """Dates (both included) with periods of their own; none means closed."""

    first: dt.date
    last: dt.date
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class WeekPlan:
    """Stored hours, made ready for questions. `week` is None when no day of the week is known."""

    week: tuple[tuple[Span, ...], ...] | None
    specials: tuple[Special, ...]
    rests_on_holidays: bool
    is_silent_on_holidays: bool

    def day(self, date: dt.date, country: str) -> Day:
        """What counts on that date in that country."""
        for special in self.specials:
            if special.first <= date <= special.last:
                return Day(special.spans)
        usual = self.week[date.weekday()] if self.week else None
        if not usual or not (self.rests_on_holidays or self.is_silent_on_holidays):
            return Day(() if self.rests_on_holidays and holiday(country, date) else usual)
        is_holiday = holiday(country, date)
        if self.is_silent_on_holidays:
            return Day(usual, is_sure=not is_holiday)
        return Day(()) if is_holiday else Day(usual, is_sure=is_holiday is False)


@lru_cache(maxsize=16384)
def day_of(hours: str, date: dt.date, country: str) -> Day:
    """What counts on a date by hours that come as JSON: many rows are asked the same, again and again in a day."""
    return plan_of(hours).day(date, country)


def plan(hours: HoursJson) -> WeekPlan:
    """The plan of stored hours; equal hours share one."""
    return plan_of(json.dumps(hours, sort_keys=True))


@lru_cache(maxsize=4096)
def plan_of(text: str) -> WeekPlan:
    """The same for hours that come as JSON, as the database keeps them."""
    hours: HoursJson = json.loads(text)
    return WeekPlan(
        week=_week(hours),
        specials=tuple(sorted(_special(item) for item in hours.get("exceptions", []))),
        rests_on_holidays=hours.get("holidays") == "closed",
        is_silent_on_holidays=not hours.get("holidays") and not hours.get("always"),
    )


def _week(hours: HoursJson) -> tuple[tuple[Span, ...], ...] | None:
    if hours.get("always"):
        return (_WHOLE_DAY,) * 7
    slots = hours.get("slots")
    if not slots:
        return None
    return tuple(_spans((slot["opens"], slot["closes"]) for slot in slots if day in slot["days"]) for day in range(7))


def _special(item: Mapping[str, object]) -> Special:
    first, last, slots = item["from"], item.get("to") or item["from"], item.get("slots")
    pairs = slots if isinstance(slots, list) else []
    return Special(
        dt.date.fromisoformat(str(first)), dt.date.fromisoformat(str(last)), _spans((str(a), str(b)) for a, b in pairs)
    )


def _spans(times: Iterable[tuple[str, str]]) -> tuple[Span, ...]:
    return tuple(sorted(_span(opens, closes) for opens, closes in times))


def _span(opens: str, closes: str) -> Span:
    start, end = minutes(opens), minutes(closes)
    return start, end if end > start else end + DAY


def minutes(text: str) -> int:
    """“09:30” as minutes after midnight."""
    return int(text[:2]) * 60 + int(text[3:5])
