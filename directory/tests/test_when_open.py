"""Doors that are open tonight, or on the day that somebody names."""

import datetime as dt

import pytest

from core import clock
from directory.asking import queries
from directory.asking.facets import facet_counts
from directory.asking.filters import Filters
from directory.hours import SATURDAY, SUNDAY, is_open_at_night, is_open_on
from directory.tests.factories import publish
from directory.tests.test_queries import week
from directory.vocabulary import vocabulary

MONDAY = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
ALWAYS = '{"always": true}'


def slots(days, opens, closes):
    return f'{{"slots": [{{"days": {days}, "opens": "{opens}", "closes": "{closes}"}}], "holidays": "open"}}'


@pytest.mark.parametrize(
    ("hours", "at", "is_open"),
    [
        (ALWAYS, MONDAY, True),
        ("{}", MONDAY, False),
        (slots([0], "09:00", "18:00"), MONDAY, False),
        (slots([0], "20:00", "23:00"), MONDAY, False),
        (slots([0], "20:00", "23:01"), MONDAY, True),
        (slots([0], "20:00", "02:00"), MONDAY, True),
        (slots([1], "04:59", "08:00"), MONDAY, True),
        (slots([1], "05:00", "08:00"), MONDAY, False),
        (slots([1], "20:00", "02:00"), MONDAY, False),
        # At three in the night of Tuesday it is still Monday's night; at five the next one is meant.
        (slots([0], "20:00", "02:00"), MONDAY + dt.timedelta(hours=15), True),
        (slots([0], "20:00", "02:00"), MONDAY + dt.timedelta(hours=17), False),
        (slots([1], "20:00", "02:00"), MONDAY + dt.timedelta(hours=17), True),
    ],
)
def test_a_night_is_the_one_that_is_now_or_comes_next(hours, at, is_open):
    assert is_open_at_night(hours, "GE", "UTC", at) is is_open


def test_a_night_is_that_of_the_place():
    hours = slots([0], "20:00", "02:00")
    late = dt.datetime(2026, 11, 24, 1, 30, tzinfo=dt.UTC)
    assert is_open_at_night(hours, "KZ", "UTC", late)
    assert not is_open_at_night(hours, "KZ", "Asia/Almaty", late)


@pytest.mark.parametrize(("days", "weekday"), [([5], SATURDAY), ([6], SUNDAY)])
def test_a_day_of_the_week_is_today_or_comes_next(days, weekday):
    hours = slots(days, "10:00", "14:00")
    for ahead in range(7):
        assert is_open_on(weekday, hours, "GE", "UTC", MONDAY + dt.timedelta(days=ahead))
    assert not is_open_on(weekday, slots([0, 1, 2, 3, 4], "10:00", "14:00"), "GE", "UTC", MONDAY)
    assert not is_open_on(weekday, "{}", "GE", "UTC", MONDAY)


@pytest.mark.django_db
def test_lists_and_counts_know_the_night_and_the_sunday_and_what_notices_close():
    def ids(value):
        rows = queries.listings_page("public", Filters(open=(value,)), MONDAY).rows
        assert facet_counts("public", Filters(), vocabulary(), MONDAY).by_value["open"].get(value, 0) == len(rows)
        return {row.id for row in rows}

    def closed(first, last):
        return [{"kind": "closure", "text": {}, "starts_on": first, "ends_on": last}]

    with clock.travel(MONDAY):
        night = publish(hours=week("Mo 20:00-02:00"), timezone="UTC").id
        sunday = publish(hours=week("Su 10:00-14:00"), timezone="UTC")
        publish(hours=week("Su 10:00-14:00"), timezone="UTC", operation="paused")
        publish(hours=week("Su 10:00-14:00"), timezone="UTC", notices=closed("2026-11-28", "2026-11-30"))
        until = publish(hours=week("Su 10:00-14:00"), timezone="UTC", notices=closed("2026-11-20", "2026-11-28")).id
        assert (ids("night"), ids("sunday"), ids("saturday")) == ({night}, {sunday.id, until}, set())
        both = queries.listings_page("public", Filters(open=("night", "sunday")), MONDAY)
        assert both.count == 3
