"""Letters arrive by day and on working days, in the zone of whoever reads them."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from messaging.quiet import next_moment


def local(text: str, zone: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=clock.zone(zone))


@pytest.mark.parametrize(
    ("asked", "gets", "urgent"),
    [
        ("2026-06-03 08:00", "2026-06-03 08:00", False),
        ("2026-06-03 07:59:59", "2026-06-03 08:00", False),
        ("2026-06-03 20:59:59", "2026-06-03 20:59:59", False),
        ("2026-06-03 21:00", "2026-06-04 08:00", False),
        ("2026-06-03 00:00", "2026-06-03 08:00", False),
        ("2026-06-05 21:00", "2026-06-08 08:00", False),  # Friday evening: Monday
        ("2026-06-05 21:00", "2026-06-06 08:00", True),
        ("2026-06-06 12:00", "2026-06-08 08:00", False),
        ("2026-06-06 12:00", "2026-06-06 12:00", True),
        ("2026-06-07 23:00", "2026-06-08 08:00", False),
        ("2026-12-31 22:00", "2027-01-01 08:00", False),
        ("2028-02-28 22:00", "2028-02-29 08:00", False),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Almaty", "America/New_York", "Pacific/Auckland"])
def test_the_next_moment(asked, gets, urgent, zone):
    assert next_moment(local(asked, zone), zone, urgent=urgent) == local(gets, zone)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_eight_in_the_morning_is_eight_on_the_days_when_clocks_change(day):
    found = next_moment(local(f"{day} 01:30", "Europe/Berlin"), "Europe/Berlin", urgent=True)
    assert found == local(f"{day} 08:00", "Europe/Berlin")


def test_no_moment_of_a_year_leads_into_the_night_or_into_the_past():
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    while at.year == 2026:
        for urgent in (False, True):
            found = next_moment(at, "Europe/Warsaw", urgent=urgent)
            there = found.astimezone(clock.zone("Europe/Warsaw"))
            assert found >= at and dt.time(8) <= there.time() < dt.time(21)
            assert urgent or there.weekday() < 5
            assert next_moment(found, "Europe/Warsaw", urgent=urgent) == found
        at += dt.timedelta(hours=7, minutes=13)
