"""The steps of an application, state by state, and the day that each state gives."""

import datetime as dt

import pytest

from core import clock
from core.errors import WrongState
from network.grants.models import GrantApplication, GrantCall
from network.grants.models.words import BidState, GrantCallState
from network.grants.transitions import STEPS, move, touch

NOW = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
#: step: from which states, to which, and after how many days that one is late.
TABLE = {
    "write": ("draft", "draft", None),
    "send": ("draft", "sent", 14),
    "take": ("sent", "eligible", 21),
    "refuse": ("sent", "not_eligible", None),
    "ask": ("eligible", "needs_info", 7),
    "answer": ("needs_info", "eligible", 21),
    "score": ("eligible needs_info", "eligible", 21),
    "scored": ("eligible needs_info", "scored", 14),
    "unscored": ("scored", "eligible", 21),
    "put": ("scored", "voting", None),
    "undecided": ("voting", "scored", 14),
    "grant": ("voting reserve", "granted", 30),
    "conditions": ("voting", "conditions", 60),
    "reserve": ("voting", "reserve", 180),
    "decline": ("voting", "declined", None),
    "agree": ("granted conditions", "agreed", None),
    "withdraw": ("draft sent eligible needs_info scored voting granted conditions reserve", "withdrawn", None),
}
KEPT = dt.date(2026, 7, 1)


def application(**fields):
    call = GrantCall(state=GrantCallState.ANNOUNCED, closes_at=NOW + dt.timedelta(days=1))
    return GrantApplication(call=call, **{"version": 2, "due_on": KEPT, **fields})


def test_no_step_is_left_out():
    assert TABLE.keys() == STEPS.keys()


@pytest.mark.parametrize("state", BidState)
@pytest.mark.parametrize("step", TABLE)
def test_where_a_step_leads_and_until_when(step, state):
    sources, target, days = TABLE[step]
    row = application(state=state)
    with clock.travel(NOW):
        if state not in sources.split():
            with pytest.raises(WrongState) as refused:
                move(row, step)
            assert str(state.label) in str(refused.value)
            assert (row.state, row.version, row.due_on) == (state, 2, KEPT)
            return
        move(row, step)
        due = KEPT if target == state else days and clock.today() + dt.timedelta(days=days)
    assert (row.state, row.version, row.updated_at, row.due_on) == (target, 3, NOW, due)


def test_whoever_writes_it_counts_on():
    row = GrantApplication(version=7)
    with clock.travel(NOW):
        touch(row)
    assert (row.version, row.updated_at) == (8, NOW)


@pytest.mark.parametrize(("state", "step", "later"), [
    ("draft", "send", {"days": 2}),  # the call has closed
    ("needs_info", "answer", {"days": 31}),  # the question's day is over
    ("reserve", "grant", {"days": 31}),
])  # fmt: skip
def test_what_the_clock_has_ended_goes_no_further(state, step, later):
    with clock.travel(NOW + dt.timedelta(**later)), pytest.raises(WrongState):
        move(application(state=state), step)


def test_a_question_that_nobody_answered_is_scored_without_its_answer():
    row = application(state="needs_info", due_on=dt.date(2026, 5, 1))
    with clock.travel(NOW):
        move(row, "scored")
    assert row.state == BidState.SCORED
