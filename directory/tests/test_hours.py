"""Open or not at an instant, and until when: by the clock and the holidays of the place."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from directory.hours import is_open, moment, whole_minute

#: Sunday, noon in UTC.
SUNDAY = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def at(hour: int, minute: int = 0, day: int = 22) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.UTC)


def say(osm: str, when: dt.datetime = SUNDAY, *, country: str = "", zone: str = "UTC"):
    return moment(osm, country, zone, when)


@pytest.mark.parametrize(
    ("osm", "state", "change"),
    [
        ("Su 09:00-19:00", "open", at(19)),
        ("Su 14:00-18:00", "closed", at(14)),
        ("Mo 10:00-18:00", "closed", at(10, day=23)),
        ("24/7", "always", None),
        ("off", "closed", None),
        ('Mo-Su 09:00-19:00 unknown "nach Absprache"', "unknown", None),
        ("", "unknown", None),
        ("   ", "unknown", None),
        ("whenever we like", "unknown", None),
    ],
)
def test_a_state_and_the_next_change(osm, state, change):
    assert say(osm) == (state, change)
    assert is_open(osm, "", "UTC", SUNDAY) is (state in ("open", "always"))


def test_the_hours_are_those_of_the_zone():
    tbilisi = ZoneInfo("Asia/Tbilisi")
    assert say("Su 16:00-17:00", zone="Asia/Tbilisi") == ("open", dt.datetime(2026, 11, 22, 17, tzinfo=tbilisi))
    assert say("Su 16:00-17:00")[0] == "closed"
    assert say("Su 16:00-17:00", zone="Asia/Almaty") == ("closed", say("Su 16:00-17:00", zone="Asia/Almaty")[1])


def test_holidays_are_those_of_the_country():
    independence = dt.datetime(2026, 11, 11, 12, tzinfo=dt.UTC)  # a Wednesday, free in Poland
    assert say("Mo-Su 10:00-18:00; PH off", independence, country="PL")[0] == "closed"
    assert say("Mo-Su 10:00-18:00; PH off", independence, country="GE")[0] == "open"
    assert say("Mo-Su 10:00-18:00; PH off", independence)[0] == "open"


def test_a_country_that_the_calendar_does_not_know_has_its_weekly_hours_in_its_zone():
    assert say("Su 16:00-17:00; PH off", country="XX", zone="Asia/Tbilisi")[0] == "open"
    assert say("Su 12:00-13:00; PH off", country="XX", zone="Asia/Tbilisi")[0] == "closed"


def test_a_change_of_next_year_is_announced_and_one_of_the_year_after_is_not():
    assert say("2027 Oct 08 10:00-12:00") == ("closed", dt.datetime(2027, 10, 8, 10, tzinfo=dt.UTC))
    assert say("2028 Jan 08 10:00-12:00") == ("closed", None)
    assert say("2026-2040 Mo-Su 00:00-24:00") == ("always", None)


def test_every_second_of_a_minute_has_the_answer_of_the_minute():
    assert whole_minute(at(12, 30).replace(second=59, microsecond=999999)) == at(12, 30)
    assert whole_minute(at(12, 30)) == at(12, 30)
    assert is_open("Su 09:00-19:00", "", "UTC", at(18, 59).replace(second=59))
    assert not is_open("Su 09:00-19:00", "", "UTC", at(19).replace(microsecond=1))
