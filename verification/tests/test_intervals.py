"""A listing may be looked at more often than its class asks for, never less often."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from core import clock
from core.errors import NotAllowed, WrongState
from directory.models import PublicListing
from messaging.dispatch import dispatch
from verification import services as verification
from verification.clocks import deadlines
from verification.errors import ReasonMissing
from verification.letters.reminders import remind
from verification.letters.steps import steps
from verification.models import Clock, ListingState
from verification.services.around.intervals import INTERVALS, ask_for_interval, choose_interval, intervals_for
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
#: A Tuesday.
NOW = dt.datetime(2026, 3, 3, 8, tzinfo=dt.UTC)


@pytest.fixture
def row():
    with clock.travel(NOW):
        yield scenarios.published()


@pytest.fixture
def owner(row):
    return scenarios.person(row.service.organization)


def state_of(row):
    return ListingState.objects.get(pk=row.pk)


def test_a_shorter_one_begins_on_the_day_of_the_choice_and_readers_get_its_date(row, owner):
    with clock.travel(NOW + 150 * DAY):  # due in September: a week after the last word is long over
        state = choose_interval(listing=row, actor=owner, days=7)
        assert (state.notice_on, state.due_on) == (NOW.date() + 154 * DAY, NOW.date() + 157 * DAY)
        assert PublicListing.objects.get(id=row.public_id).due_on == state.due_on
    with clock.travel(NOW + 155 * DAY):
        assert choose_interval(listing=row, actor=owner, days=7).due_on == NOW.date() + 157 * DAY  # no new week
        verification.confirm_unchanged(listing=row, actor=owner)
        assert state_of(row).due_on == NOW.date() + 162 * DAY
    with clock.travel(NOW + 156 * DAY):
        assert choose_interval(listing=row, actor=owner, days=30).due_on == NOW.date() + 185 * DAY
        assert choose_interval(listing=row, actor=owner, days=None).due_on == dt.date(2027, 2, 5)


def test_no_choice_moves_the_next_date_beyond_that_of_the_class(row, owner):
    with clock.travel(dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)):  # due on the third by the class
        assert choose_interval(listing=row, actor=owner, days=30).due_on == dt.date(2026, 9, 3)


def test_only_shorter_ones_than_the_class_can_be_chosen(row, owner):
    state = state_of(row)
    assert intervals_for(state) == list(INTERVALS)
    state.verification_class = "A"
    assert intervals_for(state) == [7, 14, 30]
    for days in (1, 200):
        with pytest.raises(WrongState):
            choose_interval(listing=row, actor=owner, days=days)


def test_the_owner_may_go_below_what_the_coordinator_asks_for_and_not_above(row, owner):
    coordinator = scenarios.coordinator()
    with pytest.raises(ReasonMissing):
        ask_for_interval(listing=row, actor=coordinator, days=30, reason=" ")
    with pytest.raises(NotAllowed):
        ask_for_interval(listing=row, actor=owner, days=30, reason="Сезон")
    ask_for_interval(listing=row, actor=coordinator, days=30, reason="Телефон меняется каждый месяц.")
    for days in (None, 91):
        with pytest.raises(WrongState):
            choose_interval(listing=row, actor=owner, days=days)
    assert choose_interval(listing=row, actor=owner, days=14).interval_reason
    assert ask_for_interval(listing=row, actor=coordinator, days=None, reason="Устоялось").interval_reason == ""
    with pytest.raises(NotAllowed):
        choose_interval(listing=row, actor=scenarios.verifier(), days=7)


def test_a_week_is_reminded_of_before_its_end_and_not_right_after_the_check(row, owner):
    choose_interval(listing=row, actor=owner, days=7)
    heard = []
    for number in range(1, 8):
        with clock.travel(NOW + number * DAY):
            remind()
            dispatch()
        heard.append(len(mail.outbox))
    assert heard == [0, 0, 0, 0, 0, 1, 1]  # on Monday the 9th, a day before the date


@pytest.mark.parametrize("every", [*INTERVALS, None])
@pytest.mark.parametrize("code", ["A", "B", "C"])
def test_no_step_of_a_round_lies_before_its_check(code, every):
    of_class = Clock.objects.get(pk=code)
    found = deadlines(of_class, NOW.date(), every=every)
    plan = steps(of_class, found.due_on, found.notice_on if every else None)
    assert plan[0].on == found.notice_on > NOW.date()
    assert [step.on for step in plan] == sorted(step.on for step in plan)
    assert found.due_on <= deadlines(of_class, NOW.date()).due_on
