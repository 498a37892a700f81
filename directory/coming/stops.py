"""Where a mobile point stands, and when: its timetable, without the days that are called off.

Rule: a stay belongs to the date on which it begins, as every period of opening hours does (`directory.hours.plan`),
and is called off as a whole. What counts is the clock on the wall where the point works. The listing is open while the
point stands at one of its stops.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from core import clock
from directory.crossing.content import HoursJson, SlotJson, StopJson, StopShown
from directory.hours import holidays_of
from directory.hours.plan import DAY, minutes, plan

#: Stays further away are nobody's plan for a way.
AHEAD_DAYS = 28


class Stay(NamedTuple):
    """From when until when it stands at a stop. `is_sure` is False when it may stay away for a public holiday."""

    stop: StopShown
    date: dt.date
    starts: dt.datetime
    ends: dt.datetime
    is_off: bool
    is_sure: bool


def shown(stops: Sequence[StopJson], off: Iterable[tuple[str, str]], holidays: str) -> list[StopShown]:
    """The stops with the days on which each is called off; public holidays are those of the whole listing."""
    days: dict[str, list[str]] = {}
    for stop, day in off:
        days.setdefault(stop, []).append(day)
    return [
        cast(
            StopShown,
            {
                **stop,
                "hours": {**stop["hours"], **({"holidays": holidays} if holidays else {})},
                "off": sorted(days.get(stop["id"], [])),
            },
        )
        for stop in stops
    ]


def stays(
    stops: Sequence[StopShown], country: str, zone_name: str, at: dt.datetime, days: int = AHEAD_DAYS
) -> list[Stay]:
    """Those that are not over yet, the soonest first; with those that are called off."""
    zone = clock.zone(zone_name)
    today = at.astimezone(zone).date()
    holidays = holidays_of(country, zone_name)
    found = [
        stay
        for stop in stops
        for ahead in range(-1, days)
        for stay in _on(stop, today + dt.timedelta(days=ahead), holidays, zone)
        if stay.ends > at
    ]
    return sorted(found, key=lambda stay: (stay.starts, stay.ends, stay.stop["id"]))


def whereabouts(stops: Sequence[StopShown], country: str, zone_name: str, at: dt.datetime) -> StopShown | None:
    """Where the pin stands: at the stop of now, else at the next one; at the first where none is near in time."""
    ahead = (stay.stop for stay in stays(stops, country, zone_name, at) if not stay.is_off)
    return next(ahead, stops[0] if stops else None)


def hours_of(stops: Sequence[StopShown], own: HoursJson) -> HoursJson:
    """The hours of the listing: those of all its stops together, without what is called off. `own` without stops."""
    if not stops:
        return own
    weeks = [(stop, *_times(stop)) for stop in stops]
    dates = sorted({*(date for stop, _week, special in weeks for date in (*special, *stop["off"]))})
    exceptions = [{"from": date, "to": date, "slots": _spans_on(date, weeks), "note": ""} for date in dates]
    days: dict[tuple[str, str], set[int]] = {}
    for _stop, week, _special in weeks:
        for day, spans in week.items():
            for span in spans:
                days.setdefault(span, set()).add(day)
    slots: list[SlotJson] = [{"days": sorted(found), "opens": a, "closes": b} for (a, b), found in sorted(days.items())]
    told = {"slots": slots, "exceptions": exceptions}
    kept = {name: value for name, value in own.items() if name in ("by_appointment", "holidays", "note")}
    return cast(HoursJson, {**kept, **{name: value for name, value in told.items() if value}})


_Span = tuple[str, str]
_Times = tuple[StopShown, Mapping[int, list[_Span]], Mapping[str, list[_Span]]]


def _times(stop: StopShown) -> tuple[dict[int, list[_Span]], dict[str, list[_Span]]]:
    """Periods of each day of the week, and of each date with periods of its own."""
    week: dict[int, list[_Span]] = {}
    for slot in stop["hours"].get("slots", []):
        for day in slot["days"]:
            week.setdefault(day, []).append((slot["opens"], slot["closes"]))
    exceptions = stop["hours"].get("exceptions", [])
    return week, {item["from"]: [(a, b) for a, b in item.get("slots", [])] for item in exceptions}


def _spans_on(date: str, weeks: Iterable[_Times]) -> list[list[str]]:
    weekday = dt.date.fromisoformat(date).weekday()
    found = {
        span
        for stop, week, special in weeks
        if date not in stop["off"]
        for span in special.get(date, week.get(weekday, []))
    }
    return [list(span) for span in sorted(found, key=lambda span: (minutes(span[0]), minutes(span[1])))]


def _on(stop: StopShown, date: dt.date, country: str, zone: dt.tzinfo) -> Iterator[Stay]:
    day = plan(stop["hours"]).day(date, country)
    for start, end in day.spans or ():
        yield Stay(
            stop,
            date,
            _clock(date, start, zone),
            _clock(date, end, zone),
            date.isoformat() in stop["off"],
            day.is_sure,
        )


def _clock(date: dt.date, minute: int, zone: dt.tzinfo) -> dt.datetime:
    day = date + dt.timedelta(days=minute // DAY)
    return dt.datetime.combine(day, dt.time(minute % DAY // 60, minute % 60), tzinfo=zone)
