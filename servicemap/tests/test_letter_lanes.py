"""Every kind of letter has the lane that its decision says: what somebody waits for is not put off by the six of a
month (ADR 0079, 0187, 0198). A new kind is judged here.
"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from core import clock
from messaging.budget import MONTHLY_LIMIT, free_at, reader_of
from messaging.letters import lane_of, writers_of
from messaging.models import Lane, Message
from messaging.services import enqueue
from messaging.tests.makers import make_correspondent, make_message
from network.decisions.tests import makers
from network.joining import letters
from network.joining.tests import makers as joining_makers
from servicemap.settings.rooms import LETTER_WRITERS

#: Keeping the map right, and news that can wait: six a month.
UPKEEP = {
    "asked", "assigned", "campaign_over", "digest", "due", "escalation", "heard", "profile", "reported", "returned",
    "silence_asked", "twins", "followed",
    "cycle_adopted", "cycle_frozen", "learning_approved", "news_digest",
    "participation_asked", "participation_silent", "review_action_late", "review_agreed", "training_asked",
    "vote_over",
}  # fmt: skip
#: Somebody waits for what the reader does, or the letter comes too late by a day: thirty a day.
WORK = {
    "application_answered", "application_came", "application_mentor", "application_slow", "application_voted",
    "decision_given", "decision_late",
    "grant_agreed", "grant_call", "grant_call_ends", "grant_came", "grant_released", "grant_report_came",
    "grant_report_due", "grant_report_late", "grant_report_overdue", "grant_report_state", "grant_score",
    "grant_score_late", "grant_slow", "grant_standing", "grant_state",
    "learning_returned", "read_in_bulk",
    "review_begins", "review_disputed", "review_late", "review_peer", "review_third",
    "standing_changed", "survey_ends", "survey_invited",
    "training_cancelled", "training_changed", "training_invited",
    "volunteer_brought", "vote_announced", "vote_ends_soon", "vote_objected",
}  # fmt: skip
#: Asked for on a page a moment ago: no budget and no night (`requested`).
REQUESTED = {"disclosed", "disclosure_asked", "new_link"}
#: The lane is said by whoever writes, row by row: of referrals by urgency, of dangers always urgent, of the bot news.
SAID = {
    "news_danger", "referral_answered", "referral_any_news", "referral_asked", "referral_guessed", "referral_news",
    "referral_nobody", "referral_on_the_way", "referral_over", "referral_question", "referral_reminder",
    "referral_waits", "country_notice",
}  # fmt: skip


def test_every_kind_is_judged_once() -> None:
    judged = [UPKEEP, WORK, REQUESTED, SAID]
    known = {kind for table in LETTER_WRITERS for kind in import_string(table)}
    assert set().union(*judged) == known | set(writers_of("telegram"))
    assert sum(map(len, judged)) == len(set().union(*judged))


@pytest.mark.parametrize(("lane", "kinds"), [(Lane.UPKEEP, UPKEEP | REQUESTED), (Lane.WORK, WORK)])
def test_a_kind_has_the_lane_that_its_decision_says(lane: Lane, kinds: set[str]) -> None:
    assert {kind for kind in kinds if lane_of(kind) != lane} == set()


def test_a_room_says_work_of_letters_that_exist() -> None:
    said = {kind for table in settings.LETTERS_OF_WORK for kind in import_string(table)}
    assert said == WORK


@pytest.mark.django_db
def test_a_row_gets_the_lane_of_its_kind() -> None:
    person = make_correspondent()
    for kind in sorted(UPKEEP | WORK):
        row = enqueue(kind=kind, to=person, dedupe_key=f"{kind}:lane")
        assert row is not None and row.lane == (Lane.WORK if kind in WORK else Lane.UPKEEP)


@pytest.mark.django_db
def test_an_application_is_told_in_a_month_whose_six_are_spent() -> None:
    made = makers.network(3)
    row = joining_makers.sent(made, name="Новые")
    letter = Message.objects.filter(kind=letters.kinds.APPLICATION_CAME).first()
    assert letter is not None
    for _number in range(MONTHLY_LIMIT):
        make_message(letter.correspondent)
    now = clock.now()
    spent = Message.objects.filter(correspondent=letter.correspondent, lane=Lane.UPKEEP)
    spent.update(state="sent", claimed_at=now, sent_at=now, attempts=1)
    reader = reader_of(letter.correspondent)
    assert free_at(reader, now, letter.lane) == now < free_at(reader, now, Lane.UPKEEP)
    assert row.state == "sent"
