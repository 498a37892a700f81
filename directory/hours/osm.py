"""Stored hours in the `opening_hours` syntax of OpenStreetMap, for everybody who reads that.

Source: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification

Rule: the string says what `directory.hours.rule` says. In that syntax a rule for a date speaks of it from midnight to
midnight, here a period belongs to the date on which it begins. So where there are nights, a closed date is closed from
the end of the night before it to the end of its own ("PH 04:00-28:00 off").
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from directory.crossing.content import HoursJson, SlotJson
from directory.hours.plan import DAY, Span, Special, WeekPlan, plan

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ONE = dt.timedelta(days=1)


def osm(hours: HoursJson) -> str:
    """The value of `opening_hours`; "" where no time and no date is known."""
    found = plan(hours)
    base = _base(hours, found)
    if not base:
        return ""
    rules = [base]
    if found.rests_on_holidays:
        rules += _holidays(found)
    if not _has_nights(found):
        return "; ".join(rules + [f"{_dates(each.first, each.last)} {_times(each.spans)}" for each in found.specials])
    for special in found.specials:
        rules += _closing(found, special)
    opening = [f"{_dates(each.first, each.last)} {_times(each.spans)}" for each in found.specials if each.spans]
    return ", ".join(["; ".join(rules), *opening])


def _base(hours: HoursJson, found: WeekPlan) -> str:
    if hours.get("always"):
        return "24/7"
    if found.week:
        slots = hours["slots"]
        days = [day for slot in slots for day in slot["days"]]
        is_added = len(days) != len(set(days)) or _nights(found)
        return (", " if is_added else "; ").join(_slot(slot) for slot in slots)
    if found.specials or found.rests_on_holidays:
        return '24/7 unknown "by appointment"' if hours.get("by_appointment") else "24/7 unknown"
    return ""


def _slot(slot: SlotJson) -> str:
    return f"{_day_ranges(slot['days'])} {slot['opens']}-{slot['closes']}"


def _holidays(found: WeekPlan) -> list[str]:
    """Public holidays are closed; a night before them goes on, their own night does not begin."""
    ends = _night_ends(found)
    if not any(ends):
        return ["PH off"]
    opens = [min((start for start, _end in spans), default=DAY) for spans in found.week or ()]
    if max(ends) <= min(opens):
        return [f"PH {_clock(max(ends))}-{_clock(DAY + max(ends))} off"]
    together: dict[Span, list[int]] = {}
    for day in range(7):
        together.setdefault((ends[day], DAY + ends[(day + 1) % 7]), []).append(day)
    return [f"{_every(days)} PH {_clock(start)}-{_clock(end)} off" for (start, end), days in together.items()]


def _every(days: list[int]) -> str:
    """These days of the week, as dates of every month: the one way to say “a holiday that is a Monday”."""
    return ",".join(f"{month} {DAYS[day]}[{nth}]" for month in _MONTHS for day in days for nth in range(1, 6))


def _closing(found: WeekPlan, special: Special) -> list[str]:
    """Nothing of the week begins on these dates; the night before them goes on."""
    ends = _night_ends(found)
    first, last = special.first, special.last
    rules = []
    if end := ends[first.weekday()]:
        rules.append(f"{_dates(first, first)} {_clock(end)}-24:00 off")
        first += _ONE
    if first <= last:
        rules.append(f"{_dates(first, last)} off")
    if end := ends[(last.weekday() + 1) % 7]:
        rules.append(f"{_dates(last + _ONE, last + _ONE)} 00:00-{_clock(end)} off")
    return rules


def _night_ends(found: WeekPlan) -> list[int]:
    """For each day of the week the minute at which the night of the day before it ends; 0 where there is none."""
    week = found.week or ((),) * 7
    return [max((end - DAY for _start, end in week[day - 1] if end > DAY), default=0) for day in range(7)]


def _nights(found: WeekPlan) -> bool:
    return any(_night_ends(found))


def _has_nights(found: WeekPlan) -> bool:
    return _nights(found) or any(end > DAY for special in found.specials for _start, end in special.spans)


def _times(spans: Iterable[Span]) -> str:
    return ",".join(f"{_clock(start)}-{_clock(end if end <= DAY else end - DAY)}" for start, end in spans) or "off"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _dates(first: dt.date, last: dt.date) -> str:
    return _date(first) if first == last else f"{_date(first)}-{_date(last)}"


def _date(date: dt.date) -> str:
    return f"{date.year} {_MONTHS[date.month - 1]} {date.day:02}"


def _day_ranges(days: Iterable[int]) -> str:
    ranges: list[list[int]] = []
    for day in days:
        if ranges and day == ranges[-1][1] + 1:
            ranges[-1][1] = day
        else:
            ranges.append([day, day])
    return ",".join(DAYS[a] if a == b else f"{DAYS[a]}-{DAYS[b]}" for a, b in ranges)
