"""The question whether there are places: asked of whom, what counts until when, which answers fit."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from facts.capacity import REMEMBERED_DAYS, answers, asked_of, days_by_class, question
from services.models.vocabulary import VerificationClass
from verification.models import CapacityReport
from verification.services import report_capacity
from verification.tests import scenarios

pytestmark = pytest.mark.first_network("its listings are of kinds of the first vocabulary")

NOW = dt.datetime(2026, 7, 6, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("types", "asked", "levels"),
    [
        (["legal_aid"], "Are there places?", ["free", "limited", "full", "unknown"]),
        ([], "Are there places?", ["free", "limited", "full", "unknown"]),
        (["needle_syringe_programme"], "Are there places?", ["free", "limited", "full", "out_of_stock", "unknown"]),
    ],
)
def test_the_answers_fit_the_service_and_not_known_is_the_last(types, asked, levels):
    assert question(types) == asked
    assert [answer["level"] for answer in answers(types)] == levels


def test_what_was_said_stays_to_be_seen_where_it_no_longer_fits():
    said = {answer["level"]: answer["chosen"] for answer in answers(["legal_aid"], chosen="out_of_stock")}
    assert said == {"free": False, "limited": False, "full": False, "out_of_stock": True, "unknown": False}


@pytest.fixture
def listing(db: None):
    with clock.travel(NOW):
        yield scenarios.published()


def say(listing, level="limited") -> CapacityReport:
    return report_capacity(
        listing=listing, actor=scenarios.person(listing.service.organization, "manager"), level=level
    )


def asked_after(listing, report, days: int):
    with clock.travel(NOW + dt.timedelta(days=days)):
        return asked_of(listing, report)


def test_nothing_said_is_a_question_without_a_standing(listing):
    asked = asked_of(listing, None)
    assert (asked.level, asked.text, asked.standing, asked.said, asked.until) == ("", "", "", "", None)
    assert not asked.is_recent
    assert not any(answer["chosen"] for answer in asked.answers)


@pytest.mark.parametrize("operation", ["paused", "closed"])
def test_whoever_takes_nobody_is_not_asked(listing, operation):
    listing.service.operation = operation
    assert asked_of(listing, None) is None


@pytest.mark.parametrize("operation", ["limited", "waiting_list"])
def test_whoever_works_with_limits_is(listing, operation):
    listing.service.operation = operation
    assert asked_of(listing, None) is not None


def test_a_word_counts_then_ends_then_lapses(listing):
    report = say(listing)
    notice = (report.notice_on - report.reported_on).days
    end = (report.expires_on - report.reported_on).days
    standing = {days: asked_after(listing, report, days).standing for days in (0, notice - 1, notice, end - 1, end)}
    assert standing == {0: "current", notice - 1: "current", notice: "ending", end - 1: "ending", end: "lapsed"}


def test_the_last_day_on_which_it_counts_is_named(listing):
    report = say(listing)
    asked = asked_of(listing, report)
    assert asked.until == report.expires_on - dt.timedelta(days=1)
    assert asked.said == "said today"
    assert asked.on_the_map["reported_text"].startswith("said today, counts until ")
    assert [answer["level"] for answer in asked.answers if answer["chosen"]] == ["limited"]


def test_a_lapsed_word_says_that_nothing_is_known(listing):
    report = say(listing)
    end = (report.expires_on - report.reported_on).days
    asked = asked_after(listing, report, end)
    assert asked.on_the_map == {"level": "unknown", "text": asked.text, "reported_text": ""}
    assert not any(answer["chosen"] for answer in asked.answers)


def test_for_ninety_days_a_lapsed_word_is_a_reason_to_ask_again(listing):
    report = say(listing)
    end = (report.expires_on - report.reported_on).days
    assert asked_after(listing, report, end + REMEMBERED_DAYS - 1).is_recent
    assert not asked_after(listing, report, end + REMEMBERED_DAYS).is_recent


def test_every_class_has_its_days(db):
    days = days_by_class()
    assert set(days) == set(VerificationClass)
    assert all(14 <= count <= 30 for count in days.values())
