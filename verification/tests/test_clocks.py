"""The table of docs/verification.md, day by day: the day before, the day, the day after, for every class and zone."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from django.db import transaction

from core import clock
from core.clock import zone
from directory.asking.queries import current_listings
from directory.freshness import freshness, freshness_sql
from directory.tables.listings import MemberListing
from services.models import ServiceType
from verification.clocks import add_months, capacity_dates, class_for, deadlines
from verification.letters.steps import latest, steps
from verification.models import CapacityClock, Clock, ListingState, Rung
from verification.models.reminder import CAPACITY
from verification.services.changing import lock_state, settle
from verification.tests import scenarios

pytestmark = pytest.mark.django_db

#: Months, days of the notices, then the days of the coordinator, of hiding, of archiving.
TABLE = {
    "A": (3, (14, 7, 2), 3, 14, 60),
    "B": (6, (30, 14, 3), 7, 30, 90),
    "C": (12, (30, 14), 14, 60, 180),
}
ZONES = ("UTC", "Asia/Vladivostok", "America/New_York", "Asia/Kathmandu")
DAY, SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize("letter", TABLE)
def test_the_rows_of_the_clocks_are_the_table(letter):
    months, notices, escalate, hide, archive = TABLE[letter]
    row = Clock.objects.get(pk=letter)
    assert (row.recheck_months, tuple(row.notice_days)) == (months, notices)
    assert (row.escalate_days, row.hide_days, row.archive_days) == (escalate, hide, archive)


@pytest.mark.parametrize(
    ("checked", "months", "due"),
    [
        ("2026-01-05", 3, "2026-04-05"),
        ("2026-01-31", 3, "2026-04-30"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2027-11-29", 3, "2028-02-29"),
        ("2028-02-29", 3, "2028-05-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2028-02-29", 6, "2028-08-29"),
        ("2026-12-31", 6, "2027-06-30"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2027-02-28", 12, "2028-02-28"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-10-15", 15, "2028-01-15"),
    ],
)
def test_months_end_where_they_end(checked, months, due):
    assert add_months(day(checked), months) == day(due)


@pytest.mark.parametrize("letter", TABLE)
def test_every_day_of_four_years_gives_dates_in_order(letter):
    row = Clock.objects.get(pk=letter)
    checked = day("2026-01-01")
    while checked.year < 2030:
        found = deadlines(row, checked)
        assert checked < found.notice_on < found.due_on < found.hides_on < found.archives_on
        assert (found.hides_on - found.due_on).days == TABLE[letter][3]
        assert (found.archives_on - found.due_on).days == TABLE[letter][4]
        assert (found.due_on - found.notice_on).days == max(TABLE[letter][1])
        checked += DAY


def test_a_project_that_ends_first_is_asked_about_when_it_ends():
    row = Clock.objects.get(pk="B")
    found = deadlines(row, day("2026-01-05"), ends_on=day("2026-03-31"))
    assert (found.due_on, found.hides_on) == (day("2026-04-01"), day("2026-05-01"))
    assert deadlines(row, day("2026-01-05"), ends_on=day("2026-01-05")).due_on == day("2026-01-06")
    for other in ("2026-07-05", "2030-01-01", "2026-01-04", "2020-01-01"):  # later than the clock, or long over
        assert deadlines(row, day("2026-01-05"), ends_on=day(other)).due_on == day("2026-07-05")


def test_a_class_without_notices_is_told_of_on_the_day_itself():
    row = Clock(recheck_months=3, notice_days=[], escalate_days=1, hide_days=2, archive_days=3)
    found = deadlines(row, day("2026-01-05"))
    assert (found.checked_on, found.notice_on, found.due_on) == (day("2026-01-05"), *[day("2026-04-05")] * 2)


@pytest.mark.parametrize(
    ("letter", "reminded", "lapses"), [("A", "2027-03-11", "2027-03-13"), ("B", "2027-03-27", "2027-03-29")]
)
def test_a_word_about_places_lapses_by_its_class_and_is_asked_about_before(letter, reminded, lapses):
    row = CapacityClock.objects.get(pk=letter)
    assert capacity_dates(row, day("2027-02-27")) == (day(reminded), day(lapses))


def test_the_class_is_the_strictest_of_type_country_and_hand():
    scenarios.listing()
    assert class_for(types=["hiv_rapid_test"], high_risk_country=False) == "B"
    assert class_for(types=["hiv_rapid_test"], high_risk_country=True) == "A"
    assert class_for(types=["hiv_rapid_test"], high_risk_country=False, raised="A") == "A"
    assert class_for(types=["hiv_rapid_test"], high_risk_country=False, raised="C") == "B"
    assert class_for(types=[], high_risk_country=False) == "B"
    strict = ServiceType.objects.leaves().filter(verification_class="A").values_list("code", flat=True)[0]
    assert class_for(types=["hiv_rapid_test", strict], high_risk_country=False) == "A"
    assert class_for(types=[strict], high_risk_country=False, raised="B") == "A"


@pytest.mark.parametrize("letter", TABLE)
def test_each_step_falls_on_its_day_and_on_its_rungs(letter):
    _months, notices, escalate, hide, _archive = TABLE[letter]
    due = day("2028-03-01")  # the notices reach back over 29 February
    plan = steps(Clock.objects.get(pk=letter), due)
    expected = [(due - dt.timedelta(days=n), {Rung.OWNER}) for n in notices]
    expected += [
        (due, {Rung.OWNER, Rung.MANAGER}),
        (due + dt.timedelta(days=escalate), {Rung.COORDINATOR}),
        (due + dt.timedelta(days=hide), {Rung.OWNER, Rung.MANAGER, Rung.ADMINISTRATORS}),
    ]
    assert [(step.on, set(step.rungs)) for step in plan] == expected
    # These stand in reminders that were written long ago.
    assert [step.code for step in plan] == [*(f"notice-{n}" for n in notices), "due", "escalate", "hidden"]
    assert CAPACITY == "capacity"
    for step in plan:
        for rung in step.rungs:
            before, at, after = (latest(plan, rung, step.on + n * DAY) for n in (-1, 0, 1))
            assert before != step and at == step and after == step


def put_on_map(letter: str, zone_name: str, checked_on: dt.date) -> ListingState:
    """A published listing of this class at a place in this zone, checked on that day."""
    row = scenarios.published(scenarios.place(scenarios.organization(), timezone=zone_name))
    return move(ListingState.objects.get(pk=row.pk), letter, checked_on)


def move(state: ListingState, letter: str, checked_on: dt.date) -> ListingState:
    with transaction.atomic():
        listing = state.listing
        state = lock_state(listing)
        state.verification_class = letter
        of_class = Clock.objects.get(pk=letter)
        for name, value in vars(deadlines(of_class, checked_on, ends_on=listing.service.ends_on)).items():
            setattr(state, name, value)
        settle(state)
    return state


def seen(at: dt.datetime) -> tuple[str | None, str | None]:
    """What the public and members are told about the one listing at an instant: SQL's answer, equal to Python's."""
    answers = []
    for audience in ("public", "members"):
        found = current_listings(audience, at).annotate(state=freshness_sql()).values_list("state", flat=True)
        answers.append(found[0] if found else None)
    row = MemberListing.objects.get()
    assert answers[1] in (None, freshness(row, at))
    assert answers[0] in (None, freshness(row, at))
    with clock.travel(at):  # the same at "now"
        assert current_listings("public").count() == (answers[0] is not None)
    return answers[0], answers[1]


CHECKED = ("2026-11-30", "2027-11-29", "2027-09-29")


@pytest.mark.parametrize("zone_name", ZONES)
def test_the_map_changes_at_midnight_of_the_place_and_nowhere_else(zone_name):
    state = put_on_map("A", zone_name, day(CHECKED[0]))
    for letter, checked in itertools.product(TABLE, CHECKED):
        state = move(state, letter, day(checked))
        turns = [
            (state.notice_on, ("fresh", "fresh"), ("due", "due")),
            (state.due_on, ("due", "due"), ("overdue", "overdue")),
            (state.hides_on, ("overdue", "overdue"), (None, "lapsed")),
            (state.archives_on, (None, "lapsed"), (None, None)),
        ]
        for date, before, after in turns:
            midnight = dt.datetime.combine(date, dt.time(), tzinfo=zone(zone_name))
            assert seen(midnight - SECOND) == before
            assert seen(midnight.astimezone(dt.UTC)) == after
        noon = dt.datetime.combine(state.due_on, dt.time(12), tzinfo=zone(zone_name))
        assert [seen(noon + n * DAY)[0] for n in (-1, 0, 1)] == ["due", "overdue", "overdue"]


@pytest.mark.parametrize(
    ("zone_name", "changes_on"),
    [
        ("Europe/Berlin", "2027-03-28"),
        ("Europe/Berlin", "2027-10-31"),
        ("America/New_York", "2027-03-14"),
        ("America/New_York", "2027-11-07"),
        ("Asia/Beirut", "2027-03-28"),  # midnight itself does not exist on that day
    ],
)
def test_days_of_23_and_25_hours_begin_at_their_own_midnight(zone_name, changes_on):
    due = day(changes_on)
    checked = next(d for d in (due - n * DAY for n in range(85, 95)) if add_months(d, 3) == due)
    state = put_on_map("A", zone_name, checked)
    assert state.due_on == due
    for date, before, after in ((due, "due", "overdue"), (due + DAY, "overdue", "overdue")):
        start = dt.datetime.combine(date, dt.time(), tzinfo=zone(zone_name)).astimezone(dt.UTC)
        while start.astimezone(zone(zone_name)).date() < date:
            start += dt.timedelta(minutes=30)
        assert seen(start - dt.timedelta(hours=1))[0] == before
        assert seen(start + dt.timedelta(hours=1))[0] == after
