"""Random opening hours, and instants at which they may change."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast
from zoneinfo import ZoneInfo

from directory.crossing.content import HoursJson
from directory.hours import holidays
from services.tests.random_hours import hours_of

#: Zones with and without summer time, with half hours, beyond the date line; the nights on which clocks were moved.
ZONES = (
    "UTC",
    "Europe/Berlin",
    "Europe/Chisinau",
    "Asia/Almaty",
    "Asia/Tbilisi",
    "Asia/Kolkata",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
)
COUNTRIES = ("DE", "PL", "GE", "AM", "KZ", "MD", "RU", "EE", "FR", "BY")
FIRST, LAST = dt.date(2026, 1, 10), dt.date(2028, 11, 30)
_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Case:
    """Hours of a place and an instant at it."""

    hours: HoursJson
    country: str
    zone: str
    at: dt.datetime


def cases(some: random.Random, schedules: int, instants: int) -> Iterator[Case]:
    """`instants` of each of so many random schedules."""
    for _number in range(schedules):
        hours, country, zone = cast(HoursJson, hours_of(some)), some.choice(COUNTRIES), some.choice(ZONES)
        for _instant in range(instants):
            yield Case(hours, country, zone, instant(some, hours, country, zone))


def instant(some: random.Random, hours: HoursJson, country: str, zone: str) -> dt.datetime:
    """Any time, or close to what decides: special days, holidays, the edge of a period, a night of summer time."""
    date = some.choice((_any, _near_special, _near_special, _near_holiday, _near_summer_time))(some, hours, country)
    minute = some.choice((_any_minute, _small_hours, _edge))(some, hours)
    wall = dt.datetime.combine(date, dt.time(), tzinfo=ZoneInfo(zone)) + minute * _MINUTE
    return wall.replace(fold=some.randint(0, 1)).astimezone(dt.UTC)


def _any(some: random.Random, _hours: HoursJson, _country: str) -> dt.date:
    return FIRST + dt.timedelta(days=some.randint(0, (LAST - FIRST).days))


def _near_special(some: random.Random, hours: HoursJson, _country: str) -> dt.date:
    dates = [each[end] for each in hours.get("exceptions", []) for end in ("from", "to")] or ["2026-11-27"]
    return dt.date.fromisoformat(some.choice(dates)) + dt.timedelta(days=some.randint(-2, 2))


def _near_holiday(some: random.Random, hours: HoursJson, country: str) -> dt.date:
    year = some.choice((2026, 2027, 2028))
    if not holidays.is_known(country, year):
        return _any(some, hours, country)
    off = sorted(holidays.calendars()[country, year].off)
    return dt.date.fromisoformat(f"{year}-{some.choice(off)}") + dt.timedelta(days=some.randint(-1, 1))


def _near_summer_time(some: random.Random, _hours: HoursJson, _country: str) -> dt.date:
    moved = ("2026-03-08", "2026-03-29", "2026-04-05", "2026-09-27", "2026-10-04", "2026-10-25", "2026-11-01")
    return dt.date.fromisoformat(some.choice(moved)) + dt.timedelta(days=some.randint(-1, 0))


def _any_minute(some: random.Random, _hours: HoursJson) -> int:
    return some.randrange(1440)


def _small_hours(some: random.Random, _hours: HoursJson) -> int:
    return some.randrange(6 * 60)


def _edge(some: random.Random, hours: HoursJson) -> int:
    slots = [(slot["opens"], slot["closes"]) for slot in hours.get("slots", [])]
    slots += [tuple(pair) for each in hours.get("exceptions", []) for pair in each.get("slots", [])]
    text = some.choice(some.choice(slots or [("00:00", "24:00")]))
    return (int(text[:2]) * 60 + int(text[3:]) + some.choice((-1, 0, 1))) % 1440
