"""Where a mobile point stands, and when: its timetable, without the days that are called off.

A stop may have holidays of its own: it is then not stood at, and the other stops go on.

Rule: a stay belongs to the date on which it begins, as every period of opening hours does (`directory.hours.plan`),
and is called off as a whole. What counts is the clock on the wall where the point works. The listing is open while the
point stands at one of its stops.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, cast

from core import clock
from directory.crossing.content import HoursJson, SlotJson, StopJson, StopShown
from directory.hours import holidays_of
from directory.hours.plan import DAY, WeekPlan, plan

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
    return list(_coming(stops, country, zone_name, at, days))


def whereabouts(stops: Sequence[StopShown], country: str, zone_name: str, at: dt.datetime) -> StopShown | None:
    """Where the pin stands: at the stop of now, else at the next one; at the first where none is near in time."""
    ahead = (stay.stop for stay in _coming(stops, country, zone_name, at, AHEAD_DAYS) if not stay.is_off)
    return next(ahead, stops[0] if stops else None)


def _coming(stops: Sequence[StopShown], country: str, zone_name: str, at: dt.datetime, days: int) -> Iterator[Stay]:
    """As `stays`, day by day: whoever wants the next one works out no more."""
    zone = clock.zone(zone_name)
    today = at.astimezone(zone).date()
    holidays = holidays_of(country, zone_name)
    plans = [(stop, plan(stop["hours"])) for stop in stops]
    for date in (today + dt.timedelta(days=ahead) for ahead in range(-1, days)):
        found = [stay for stop, week in plans for stay in _on(stop, week, date, holidays, zone) if stay.ends > at]
        yield from sorted(found, key=lambda stay: (stay.starts, stay.ends, stay.stop["id"]))


def rests(stop: StopShown, today: dt.date) -> list[tuple[dt.date, dt.date]]:
    """First and last day of each holiday of the stop that is not over, the soonest first."""
    found = [
        (dt.date.fromisoformat(item["from"]), dt.date.fromisoformat(item.get("to") or item["from"]))
        for item in stop["hours"].get("exceptions", [])
        if not item.get("slots")
    ]
    return sorted(days for days in found if days[1] >= today)


def hours_of(stops: Sequence[StopShown], own: HoursJson, country: str = "") -> HoursJson:
    """The hours of the listing: those of all its stops together, without what is called off. `own` without stops.

    `country` is whose public holidays count on dates that one of the stops has for itself.
    """
    if not stops:
        return own
    days: dict[_Span, set[int]] = {}
    for slot in (slot for stop in stops for slot in stop["hours"].get("slots", [])):
        days.setdefault((slot["opens"], slot["closes"]), set()).update(slot["days"])
    dates = sorted({date for stop in stops for date in _own_dates(stop)})
    spans = [(date, _spans_on(date, stops, country)) for date in dates]
    exceptions = _periods(spans, {day for found in days.values() for day in found})
    slots: list[SlotJson] = [{"days": sorted(found), "opens": a, "closes": b} for (a, b), found in sorted(days.items())]
    told = {"slots": slots, "exceptions": exceptions}
    kept = {name: value for name, value in own.items() if name in ("by_appointment", "holidays", "note")}
    return cast(HoursJson, {**kept, **{name: value for name, value in told.items() if value}})


_Span = tuple[str, str]


def _own_dates(stop: StopShown) -> Iterator[dt.date]:
    """Dates on which the stop is not as in its week: with times of its own, in its holidays, and called off."""
    week = {day for slot in stop["hours"].get("slots", []) for day in slot["days"]}
    for item in stop["hours"].get("exceptions", []):
        first, last = dt.date.fromisoformat(item["from"]), dt.date.fromisoformat(item.get("to") or item["from"])
        for date in (first + dt.timedelta(days=number) for number in range((last - first).days + 1)):
            if item.get("slots") or date.weekday() in week:
                yield date
    yield from map(dt.date.fromisoformat, stop["off"])


def _spans_on(date: dt.date, stops: Iterable[StopShown], country: str) -> list[list[str]]:
    found = {
        span
        for stop in stops
        if date.isoformat() not in stop["off"]
        for span in plan(stop["hours"]).day(date, country).spans or ()
    }
    return [[_wall(start), _wall(end)] for start, end in sorted(found)]


def _periods(told: Sequence[tuple[dt.date, list[list[str]]]], stood: Collection[int]) -> list[dict[str, object]]:
    """Each date with what is open on it; closed ones between which nothing is stood at are one. `stood`: of a week."""
    found: list[tuple[dt.date, dt.date, list[list[str]]]] = []
    for date, spans in told:
        if found and not spans and not found[-1][2] and not _between(found[-1][1], date) & set(stood):
            found[-1] = (found[-1][0], date, spans)
        else:
            found.append((date, date, spans))
    return [{"from": a.isoformat(), "to": b.isoformat(), "slots": spans, "note": ""} for a, b, spans in found]


def _between(first: dt.date, last: dt.date) -> set[int]:
    """Days of the week after the one date and before the other."""
    return {(first + dt.timedelta(days=number)).weekday() for number in range(1, min((last - first).days, 8))}


def _wall(minute: int) -> str:
    """As it is written: midnight at the end of a day is 24:00, a night's end is the next morning's."""
    at = minute if minute <= DAY else minute - DAY
    return f"{at // 60:02}:{at % 60:02}"


def _on(stop: StopShown, week: WeekPlan, date: dt.date, country: str, zone: dt.tzinfo) -> Iterator[Stay]:
    day = week.day(date, country)
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
