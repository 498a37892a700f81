"""The one clock: instants in UTC, days in the zone of the place, journeys that end."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from core import clock

#: Nine in the evening in London, one in the morning of the next day in Almaty.
LATE = dt.datetime(2026, 1, 10, 20, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", dt.date(2026, 1, 10)),
        ("Asia/Almaty", dt.date(2026, 1, 11)),
        ("Asia/Tbilisi", dt.date(2026, 1, 11)),
        ("Europe/Warsaw", dt.date(2026, 1, 10)),
        ("Pacific/Honolulu", dt.date(2026, 1, 10)),
        ("no such zone", dt.date(2026, 1, 10)),
    ],
)
def test_a_day_begins_at_midnight_of_the_place(zone, day):
    with clock.travel(LATE):
        assert clock.today(zone) == day


def test_days_follow_summer_time():
    with clock.travel(dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)):
        assert clock.today("Europe/Warsaw") == dt.date(2026, 7, 2)
    with clock.travel(dt.datetime(2026, 12, 1, 22, 30, tzinfo=dt.UTC)):
        assert clock.today("Europe/Warsaw") == dt.date(2026, 12, 1)


def test_a_journey_to_a_date_arrives_at_its_noon():
    with clock.travel(dt.date(2026, 5, 1)):
        assert clock.now() == dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)


def test_a_journey_from_another_zone_arrives_at_the_same_instant():
    noon_in_tbilisi = dt.datetime(2026, 5, 1, 12, tzinfo=ZoneInfo("Asia/Tbilisi"))
    with clock.travel(noon_in_tbilisi):
        assert clock.now() == noon_in_tbilisi
        assert clock.now().tzinfo is dt.UTC


def test_a_journey_within_a_journey_comes_back_to_the_outer_one():
    with clock.travel(dt.date(2026, 5, 1)):
        with clock.travel(dt.date(2027, 5, 1)):
            assert clock.today() == dt.date(2027, 5, 1)
        assert clock.today() == dt.date(2026, 5, 1)
    assert abs(clock.now() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_a_journey_ends_when_something_breaks():
    with pytest.raises(ZeroDivisionError), clock.travel(dt.date(2001, 1, 1)):
        raise ZeroDivisionError
    assert clock.now().year > 2001


def test_nobody_travels_to_an_instant_without_a_zone():
    with pytest.raises(ValueError, match="aware"), clock.travel(dt.datetime(2026, 5, 1, 12)):  # noqa: DTZ001
        pass


@pytest.mark.parametrize("name", ["Asia/Almaty", "Europe/Kyiv", "UTC"])
def test_zones_have_names(name):
    assert clock.is_zone(name)
    assert clock.zone(name).key == name


@pytest.mark.parametrize("name", ["", "Asia", "Asia/Nowhere", "../../etc/passwd", "/etc/localtime", "Москва", "\x00"])
def test_what_is_no_zone_is_not_taken_for_one(name):
    assert not clock.is_zone(name)


@pytest.mark.parametrize("name", ["", "Asia/Nowhere", "../../etc/passwd", "\x00"])
def test_an_unknown_zone_counts_in_utc(name):
    assert clock.zone(name).key == "UTC"
