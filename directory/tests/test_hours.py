"""Open or not at an instant, and until when: by the clock and the holidays of the place."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest

from directory.hours import Moment, is_open, moment, whole_minute
from directory.hours.holidays import holiday, is_known
from directory.tests.weeks import week

#: Sunday, noon in UTC.
SUNDAY = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
FRIDAY_NIGHT = week("Fr 20:00-04:00")


def at(hour: int, minute: int = 0, day: int = 22) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.UTC)


def say(hours, when=SUNDAY, *, country="", zone="UTC"):
    return moment(hours, country, zone, when)


def state(hours, when, *, country="", zone="UTC"):
    return say(hours, when, country=country, zone=zone).state


def special(first, *slots, last=""):
    return {"from": first, "to": last or first, "slots": [list(pair) for pair in slots]}


@pytest.mark.parametrize(
    ("hours", "told", "change", "then"),
    [
        (week("Su 09:00-19:00"), "open", at(19), "closed"),
        (week("Su 14:00-18:00"), "closed", at(14), "open"),
        (week("Mo 10:00-18:00"), "closed", at(10, day=23), "open"),
        ({"always": True}, "always", None, ""),
        (week("Mo-Su 00:00-24:00"), "always", None, ""),
        ({"always": True, "exceptions": [special("2026-11-20")]}, "always", None, ""),
        ({}, "unknown", None, ""),
        ({"note": {"en": "Ring"}}, "unknown", None, ""),
        ({"by_appointment": True}, "unknown", None, ""),
        ({"holidays": "open"}, "unknown", None, ""),
    ],
)
def test_a_state_and_the_next_change(hours, told, change, then):
    assert say(hours) == Moment(told, change, then)
    assert is_open(json.dumps(hours), "", "UTC", SUNDAY) is (told in ("open", "always"))


class TestNights:
    """A period belongs to the date on which it begins."""

    def test_a_night_runs_into_the_next_morning(self):
        assert say(FRIDAY_NIGHT, at(23, day=27)) == Moment("open", at(4, day=28), "closed")
        assert state(FRIDAY_NIGHT, at(3, 59, day=28)) == "open"
        assert state(FRIDAY_NIGHT, at(4, day=28)) == "closed"
        assert state(FRIDAY_NIGHT, at(3, day=27)) == "closed"

    def test_a_closed_friday_has_no_night(self):
        hours = FRIDAY_NIGHT | {"exceptions": [special("2026-11-27")]}
        assert state(hours, at(21, day=27)) == "closed"
        assert say(hours, at(2, day=28)) == Moment("closed", dt.datetime(2026, 12, 4, 20, tzinfo=dt.UTC), "open")

    def test_a_closed_saturday_does_not_cut_fridays_night(self):
        hours = week("Fr-Sa 20:00-04:00", exceptions=[special("2026-11-28")])
        assert say(hours, at(23, day=27)) == Moment("open", at(4, day=28), "closed")
        assert state(hours, at(2, day=28)) == "open"
        assert state(hours, at(23, day=28)) == state(hours, at(2, day=29)) == "closed"

    def test_a_special_night_belongs_to_its_date(self):
        hours = week("Mo-Su 10:00-18:00", exceptions=[special("2026-11-27", ("22:00", "06:00"))])
        assert state(hours, at(12, day=27)) == "closed"
        assert say(hours, at(2, day=28)) == Moment("open", at(6, day=28), "closed")
        assert state(hours, at(12, day=28)) == "open"

    def test_public_holidays_are_days_like_others(self):
        hours = week("Tu-We 20:00-04:00", holidays="closed")
        assert state(hours, at(2, day=11), country="PL") == "open"  # Tuesday's night, before the holiday
        assert state(hours, at(21, day=11), country="PL") == "closed"
        assert state(hours, at(2, day=12), country="PL") == "closed"  # the holiday's own night
        assert state(hours, at(2, day=12), country="GE") == "open"

    def test_rules_of_other_days_do_not_cut_a_night(self):
        hours = week("Fr 20:00-04:00", "Sa 10:00-02:00")
        assert state(hours, at(2, day=28)) == "open"
        assert state(hours, at(5, day=28)) == "closed"
        assert state(hours, at(1, day=29)) == "open"


class TestNotKnown:
    """Where the week is not known, special days say nothing of the others."""

    def test_before_and_after_a_special_day(self):
        hours = {"exceptions": [special("2026-11-24", ("10:00", "14:00")), special("2026-11-25")]}
        assert say(hours) == Moment("unknown", at(0, day=24), "closed")
        assert say(hours, at(9, day=24)) == Moment("closed", at(10, day=24), "open")
        assert say(hours, at(12, day=24)) == Moment("open", at(14, day=24), "closed")
        assert say(hours, at(15, day=24)) == Moment("closed", at(0, day=26), "unknown")
        assert say(hours, at(0, day=26)) == Moment("unknown")

    def test_holidays_say_nothing_of_other_days(self):
        hours = {"by_appointment": True, "holidays": "closed"}
        assert say(hours, at(12, day=10), country="PL") == Moment("unknown", _at_midnight(11), "closed")
        assert say(hours, at(12, day=11), country="PL").then == "unknown"


def _at_midnight(day):
    return dt.datetime(2026, 11, day, tzinfo=dt.UTC)


def test_the_hours_are_those_of_the_zone():
    tbilisi = ZoneInfo("Asia/Tbilisi")
    hours = week("Su 16:00-17:00")
    assert say(hours, zone="Asia/Tbilisi").change == dt.datetime(2026, 11, 22, 17, tzinfo=tbilisi)
    assert state(hours, SUNDAY) == state(hours, SUNDAY, zone="Asia/Almaty") == "closed"


class TestSummerTime:
    NIGHT = week("Sa 22:00-02:30")

    def test_the_hour_that_comes_twice_is_told_by_the_clock_on_the_wall(self):
        first, second = (dt.datetime(2026, 10, 25, hour, 15, tzinfo=dt.UTC) for hour in (0, 1))
        for at_quarter in (first, second):
            found = say(self.NIGHT, at_quarter, zone="Europe/Berlin")
            assert (found.state, f"{found.change:%H:%M}") == ("open", "02:30")
            assert found.change.astimezone(dt.UTC) == at_quarter + dt.timedelta(minutes=15)
        assert state(self.NIGHT, first + dt.timedelta(minutes=20), zone="Europe/Berlin") == "closed"

    def test_what_begins_in_the_hour_left_out_begins_after_it(self):
        hours = week("Su 02:30-05:00")
        before = dt.datetime(2026, 3, 29, 0, 59, tzinfo=dt.UTC)
        change = say(hours, before, zone="Europe/Berlin").change
        assert change == dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC)
        assert f"{change:%H:%M}" == "03:00"
        assert state(hours, change, zone="Europe/Berlin") == "open"


class TestHolidays:
    HOURS = week("Mo-Su 10:00-18:00", holidays="closed")

    def test_holidays_are_those_of_the_country(self):
        independence = at(12, day=11)  # a Wednesday, free in Poland
        assert state(self.HOURS, independence, country="PL") == "closed"
        assert say(self.HOURS, independence, country="GE") == Moment("open", at(18, day=11), "closed")
        assert state(week("Mo-Su 10:00-18:00"), independence, country="PL") == "open"

    @pytest.mark.parametrize(
        ("country", "day"),
        [
            ("UZ", "2026-09-01"),
            ("KG", "2026-08-31"),
            ("TJ", "2026-09-09"),
            ("TM", "2026-09-27"),
            ("AZ", "2026-05-28"),
            ("XK", "2027-02-17"),
            ("TR", "2026-05-28"),  # the feast of sacrifice goes by the moon
        ],
    )
    def test_countries_that_other_calendars_leave_out(self, country, day):
        assert state(self.HOURS, dt.datetime.fromisoformat(f"{day}T12:00Z"), country=country) == "closed"

    @pytest.mark.parametrize(
        ("country", "day"),
        [
            ("XX", "2026-11-24"),  # no calendar at all
            ("", "2026-11-24"),  # a service for any country, in a zone of none
            ("UZ", "2026-01-15"),
            ("UZ", "2035-09-01"),  # a year that the table does not have
            ("UZ", "2027-03-10"),  # the end of the fast, a day after the reckoned one
            ("DE", "2027-01-06"),  # a holiday of three of the sixteen states
            ("UA", "2026-08-24"),  # holidays are no days off while martial law holds
        ],
    )
    def test_a_day_of_which_it_is_not_known(self, country, day):
        found = say(self.HOURS, dt.datetime.fromisoformat(f"{day}T12:00Z"), country=country)
        assert (found.state, found.is_sure) == ("open", day == "2026-01-15")

    def test_a_place_that_has_not_said_whether_it_works_on_holidays(self):
        independence = at(12, day=11)
        unsaid, said = week("Mo-Su 10:00-18:00"), week("Mo-Su 10:00-18:00", holidays="open")
        told = [say(hours, independence, country="PL") for hours in (unsaid, said, {"always": True})]
        assert [(one.state, one.is_sure) for one in told] == [("open", False), ("open", True), ("always", True)]
        assert say(unsaid, at(12, day=12), country="PL").is_sure

    def test_whether_a_door_that_never_closes_is_open_on_a_holiday_is_not_sure_unless_said(self):
        assert say(week("Mo-Su 00:00-00:00"), at(12, day=11), country="PL") == Moment("always", is_sure=False)

    def test_the_filter_goes_by_the_clock_and_the_holidays_of_the_place(self):
        hours, noon = json.dumps(self.HOURS), at(11, day=11)
        assert is_open(hours, "GE", "Asia/Tbilisi", noon)
        assert not is_open(hours, "GE", "Asia/Tbilisi", at(15, day=11)), "seven in the evening there"
        assert not is_open(hours, "PL", "Asia/Tbilisi", noon), "the country's holidays, wherever its clock is"
        assert not is_open(hours, "", "Europe/Warsaw", noon) and is_open(hours, "", "Asia/Tbilisi", noon)

    def test_what_opens_next_may_be_a_holiday(self):
        evening = dt.datetime(2027, 1, 5, 20, tzinfo=dt.UTC)
        assert say(self.HOURS, evening, country="DE") == Moment(
            "closed", dt.datetime(2027, 1, 6, 10, tzinfo=dt.UTC), "open", is_sure=False
        )

    def test_a_special_day_is_sure_whatever_the_calendar(self):
        hours = self.HOURS | {"exceptions": [special("2026-11-22", ("11:00", "15:00"))]}
        assert say(hours, country="XX") == Moment("open", at(15), "closed")

    def test_every_country_of_the_network_has_a_table(self):
        for country in ("AM", "BY", "DE", "GE", "KZ", "MD", "PL", "RU", "UA", "FR", "EE"):
            assert all(is_known(country, year) for year in (2026, 2027, 2028, 2029)), country

    def test_a_service_for_any_country_keeps_the_holidays_of_its_zone(self):
        independence = at(11, day=11)
        assert state(self.HOURS, independence, zone="Europe/Warsaw") == "closed"
        assert say(self.HOURS, independence, zone="Asia/Tbilisi").is_sure
        assert not say(self.HOURS, independence, zone="Europe/Belgrade").is_sure  # Serbia's and Kosovo's

    def test_three_answers(self):
        days = {"2027-01-01": True, "2027-01-06": None, "2027-01-07": False}
        assert {day: holiday("DE", dt.date.fromisoformat(day)) for day in days} == days


def test_a_change_of_next_year_is_announced_and_one_of_the_year_after_is_not():
    opened = special("2027-10-08", ("10:00", "12:00"))
    assert say({"exceptions": [special("2026-01-01", last="2027-10-07"), opened]}) == Moment(
        "closed", dt.datetime(2027, 10, 8, 10, tzinfo=dt.UTC), "open"
    )
    later = {"exceptions": [special("2026-01-01", last="2028-01-07"), special("2028-01-08", ("10:00", "12:00"))]}
    assert say(later) == Moment("closed")


@pytest.mark.parametrize(("opens", "is_told"), [("2027-11-23", True), ("2027-11-24", False)])
def test_the_last_day_that_is_looked_at(opens, is_told):
    eve = (dt.date.fromisoformat(opens) - dt.timedelta(days=1)).isoformat()
    found = say({"exceptions": [special("2026-01-01", last=eve), special(opens, ("10:00", "12:00"))]})
    assert found == (
        Moment("closed", dt.datetime.fromisoformat(f"{opens}T10:00Z"), "open") if is_told else Moment("closed")
    )


def test_every_second_of_a_minute_has_the_answer_of_the_minute():
    assert whole_minute(at(12, 30).replace(second=59, microsecond=999999)) == at(12, 30)
    assert whole_minute(at(12, 30)) == at(12, 30)
    hours = json.dumps(week("Su 09:00-19:00"))
    assert is_open(hours, "", "UTC", at(18, 59).replace(second=59))
    assert not is_open(hours, "", "UTC", at(19).replace(microsecond=1))
