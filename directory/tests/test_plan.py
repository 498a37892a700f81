"""Stored hours made ready for questions: whatever form they are kept in, each date has its periods."""

from __future__ import annotations

import datetime as dt

import pytest

from directory.hours.plan import DAY, Day, minutes, plan, plan_of
from directory.tests.weeks import week

FRIDAY, SATURDAY, SUNDAY = (dt.date(2026, 11, day) for day in (20, 21, 22))


def spans(hours, date=FRIDAY):
    return plan(hours).day(date, "").spans


def test_hours_that_say_the_same_share_one_plan_in_whatever_order_they_say_it():
    hours = week("Fr 10:00-18:00", holidays="open")
    turned = dict(reversed(hours.items()))
    assert list(turned) != list(hours)
    assert plan(hours) is plan(turned)
    assert plan_of('{"always": true}') == plan({"always": True})


def test_a_week_has_seven_days_and_a_whole_day_all_its_minutes():
    for hours in ({"always": True}, week("Mo-Su 00:00-24:00")):
        assert plan(hours).week == (((0, 24 * 60),),) * 7
    assert plan(week("Fr 10:00-18:00")).week == ((), (), (), (), ((600, 1080),), (), ())
    assert plan({}).week is None
    assert DAY == 1440


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("10:00-18:30", (600, 1110)),
        ("20:00-04:00", (1200, 1680)),
        ("00:00-24:00", (0, 1440)),
        ("09:00-09:00", (540, 1980)),  # around the clock, from nine to nine
        ("23:59-00:00", (1439, 1440)),
    ],
)
def test_a_night_ends_after_midnight_of_the_day_on_which_it_begins(period, found):
    assert spans(week(f"Fr {period}")) == (found,)


def test_periods_of_a_day_stand_in_order_whatever_the_order_of_the_slots():
    assert spans(week("Fr 14:00-18:00", "Mo-Fr 09:00-13:00")) == ((540, 780), (840, 1080))


def test_special_days_come_before_the_week_the_earlier_first():
    weekend = {"from": "2026-11-20", "to": "2026-11-21", "slots": [["12:00", "14:00"]]}
    saturday = {"from": "2026-11-21", "to": "2026-11-21", "slots": [["15:00", "16:00"]]}
    for given in ([weekend, saturday], [saturday, weekend]):
        hours = week("Mo-Su 09:00-18:00", exceptions=given)
        assert [spans(hours, day) for day in (FRIDAY, SATURDAY, SUNDAY)] == [
            ((720, 840),),
            ((720, 840),),
            ((540, 1080),),
        ]


@pytest.mark.parametrize("special", [{"slots": []}, {}, {"slots": None}, {"to": ""}])
def test_a_special_day_without_periods_is_closed_and_without_an_end_is_one_day(special):
    hours = week("Mo-Su 09:00-18:00", exceptions=[{"from": "2026-11-20", **special}])
    assert plan(hours).day(FRIDAY, "") == Day((), is_sure=True)
    assert spans(hours, SATURDAY) == ((540, 1080),)


def test_minutes_are_counted_from_midnight():
    assert [minutes(text) for text in ("00:00", "00:01", "09:30", "24:00")] == [0, 1, 570, 1440]
