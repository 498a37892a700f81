"""The one rule of opening hours against an implementation that shares no line with it: opening-hours-py, which reads
nothing but the string that is exported.

Rule: on every instant the product says of its stored hours what opening-hours-py says of the string, and both name the
same next change; and what opening-hours-py tells of whole weeks is what the product tells of them.
"""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import lru_cache

import pytest
from opening_hours import OpeningHours

from core import clock
from directory.hours import holidays, moment
from directory.hours.osm import osm
from servicemap.tests.random_hours import Case, cases

_DAY = dt.timedelta(days=1)
_FAR = dt.timedelta(days=366)


@lru_cache(maxsize=4096)
def theirs(value: str, country: str, zone: str) -> OpeningHours:
    return OpeningHours(value or "24/7 unknown", country=country or None, timezone=clock.zone(zone))


@lru_cache
def told_apart(country: str) -> list[dt.date]:
    """Dates of which the two calendars of holidays do not say the same."""
    calendar = OpeningHours("PH", country=country or None)
    dates = (dt.date(2025, 12, 1) + number * _DAY for number in range(1500))
    return [date for date in dates if holidays.holiday(country, date) is not calendar.is_open(noon(date))]


def noon(date: dt.date) -> dt.datetime:
    return dt.datetime.combine(date, dt.time(12))


def is_comparable(case: Case, first: dt.date, last: dt.date) -> bool:
    """Where hours go by public holidays, both calendars have to agree on the dates."""
    if case.hours.get("holidays") != "closed":
        return True
    apart = told_apart(case.country)
    return bisect_left(apart, first - _DAY) == bisect_right(apart, last)


def state_of(evaluator: OpeningHours, local: dt.datetime) -> str:
    if evaluator.is_open(local):
        return "open"
    return "unknown" if evaluator.is_unknown(local) else "closed"


def next_wall(evaluator: OpeningHours, local: dt.datetime) -> dt.datetime | None:
    """The next change as the clock of the place shows it, within a year."""
    change = evaluator.next_change(local)
    if change is None:
        return None
    wall = change.astimezone(local.tzinfo).replace(tzinfo=None)
    return wall if wall.date() <= local.date() + _FAR else None


def test_every_instant_is_told_as_opening_hours_py_tells_it(capsys):
    compared, changes = 0, 0
    for case in cases(random.Random(10), schedules=1050, instants=6):
        local = case.at.astimezone(clock.zone(case.zone))
        if not is_comparable(case, local.date(), local.date()):
            continue
        value = osm(case.hours)
        evaluator, ours = theirs(value, case.country, case.zone), moment(case.hours, case.country, case.zone, case.at)
        assert ours.state.replace("always", "open") == state_of(evaluator, local), (case, value)
        compared += 1
        their_change, our_change = next_wall(evaluator, local), ours.change and ours.change.replace(tzinfo=None)
        until = max((each.date() for each in (their_change, our_change) if each), default=local.date() + _FAR)
        if is_comparable(case, local.date(), until):
            assert our_change == their_change, (case, value)
            changes += 1
    with capsys.disabled():
        print(f"\nopening hours: {compared} instants and {changes} next changes, as opening-hours-py tells them")  # noqa: T201  (the count)
    assert compared >= 5000


def test_whole_weeks_of_opening_hours_py_are_the_weeks_of_the_product(capsys):
    some, compared, weeks = random.Random(11), 0, 40
    start = dt.datetime.combine(dt.date(2026, 11, 16), dt.time())
    while compared < weeks * 6:
        case = replace(next(cases(some, 1, 1)), at=start)
        end = start + 6 * 7 * _DAY
        if not is_comparable(case, start.date(), end.date()):
            continue
        zone = clock.zone(case.zone)
        evaluator = theirs(osm(case.hours), case.country, case.zone)
        told = evaluator.intervals(start.replace(tzinfo=zone), end.replace(tzinfo=zone))
        edges = [(begins.replace(tzinfo=None), str(state).lower()) for begins, _ends, state, _comment in told]
        assert edges == our_edges(case, start, end), (case, osm(case.hours))
        compared += 6
    with capsys.disabled():
        print(f"\nopening hours: {compared} weeks, edge for edge")  # noqa: T201  (the count)


def our_edges(case: Case, start: dt.datetime, end: dt.datetime) -> list[tuple[dt.datetime, str]]:
    zone, wall = clock.zone(case.zone), start
    found = []
    while wall < end:
        now = moment(case.hours, case.country, case.zone, wall.replace(tzinfo=zone))
        found.append((wall, now.state.replace("always", "open")))
        wall = now.change.replace(tzinfo=None) if now.change else end
    return found


@pytest.mark.parametrize("seed", range(3))
def test_every_string_is_accepted_and_means_the_same_when_it_is_tidied(seed):
    some = random.Random(seed)
    for _number in range(60):
        case = next(cases(some, 1, 1))
        if value := osm(case.hours):
            tidied = str(OpeningHours(value).normalize())
            local = case.at.astimezone(clock.zone(case.zone))
            of_both = [state_of(theirs(each, case.country, case.zone), local) for each in (value, tidied)]
            assert of_both[0] == of_both[1], (value, tidied)
