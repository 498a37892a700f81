import datetime as dt

import pytest
from django.utils.translation import override

from directory.crossing.content import SlotJson
from directory.tests.weeks import week as week_of
from reading.hours import knows_holidays, notes, opening, special_days, week

#: Sunday, noon in UTC.
SUNDAY = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def say(hours, at=SUNDAY, *, zone="UTC", country=""):
    return opening(hours, country, zone, at)


def special(first, *slots, last=""):
    return {"from": first, "to": last or first, "slots": [list(pair) for pair in slots]}


@pytest.mark.parametrize(
    ("hours", "state", "text"),
    [
        ({"always": True}, "always", "Round the clock"),
        (week_of("Su 09:00-19:00"), "open", "Open until 19:00"),
        (week_of("Mo-Su 10:00-14:00"), "open", "Open until 14:00"),
        (week_of("Su 14:00-18:00"), "closed", "Opens at 14:00"),
        (week_of("Mo-Fr 10:00-18:00"), "closed", "Opens tomorrow at 10:00"),
        (week_of("We 10:00-18:00"), "closed", "Opens on Wednesday at 10:00"),
        (week_of("Mo-Su 22:00-06:00"), "closed", "Opens at 22:00"),
        (week_of("Su 09:00-10:00", exceptions=[special("2026-11-22", last="2027-01-09")]),
         "closed", "Opens on 10 January at 09:00"),
        ({"exceptions": [special("2026-01-01", last="2028-01-01")]}, "closed", "Closed now"),
        ({}, "unknown", "Hours not known"),
    ],
)  # fmt: skip
def test_words_for_a_card(hours, state, text):
    assert say(hours) == {"state": state, "text": text}


def test_hours_run_past_midnight():
    late, hours = SUNDAY.replace(hour=23), week_of("Mo-Su 22:00-06:00")
    assert say(hours, late)["text"] == "Open until 06:00"
    assert say(hours, late.replace(hour=5))["state"] == "open"
    assert say(hours, late.replace(hour=6))["state"] == "closed"


def test_a_closed_friday_has_no_night_and_a_closed_saturday_cuts_none():
    saturday = dt.datetime(2026, 11, 28, 2, tzinfo=dt.UTC)
    hours = week_of("Fr 20:00-04:00")
    assert say(hours, saturday)["text"] == "Open until 04:00"
    assert say(hours | {"exceptions": [special("2026-11-27")]}, saturday)["text"] == "Opens on Friday at 20:00"
    assert say(hours | {"exceptions": [special("2026-11-28")]}, saturday)["text"] == "Open until 04:00"


class TestThreeThings:
    """“Not known”, “by appointment” and “closed” are never told for one another."""

    HOLIDAYS = special("2026-12-24", last="2027-01-08")

    @pytest.mark.parametrize(
        ("on", "without", "by_appointment"),
        [
            ("2026-11-22", ("unknown", "Hours not known"), ("appointment", "By appointment")),
            ("2026-12-24", ("closed", "Closed until 8 January inclusive"), None),
            ("2027-01-08", ("closed", "Closed today"), None),
            ("2027-01-09", ("unknown", "Hours not known"), ("appointment", "By appointment")),
        ],
    )
    def test_one_closed_period_says_nothing_of_other_days(self, on, without, by_appointment):
        at = dt.datetime.fromisoformat(f"{on}T12:00Z")
        for hours, told in (({}, without), ({"by_appointment": True}, by_appointment or without)):
            state, text = told
            assert say({**hours, "exceptions": [self.HOLIDAYS]}, at) == {"state": state, "text": text}

    def test_a_special_day_with_hours(self):
        hours = {"exceptions": [special("2026-11-22", ("10:00", "14:00"))]}
        told = [say(hours, SUNDAY.replace(hour=hour))["text"] for hour in (9, 12, 15)]
        assert told == ["Opens at 10:00", "Open until 14:00", "Closed today"]
        assert say(hours | {"by_appointment": True})["text"] == "Open until 14:00, by appointment"

    def test_a_week_by_appointment(self):
        hours = week_of("Su 09:00-19:00", by_appointment=True)
        assert say(hours)["text"] == "Open until 19:00, by appointment"
        assert say(hours, SUNDAY.replace(hour=20))["text"] == "Opens on 29 November at 09:00, by appointment"

    def test_the_week_of_a_page_is_not_made_up(self):
        assert week({"exceptions": [self.HOLIDAYS]}, SUNDAY.date()) == []


class TestHolidays:
    HOURS = week_of("Mo-Su 09:00-18:00", holidays="closed")

    def test_where_they_are_known(self):
        assert say(self.HOURS, country="UZ") == {"state": "open", "text": "Open until 18:00"}
        first_of_september = dt.datetime(2026, 9, 1, 10, tzinfo=dt.UTC)
        assert say(self.HOURS, first_of_september, country="UZ")["text"] == "Opens tomorrow at 09:00"

    def test_where_they_are_not_known(self):
        evening = SUNDAY.replace(hour=19)
        assert say(self.HOURS, country="XX") == {
            "state": "unsure", "text": "Open until 18:00, unless closed for a public holiday",
        }  # fmt: skip
        assert say(self.HOURS, evening, country="XX") == {
            "state": "closed", "text": "Opens tomorrow at 09:00, unless closed for a public holiday",
        }  # fmt: skip
        assert say({"always": True, "holidays": "closed"}, country="XX")["state"] == "unsure"

    def test_the_note_says_so(self):
        assert notes(self.HOURS) == "Closed on public holidays"
        assert knows_holidays("UZ", "Asia/Tashkent", SUNDAY.date())
        assert not knows_holidays("XX", "UTC", SUNDAY.date())
        assert "we do not know" in notes(self.HOURS, knows_holidays=False)


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
