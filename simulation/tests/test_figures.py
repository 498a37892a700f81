"""What is counted at the end of the year, which limits it is held against, and how it is told."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections import Counter
from itertools import pairwise

import pytest

from messaging.models import MessageState
from messaging.tests.makers import make_correspondent, make_message
from simulation.figures import LIMITS, YearFigures, _by_month, _time_to_hide, messages_per_contact_month
from simulation.oracle import TABLE, Findings
from simulation.report import _HEIGHT, _WIDTH, _chart, _value, as_page, as_table, rows
from simulation.world import START


def figures(**known):
    """A quiet year: nothing happened but what is known."""
    empty = {"int": 0, "float": 0.0, "float | None": None}
    values = {
        field.name: {} if field.type.startswith("dict") else [] if field.type.startswith("list") else empty[field.type]
        for field in dataclasses.fields(YearFigures)
    }
    return YearFigures(**values | known)


class TestLimits:
    def test_a_figure_at_its_limit_is_good_and_one_above_is_broken(self):
        assert figures(**LIMITS).broken == []
        for name, limit in LIMITS.items():
            assert figures(**{name: limit + 1}).broken == [name]

    def test_everything_that_a_reader_could_be_misled_by_has_the_limit_nought(self):
        counted = {field.name for field in dataclasses.fields(Findings) if field.type == "int"}
        judged = counted - {"looks", "capacity_known", "capacity_lapsed"}
        assert {name for name, limit in LIMITS.items() if limit == 0} == judged | {"letters_sent_twice"}

    def test_json_says_the_limits_and_what_broke_them(self):
        told = json.loads(json.dumps(figures(seed=7, letters_sent_twice=1).as_json()))
        assert (told["seed"], told["limits"], told["broken"]) == (7, LIMITS, ["letters_sent_twice"])


class TestCounting:
    def test_months_are_those_of_the_year_with_two_looks_a_day(self):
        shares = [1.0] * 60 + [0.5] * 62
        assert _by_month(Findings(fresh_share=shares)) == {"2027-09": 1.0, "2027-10": 0.5}
        assert f"{START:%Y-%m-%d}" == "2027-09-01"

    def test_days_until_hidden_are_told_by_class_beside_what_the_table_asks(self):
        found = Findings(hidden_after={"B": Counter({30: 2, 31: 1}), "A": Counter({14: 1})})
        assert _time_to_hide(found) == {
            "A": {"asked": TABLE["A"][1], "median": 14, "max": 14, "listings": 1},
            "B": {"asked": TABLE["B"][1], "median": 30, "max": 31, "listings": 3},
        }

    @pytest.mark.django_db
    def test_letters_are_counted_by_address_and_by_the_month_of_their_reader(self):
        east = make_correspondent(timezone="Asia/Vladivostok")
        west = make_correspondent(timezone="Europe/Paris")
        evening = dt.datetime(2027, 9, 30, 20, tzinfo=dt.UTC)  # October in the east
        letters = [(east, 0), (east, 2), (west, 0), (west, 2), (west, 0)]
        for person, days in letters:
            message = make_message(person)
            message.state, message.attempts = MessageState.UNKNOWN, 1
            message.claimed_at = evening - dt.timedelta(days=days)
            message.save()
        make_message(west)  # still waits
        assert messages_per_contact_month() == [1, 1, 3]


class TestTelling:
    def test_every_figure_of_the_year_is_told(self):
        told = {row["name"] for row in rows(figures())}
        own = {"seed", "days", "organizations", "listings", "time_to_hide", "fresh_by_month", "examples"}
        assert told == {field.name for field in dataclasses.fields(YearFigures)} - own
        assert {row["name"]: row["limit"] for row in rows(figures()) if row["limit"] is not None} == LIMITS

    def test_the_table_marks_what_is_above_its_limit_and_nothing_else(self):
        hide = {"A": {"asked": 14, "median": 14.5, "max": 15, "listings": 2}}
        table = as_table(figures(seed=3, wrongly_missing=2, messages_per_contact_month_max=6, time_to_hide=hide))
        marked = [line for line in table.splitlines() if line.endswith("✗")]
        assert [line.split()[-4:] for line in marked] == [["2", "≤", "0", "✗"]]
        assert table.splitlines()[0].endswith("3")
        assert "14.5" in table.splitlines()[-1]

    def test_values_are_told_as_people_read_them(self):
        assert [_value(value) for value in (None, 0.5, 2.0, 7, {"letter": 3, "call": 1})] == [
            "–",
            "0.5",
            "2",
            "7",
            "letter: 3, call: 1",
        ]

    def test_the_bars_of_the_chart_stand_beside_each_other_inside_the_box(self):
        bars = _chart({"2027-09": 1.0, "2027-10": 0.25, "2027-11": 0.0})
        assert [bar["height"] for bar in bars] == [200, 50, 0]
        assert [bar["percent"] for bar in bars] == [100, 25, 0]
        for bar, following in pairwise(bars):
            assert bar["x"] < bar["middle"] < bar["x"] + bar["width"] < following["x"]
        assert bars[0]["x"] > 0
        assert bars[-1]["x"] + bars[-1]["width"] < _WIDTH
        assert all(bar["y"] + bar["height"] == _HEIGHT for bar in bars)
        assert _chart({}) == []

    def test_the_page_shows_figures_and_months(self):
        page = as_page(figures(seed=11, letters_dead=417, fresh_by_month={"2027-09": 0.931}))
        assert "417" in page
        assert "2027-09" in page
        assert "93" in page
