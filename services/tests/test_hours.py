"""Opening hours: what is accepted, how it is kept, and that OSM's own evaluator agrees with it."""

import datetime as dt

import opening_hours
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.hours import HoursError, OpeningHours


def at(text):
    """A wall-clock moment at the place; OSM's evaluator is asked without a zone."""
    return dt.datetime.fromisoformat(text)


def week(days, opens, closes):
    return {"days": days, "opens": opens, "closes": closes}


ROUND_TRIPS = [
    {},
    {"always": True},
    {"by_appointment": True},
    {"slots": [week([0, 1, 2, 3, 4], "09:00", "18:00")]},
    {"slots": [week([0], "09:00", "13:00"), week([0], "14:00", "18:00")]},
    {"slots": [week([4, 5], "20:00", "04:00")], "holidays": "closed"},
    {"slots": [week([6], "00:00", "24:00")], "note": {"ru": "Звоните", "en": "Ring"}},
    {"slots": [week([2], "10:00", "12:00")], "by_appointment": True},
    {
        "slots": [week([0], "10:00", "12:00")],
        "exceptions": [
            {"from": "2026-12-31", "to": "2027-01-08", "slots": [], "note": ""},
            {"from": "2027-03-08", "to": "2027-03-08", "slots": [["10:00", "14:00"]], "note": "Праздник"},
        ],
    },
]


@pytest.mark.parametrize("data", ROUND_TRIPS)
def test_what_is_kept_reads_back_as_the_same(data):
    once = OpeningHours.from_json(data).to_json()
    assert OpeningHours.from_json(once).to_json() == once
    assert OpeningHours.from_json(once) == OpeningHours.from_json(data)


@pytest.mark.parametrize("data", ROUND_TRIPS)
def test_osm_syntax_is_understood_by_its_own_evaluator(data):
    osm = OpeningHours.from_json(data).to_osm()
    assert osm == "" or opening_hours.OpeningHours(osm)


@pytest.mark.parametrize(
    "data",
    [
        "24/7",
        {"open": True},
        {"slots": "09:00-18:00"},
        {"slots": [week([], "09:00", "18:00")]},
        {"slots": [week([7], "09:00", "18:00")]},
        {"slots": [week([-1], "09:00", "18:00")]},
        {"slots": [week(["x"], "09:00", "18:00")]},
        {"slots": [week([0], "9:00", "18:00")]},
        {"slots": [week([0], "09:60", "18:00")]},
        {"slots": [week([0], "24:00", "18:00")]},
        {"slots": [week([0], "09:00", "09:00")]},
        {"slots": [week([0], "09:00", None)]},
        {"slots": [week([0], "09:00", "14:00"), week([0], "13:00", "18:00")]},
        {"slots": [week([6], "22:00", "06:00"), week([0], "05:00", "09:00")]},
        {"slots": [week([0], "22:00", "06:00"), week([1], "05:00", "09:00")]},
        {"always": True, "slots": [week([0], "09:00", "14:00")]},
        {"always": True, "by_appointment": True},
        {"holidays": "sometimes"},
        {"exceptions": [{"from": "2026-02-30"}]},
        {"exceptions": [{"from": "2026-02-02", "to": "2026-02-01"}]},
        {"exceptions": [{"from": "2026-02-02", "slots": [["10:00", "09:60"]]}]},
        {"exceptions": [{"from": "2026-02-02", "slots": [["10:00", "10:00"]]}]},
        {"exceptions": [{"from": "2026-02-02", "slots": [["10:00", "14:00"], ["13:00", "15:00"]]}]},
        {"exceptions": [{"from": "2026-02-01", "to": "2026-02-05"}, {"from": "2026-02-05", "to": "2026-02-06"}]},
        {"exceptions": "2026-02-02"},
        {"note": "text"},
    ],
)
def test_nonsense_is_refused_in_words(data):
    with pytest.raises(HoursError) as caught:
        OpeningHours.from_json(data)
    assert str(caught.value.message)


def test_past_midnight_touches_the_next_morning_without_overlap():
    data = {"slots": [week([0], "22:00", "06:00"), week([1], "06:00", "09:00")]}
    assert OpeningHours.from_json(data).to_json()["slots"]


def test_a_lunch_break_is_one_day_in_osm():
    osm = OpeningHours.from_json({"slots": [week([0, 1], "09:00", "13:00"), week([0, 1], "14:00", "18:00")]}).to_osm()
    evaluator = opening_hours.OpeningHours(osm)
    monday = at("2026-11-23")
    assert evaluator.is_open(monday.replace(hour=10))
    assert not evaluator.is_open(monday.replace(hour=13, minute=30))
    assert evaluator.is_open(monday.replace(hour=15))


def test_different_days_do_not_erase_each_other_in_osm():
    osm = OpeningHours.from_json(
        {"slots": [week([0, 1], "09:00", "13:00"), week([0], "14:00", "18:00"), week([5], "10:00", "12:00")]}
    ).to_osm()
    evaluator = opening_hours.OpeningHours(osm)
    monday, tuesday, saturday = (at(f"2026-11-{day} 11:00") for day in (23, 24, 28))
    assert all(evaluator.is_open(moment) for moment in (monday, tuesday, saturday, monday.replace(hour=15)))
    assert not evaluator.is_open(tuesday.replace(hour=15))


def test_an_exception_replaces_the_week():
    data = {
        "slots": [week([0, 1, 2, 3, 4], "09:00", "18:00")],
        "exceptions": [
            {"from": "2026-12-31", "to": "2027-01-08"},
            {"from": "2027-01-12", "slots": [["12:00", "14:00"]]},
        ],
    }
    evaluator = opening_hours.OpeningHours(OpeningHours.from_json(data).to_osm())
    assert not evaluator.is_open(at("2027-01-04 11:00"))
    assert not evaluator.is_open(at("2027-01-12 11:00"))
    assert evaluator.is_open(at("2027-01-12 13:00"))
    assert evaluator.is_open(at("2027-01-13 11:00"))


times = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
slots = st.builds(week, st.lists(st.integers(0, 6), min_size=1, max_size=7), times, times)


@given(st.lists(slots, max_size=4))
def test_every_accepted_week_is_open_in_osm_exactly_when_it_says(items):
    try:
        hours = OpeningHours.from_json({"slots": items})
    except HoursError:
        return
    if not items:
        assert hours.to_osm() == ""
        return
    evaluator = opening_hours.OpeningHours(hours.to_osm())
    monday = at("2026-11-23")
    for slot in hours.slots:
        opens = dt.timedelta(hours=int(slot.opens[:2]), minutes=int(slot.opens[3:]))
        for day in slot.days:
            assert evaluator.is_open(monday + dt.timedelta(days=day) + opens)
