import datetime as dt

import pytest
from django.utils.translation import override

from directory.content import SlotJson
from directory.hours import is_open
from reading.hours import notes, opening, special_days, week

#: Sunday, noon in UTC.
SUNDAY = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def say(osm, at=SUNDAY, *, zone="UTC", country="", **hours):
    return opening(hours, osm, country, zone, at)


@pytest.mark.parametrize(
    ("osm", "state", "text"),
    [
        ("24/7", "always", "Round the clock"),
        ("Su 09:00-19:00", "open", "Open until 19:00"),
        ("Mo-Su 10:00-14:00", "open", "Open until 14:00"),
        ("Su 14:00-18:00", "closed", "Opens at 14:00"),
        ("Mo-Fr 10:00-18:00", "closed", "Opens tomorrow at 10:00"),
        ("We 10:00-18:00", "closed", "Opens on Wednesday at 10:00"),
        ("Mo-Su 22:00-06:00", "closed", "Opens at 22:00"),
        ("2027 Jan 08 10:00-12:00", "closed", "Opens on 8 January at 10:00"),
        ("2026 Jan 08 10:00-12:00", "closed", "Closed now"),
        ("", "unknown", "Hours not known"),
        ("whenever we like", "unknown", "Hours not known"),
        ("Mo-Fr 25:00-30:99", "unknown", "Hours not known"),
    ],
)
def test_words_for_a_card(osm, state, text):
    assert say(osm) == {"state": state, "text": text}


def test_hours_run_past_midnight():
    late = SUNDAY.replace(hour=23)
    assert say("Mo-Su 22:00-06:00", late)["text"] == "Open until 06:00"
    assert say("Mo-Su 22:00-06:00", late.replace(hour=5))["state"] == "open"
    assert say("Mo-Su 22:00-06:00", late.replace(hour=6))["state"] == "closed"


def test_the_zone_is_that_of_the_place():
    at = dt.datetime(2026, 11, 22, 13, 30, tzinfo=dt.UTC)
    assert is_open("Su 09:00-18:00", "GE", "Asia/Tbilisi", at)
    assert not is_open("Su 09:00-18:00", "KZ", "Asia/Almaty", at)


def test_summer_time_moves_with_the_place():
    for day in (dt.date(2026, 3, 28), dt.date(2026, 3, 29)):
        nine = dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)
        local_nine = nine - dt.timedelta(hours=1 if day.day == 28 else 2)
        assert is_open("Mo-Su 09:00-10:00", "DE", "Europe/Berlin", local_nine)
        assert not is_open("Mo-Su 09:00-10:00", "DE", "Europe/Berlin", local_nine - dt.timedelta(minutes=1))


def test_public_holidays_close_when_the_hours_say_so():
    unity_day = dt.datetime(2026, 10, 3, 10, tzinfo=dt.UTC)
    assert is_open("Mo-Su 09:00-18:00", "DE", "Europe/Berlin", unity_day)
    assert not is_open("Mo-Su 09:00-18:00; PH off", "DE", "Europe/Berlin", unity_day)


def test_a_country_without_a_calendar_keeps_its_weekly_hours():
    assert is_open("Mo-Su 09:00-18:00; PH off", "KG", "Asia/Bishkek", SUNDAY - dt.timedelta(hours=4))


def test_an_exception_wins():
    osm = "Mo-Su 09:00-18:00; 2026 Nov 22 off"
    assert not is_open(osm, "", "UTC", SUNDAY)
    assert is_open(osm, "", "UTC", SUNDAY + dt.timedelta(days=1))


def test_appointments():
    assert say("", by_appointment=True) == {"state": "appointment", "text": "By appointment"}
    assert say("Su 09:00-19:00", by_appointment=True)["text"] == "Open until 19:00, by appointment"


def test_a_week_is_seven_rows():
    slots: list[SlotJson] = [
        {"days": [0, 2], "opens": "14:00", "closes": "18:00"},
        {"days": [0], "opens": "09:00", "closes": "13:00"},
    ]
    rows = week({"slots": slots}, SUNDAY.date())
    assert [row["text"] for row in rows[:3]] == ["09:00–13:00, 14:00–18:00", "closed", "14:00–18:00"]
    assert [row["today"] for row in rows] == [False] * 6 + [True]
    assert week({}, SUNDAY.date()) == []


def test_special_days_that_are_over_are_left_out():
    hours = {
        "exceptions": [
            {"from": "2026-12-31", "to": "2027-01-08", "slots": [["10:00", "14:00"]], "note": "Holidays"},
            {"from": "2026-11-21", "slots": []},
            {"from": "2026-11-22", "slots": []},
        ]
    }
    assert special_days(hours, SUNDAY.date()) == [
        {"days": "22 November 2026", "text": "closed", "note": ""},
        {"days": "31 December 2026 – 8 January 2027", "text": "10:00–14:00", "note": "Holidays"},
    ]


def test_notes_say_what_times_cannot():
    hours = {"holidays": "closed", "note": {"ru": "Звоните", "en": "Ring twice."}, "by_appointment": True}
    assert notes(hours) == "By appointment. Closed on public holidays. Ring twice"
