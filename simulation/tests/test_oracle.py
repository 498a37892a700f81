"""The oracle of the simulated year: it counts by itself, and it notices every way in which the map may be wrong."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from core import clock
from directory.crossing.records import AUDIENCES
from directory.tables.listings import MemberListing, PublicListing
from simulation.oracle import KnownListing, Oracle, _due, _months_later
from verification import services as verification
from verification.models import ListingState
from verification.services.around import intervals
from verification.services.merging import steps as merging
from verification.tests import scenarios

D = dt.date
NOON = dt.datetime(2027, 3, 10, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ZERO = {
    "stale_shown_fresh": 0,
    "public_past_hide": 0,
    "fresh_shown_stale": 0,
    "wrongly_missing": 0,
    "capacity_shown_past_lapse": 0,
    "capacity_wrong": 0,
    "asked_twice": 0,
    "lost_by_merge": 0,
    "hidden_shown_as_duplicate": 0,
    "door_kept": 0,
    "stop_wrong": 0,
}


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (D(2027, 9, 1), 3, D(2027, 12, 1)),
        (D(2027, 9, 30), 3, D(2027, 12, 30)),
        (D(2027, 10, 15), 3, D(2028, 1, 15)),
        (D(2027, 8, 31), 6, D(2028, 2, 29)),
        (D(2026, 8, 31), 6, D(2027, 2, 28)),
        (D(2027, 11, 30), 1, D(2027, 12, 30)),
        (D(2027, 6, 30), 6, D(2027, 12, 30)),
        (D(2027, 12, 31), 6, D(2028, 6, 30)),
    ],
)
def test_months_are_walked_to_the_same_day_or_the_last_of_a_shorter_month(day, months, later):
    assert _months_later(day, months) == later


class TestTheFirstGreyDay:
    def known(self, letter="B", ends_on=None, zone="Asia/Tbilisi"):
        return KnownListing(ZoneInfo(zone), letter, ends_on, is_public=True)

    def test_the_class_says_how_many_months(self):
        assert _due(self.known("A"), NOON) == D(2027, 6, 10)
        assert _due(self.known("B"), NOON) == D(2027, 9, 10)

    def test_the_day_of_the_check_is_that_of_the_place(self):
        late = dt.datetime(2027, 3, 10, 22, tzinfo=dt.UTC)
        assert _due(self.known(zone="Asia/Vladivostok"), late) == D(2027, 9, 11)
        assert _due(self.known(zone="Europe/Paris"), late) == D(2027, 9, 10)

    def test_the_day_after_the_end_of_the_service_comes_first_unless_it_had_ended_before_the_check(self):
        assert _due(self.known(ends_on=D(2027, 5, 1)), NOON) == D(2027, 5, 2)
        assert _due(self.known(ends_on=D(2027, 3, 10)), NOON) == D(2027, 3, 11)
        assert _due(self.known(ends_on=D(2027, 3, 9)), NOON) == D(2027, 9, 10)
        assert _due(self.known(ends_on=D(2027, 9, 10)), NOON) == D(2027, 9, 10)

    def test_a_shorter_interval_counts_from_the_check_or_from_its_choice_and_makes_nothing_later(self):
        assert _due(self.known(), NOON, (D(2027, 3, 1), 30)) == D(2027, 4, 9)
        assert _due(self.known(), NOON, (D(2027, 5, 1), 30)) == D(2027, 5, 31)
        assert _due(self.known(), NOON, (D(2027, 9, 1), 30)) == D(2027, 9, 10)
        assert _due(self.known(ends_on=D(2027, 4, 1)), NOON, (D(2027, 3, 1), 30)) == D(2027, 4, 2)


@pytest.fixture
def row(db):
    """A listing of class B at a place in Tbilisi, checked at noon, with a word about its places."""
    with clock.travel(NOON):
        row = scenarios.published()
        editor = scenarios.person(row.service.organization)
        verification.report_capacity(listing=row, actor=editor, level="free")
        yield row


def seen(oracle, at=NOON):
    """What the oracle has counted at one instant, and forgets again."""
    with clock.travel(at):
        oracle.look(at)
    found = {name: getattr(oracle.findings, name) for name in ZERO}
    for name in ZERO:
        setattr(oracle.findings, name, 0)
    return {name: count for name, count in found.items() if count}


def tell(row, **columns):
    """Let the map say something else, behind the back of the product."""
    for model in (PublicListing, MemberListing):
        assert model.objects.filter(pk=row.public_id).update(**columns) == 1


def test_a_map_that_follows_the_table_is_right_on_every_day(row):
    """Fresh until 9 September, public until 9 October; the word about places counts for thirty days."""
    oracle = Oracle()
    for at in (NOON, NOON + 29 * DAY, NOON + 31 * DAY, NOON + 183 * DAY, NOON + 185 * DAY, NOON + 213 * DAY):
        assert seen(oracle, at) == {}, at
    assert oracle.findings.capacity_known == 2
    assert oracle.findings.fresh_share == [1.0, 1.0, 1.0, 1.0, 0.0, 0.0]
    assert oracle.findings.hidden_after == {}
    assert seen(oracle, NOON + 215 * DAY) == {}
    assert oracle.findings.hidden_after["B"] == {31: 1}
    assert seen(oracle, NOON + 220 * DAY) == {}
    assert oracle.findings.hidden_after["B"] == {31: 1}  # it is gone once
    assert oracle.findings.looks == 8
    assert oracle.findings.examples == []


def test_what_the_map_says_wrongly_is_counted_for_each_audience_and_named(row):
    oracle = Oracle()
    state = ListingState.objects.get(pk=row.pk)
    assert (state.due_on, state.hides_on) == (D(2027, 9, 10), D(2027, 10, 10))
    tell(row, due_on=D(2027, 9, 12))
    assert seen(oracle, NOON + 184 * DAY) == {"stale_shown_fresh": 2}
    tell(row, notice_on=D(2027, 9, 1), due_on=D(2027, 9, 9))
    assert seen(oracle, NOON + 183 * DAY) == {"fresh_shown_stale": 2}
    tell(row, due_on=state.due_on, hides_on=D(2027, 10, 12))
    assert seen(oracle, NOON + 214 * DAY) == {"public_past_hide": 1}
    tell(row, hides_on=state.hides_on)
    tell(row, capacity_expires_on=D(2027, 4, 12))
    assert seen(oracle, NOON + 30 * DAY) == {"capacity_shown_past_lapse": 2}
    tell(row, capacity_level="full")
    assert seen(oracle, NOON) == {"capacity_wrong": 2}
    PublicListing.objects.filter(pk=row.public_id).delete()
    tell_members = MemberListing.objects.filter(pk=row.public_id)
    tell_members.update(capacity_level="free")
    assert seen(oracle, NOON) == {"wrongly_missing": 1}
    assert oracle.findings.examples[0] == f"stale_shown_fresh: {row.public_id} on 2027-09-10, was due on 2027-09-10"
    assert len(oracle.findings.examples) == 10


def test_what_was_taken_off_and_is_shown_all_the_same_is_a_fault(row):
    oracle = Oracle()
    ListingState.objects.filter(pk=row.pk).update(publication="withdrawn")
    assert seen(oracle) == {"public_past_hide": 1}


def test_a_listing_for_members_is_not_missing_from_the_public_map(row):
    with clock.travel(NOON):
        hidden = scenarios.published(visibility="members")
    oracle = Oracle()
    assert seen(oracle) == {}
    assert set(AUDIENCES) == {"public", "members"}
    MemberListing.objects.filter(pk=hidden.public_id).delete()
    assert seen(oracle) == {}  # members' absence is no rule of the table


def test_a_shorter_interval_is_followed_from_the_day_on_which_it_was_chosen(row):
    chosen = {}
    oracle = Oracle(chosen)
    with clock.travel(NOON + 10 * DAY):
        intervals.choose_interval(listing=row, actor=None, days=30)
    assert seen(oracle, NOON + 41 * DAY) == {"fresh_shown_stale": 2}  # nobody told the oracle
    chosen[row.public_id] = (D(2027, 3, 20), 30)
    for days in (39, 41):
        assert seen(oracle, NOON + days * DAY) == {}


def test_a_check_that_came_along_from_another_listing_moves_no_date(row):
    with clock.travel(NOON + 20 * DAY):
        other = scenarios.published(scenarios.place(row.service.organization, name="Второй вход"))
        merging.propose(kept=row, gone=other, chosen=[], actor=None)
    oracle = Oracle()
    assert row.checks.count() == 2
    assert seen(oracle, NOON + 185 * DAY) == {}
    assert oracle.findings.fresh_share == [0.0]
