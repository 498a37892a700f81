"""How the house answered is counted by route, status and hour; a number that is small is told by none."""

import datetime as dt

import pytest

from core import clock
from usage import answers, tally
from usage.answers import AnsweredDay, AnswersTold, RouteTold
from usage.words import ANSWER, KINDS

NOON = dt.datetime(2026, 11, 3, 12, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.USAGE_DIR = str(tmp_path / "usage")
    tally.forget()
    yield tmp_path / "usage"
    tally.forget()


def noted(route, status, times, at=NOON):
    with clock.travel(at):
        for _time in range(times):
            answers.note(route, status)
        tally.write_now()
    tally.forget()


def told(at=NOON):
    with clock.travel(at):
        return answers.report()


def test_days_and_pages_with_small_numbers_hidden():
    noted("maps:place", 200, 9)
    noted("maps:place", 404, 6)
    noted("", 404, 2)
    noted("maps:map", 500, 3)
    noted("maps:map", 503, 5, NOON + dt.timedelta(hours=2))
    assert told() == AnswersTold(
        [AnsweredDay(NOON.date(), answers=25, refused=8, faults=8, worst=14)],
        [RouteTold("maps:map", 503, 5), RouteTold("maps:place", 404, 6)],
    )


def test_a_fault_that_came_twice_points_at_nobody():
    noted("maps:map", 500, 2)
    assert told() == AnswersTold([AnsweredDay(NOON.date(), None, 0, None, None)], [])


def test_it_tells_seven_days():
    noted("maps:map", 500, 5)
    assert told(NOON + dt.timedelta(days=6)).routes and not told(NOON + dt.timedelta(days=7)).routes


def test_pages_cannot_count_answers():
    assert ANSWER not in KINDS
