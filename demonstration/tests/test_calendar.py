"""The day of the last check that makes a listing today what it is wanted to be, on every day of the year."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest

from demonstration.freshness import SHARES, Calendar, wanted_states
from demonstration.making.compose import compose
from demonstration.making.content import read_content
from verification.clocks import deadlines
from verification.models import Clock

pytestmark = pytest.mark.django_db


def state_of(found, today):
    turns = [(found.hides_on, "lapsed"), (found.due_on, "overdue"), (found.notice_on, "due")]
    return next((name for day, name in turns if today >= day), "fresh")


@pytest.mark.parametrize("letter", ["A", "B", "C"])
def test_a_listing_is_today_what_it_is_wanted_to_be(letter):
    row = Clock.objects.get(pk=letter)
    calendar = Calendar(dt.date(2027, 1, 1))
    windows = calendar._clocks[letter]
    for number in range(0, 800, 7):
        calendar.today = dt.date(2027, 1, 1) + dt.timedelta(days=number)
        for wanted in ("fresh", *SHARES):
            checked = calendar.checked_on(wanted, windows, random.Random(number))
            found = deadlines(row, checked)
            assert checked < calendar.today
            assert state_of(found, calendar.today) == wanted, (calendar.today, checked)
            assert found.archives_on > calendar.today


def test_what_happened_to_a_listing_comes_after_its_check_for_every_story():
    """A story of a published listing was sent days ago; the check before it must still count today."""
    content, calendar = read_content(), Calendar(dt.date(2027, 5, 31))
    plans = {plan.key: plan for plan in compose(content)}
    for key, story in content.stories.items():
        if story["kind"] in (*SHARES, "new", "draft", "needs_changes", "reject"):
            continue
        windows = calendar.windows(plans[key].service["types"], plans[key].country)
        for seed in range(5):
            checked = calendar.checked_on("fresh", windows, random.Random(seed), days_ago=story["days_ago"])
            assert checked < calendar.today - dt.timedelta(days=story["days_ago"]), key


def test_countries_of_high_risk_are_of_the_strictest_class():
    calendar = Calendar(dt.date(2027, 1, 1))
    assert calendar.windows(["hiv_rapid_test"], "RU") == calendar._clocks["A"]
    assert calendar.windows(["hiv_rapid_test"], "GE") == calendar._clocks["B"]


def test_states_are_shared_out_mixed_and_always_the_same():
    states = list(wanted_states(200))
    assert Counter(states) == {"due": 18, "overdue": 12, "lapsed": 2, "fresh": 168}
    assert states == list(wanted_states(200))
    assert states[:32] != sorted(states)[:32]
    assert len(set(states[:40])) >= 2
    assert sum(SHARES.values()) < 50
