"""From a call to a closed grant, and what nobody may do on the way: services refuse it, and so does the database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from core import clock
from core.errors import NotAllowed, WrongState
from core.tests.shared import shared
from network.decisions import services as decisions
from network.decisions.models import Decision, Vote
from network.decisions.services.voting import asked_of
from network.grants import services as grants
from network.grants.models import GrantApplication, GrantConflict, GrantReport, GrantScore
from network.grants.models.words import BidState, GrantReportState, GrantState
from network.grants.tests.makers import APPLICANT, CANARY, CHAIR, MEMBER, OTHER, SECRETARY, Round
from organizations.models import Membership

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


_ground, made = shared(Round, name="made")


def refused(sql: str, *values: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_grant_from_its_call_to_its_end(made):
    grant = made.granted()
    assert grant.state == GrantState.RUNNING and grant.due_on == grant.reports.get(position=1).due_on
    first, last = grant.reports.order_by("position")
    with clock.travel(clock.now() + 30 * DAY):
        assert made.accepted(first).state == GrantReportState.ACCEPTED
        grant.refresh_from_db()
        assert grant.due_on == last.due_on
    with clock.travel(clock.now() + 60 * DAY):
        made.accepted(last)
        grant.refresh_from_db()
        assert grant.state == GrantState.CLOSING and grant.due_on
        closed = grants.close(actor=made.secretary, grant=grant)
    cell = closed.cells.get()
    assert (closed.state, closed.due_on) == (GrantState.CLOSED, None)
    assert cell.before == "unknown" and cell.after == "unknown" and cell.after_on > cell.before_on


def test_a_call_stays_as_it_was_announced(made):
    with pytest.raises(WrongState):
        made.draft_call(call=made.call)
    refused("UPDATE grants_call SET ceiling = 9000 WHERE id = %s", made.call.pk)
    refused("UPDATE grants_grantcriterion SET weight = 9 WHERE call_id = %s", made.call.pk)
    refused("DELETE FROM grants_grantcriterion WHERE call_id = %s", made.call.pk)


def test_the_last_day_ends_in_the_zone_of_the_call(made):
    made.call = made.open_call(days=1, timezone="Asia/Almaty")
    row = made.draft()
    ends = made.call.closes_at
    assert ends.astimezone(clock.zone("Asia/Almaty")).time() == dt.time()
    with clock.travel(ends), pytest.raises(WrongState):
        grants.send(actor=made.person(APPLICANT), application=row)
    with clock.travel(ends):
        assert GrantApplication.objects.get().stage == BidState.MISSED
        assert not GrantApplication.objects.under_way().exists()
    late = "UPDATE grants_application SET state = 'sent', sent_at = %s WHERE id = %s"
    refused(late, ends, row.pk)
    with clock.travel(ends - dt.timedelta(seconds=1)):
        assert grants.send(actor=made.person(APPLICANT), application=row).state == BidState.SENT


def test_what_is_missing_is_asked_for_by_its_field(made):
    row = made.draft(plan="", lines=[grants.BudgetSaid("Всё", Decimal(10))], indicators=[], gaps=[], answers=[])
    with pytest.raises(ValidationError) as error:
        grants.send(actor=made.person(APPLICANT), application=row)
    assert set(error.value.message_dict) == {"plan", "lines", "indicators", "gaps", "answers"}
    with pytest.raises(ValidationError):
        made_more = [grants.BudgetSaid("x", Decimal(1))] * 6
        grants.write(actor=made.person(APPLICANT), application=row, title="x", lines=made_more)
    with pytest.raises(ValidationError):
        grants.write(actor=made.person(APPLICANT), application=row, amount=Decimal(5001))


def test_one_application_of_a_member_and_no_stranger(made):
    made.draft()
    with pytest.raises(ValidationError):
        made.draft()
    with pytest.raises(NotAllowed):
        grants.begin(actor=made.person(OTHER), call=made.call, organization=made.house(APPLICANT), title="Чужая")


def test_a_question_is_asked_once_and_waits_a_week(made):
    row = made.eligible()
    row = grants.ask(actor=made.secretary, application=row, question="Сколько людей?")
    assert row.due_on == clock.today() + 7 * DAY
    with clock.travel(clock.now() + 8 * DAY):
        row = GrantApplication.objects.get(pk=row.pk)
        assert row.stage == BidState.ELIGIBLE
        with pytest.raises(WrongState):
            grants.answer(actor=made.person(APPLICANT), application=row, text="Поздно")
        made.score(row, MEMBER)  # it goes on as it is
    row = grants.answer(actor=made.person(APPLICANT), application=row, text="Двадцать")
    with pytest.raises(WrongState):
        grants.ask(actor=made.secretary, application=row, question="А ещё?")


def test_a_no_has_its_reasons(made):
    row = made.sent()
    with pytest.raises(ValidationError):
        grants.refuse(actor=made.secretary, application=row, reason=" ")
    assert grants.refuse(actor=made.secretary, application=row, reason="Не о том").state == BidState.NOT_ELIGIBLE
    refused("UPDATE grants_application SET reason = '' WHERE id = %s", row.pk)


def test_only_the_committee_screens_and_never_about_its_own(made):
    row = made.sent()
    for number in (MEMBER, OTHER, APPLICANT):
        with pytest.raises(NotAllowed):
            grants.take(actor=made.person(number), application=row)
    own = made.sent(SECRETARY)
    with pytest.raises(NotAllowed):
        grants.take(actor=made.secretary, application=own)
    assert grants.take(actor=made.person(CHAIR), application=own).state == BidState.ELIGIBLE
    refused("UPDATE grants_application SET screened_by_id = %s WHERE id = %s", made.secretary.pk, own.pk)


def test_two_scores_and_the_middle_of_three_when_they_differ(made):
    row = made.eligible()
    assert made.score(row, MEMBER, (4, 4)).total == 100
    made.score(row, OTHER, (1, 1))
    row.refresh_from_db()
    assert row.state == BidState.ELIGIBLE and grants.needed([Decimal(100), Decimal(25)]) == 3
    assert grants.points(row) is None, "the middle of two that are apart is nobody's word"
    with pytest.raises(WrongState):
        grants.put_to_vote(actor=made.secretary, application=row, closes_at=clock.now() + 3 * DAY)
    made.score(row, 5, (3, 3))
    row.refresh_from_db()
    assert row.state == BidState.SCORED and grants.points(row) == 75
    assert grants.needed([Decimal(70), Decimal(40)]) == 2
    assert grants.needed([Decimal("70.01"), Decimal(40)]) == 3


def test_an_application_that_is_taken_back_asks_nobody_for_a_voice_any_more(made):
    row = made.scored()
    vote = made.voted(row, numbers=(CHAIR,))
    member = made.person(MEMBER)
    assert asked_of(member).filter(vote=vote).exists()
    row.refresh_from_db()
    grants.withdraw(actor=made.person(APPLICANT), application=row)
    vote.refresh_from_db()
    assert vote.state == "cancelled" and "забрала" in vote.reason
    assert not asked_of(member).filter(vote=vote).exists()


def test_a_third_that_is_needed_no_more_is_asked_for_no_more(made):
    row = made.eligible()
    first = made.score(row, MEMBER, (4, 4))
    made.score(row, OTHER, (2, 2))
    third = made.ask(row, 5)
    grants.give_score(actor=made.person(MEMBER), score=first, marks={1: 3, 2: 2}, reason="Ещё раз")
    row.refresh_from_db()
    third.refresh_from_db()
    assert (row.state, third.state) == (BidState.SCORED, "released")


def test_marks_are_from_nought_to_four_for_every_criterion(made):
    row = made.eligible()
    found = made.ask(row, MEMBER)
    for marks in ({1: 5, 2: 0}, {1: 1}, {1: -1, 2: 2}, {1: 1, 2: 2, 3: 3}):
        with pytest.raises(ValidationError):
            grants.give_score(actor=made.person(MEMBER), score=found, marks=marks, reason="Так")
    with pytest.raises(ValidationError):
        grants.give_score(actor=made.person(MEMBER), score=found, marks={1: 1, 2: 2}, reason=" ")
    with pytest.raises(NotAllowed):
        grants.give_score(actor=made.person(OTHER), score=found, marks={1: 1, 2: 2}, reason="Чужая")


SCORE = """
INSERT INTO grants_score (public_id, version, created_at, updated_at, application_id, reviewer_id, organization_id,
                          state, due_on, given_at, total, reason)
VALUES (%s, 1, now(), now(), %s, %s, %s, 'given', now(), now(), 50, 'x')
"""


def test_nobody_with_a_conflict_scores(made):
    """By the services, and by the database: own organisation, declared, one that scores them in the same call."""
    row = made.eligible()
    own, other = made.person(APPLICANT), made.person(OTHER)
    with pytest.raises(NotAllowed):
        made.ask(row, APPLICANT)
    refused(SCORE, "scoreown01", row.pk, other.pk, made.house(APPLICANT).pk)
    refused(SCORE, "scoreown02", row.pk, own.pk, made.house(OTHER).pk)
    asked = made.ask(row, OTHER)
    refused("UPDATE grants_score SET organization_id = %s WHERE id = %s", made.house(APPLICANT).pk, asked.pk)
    refused("UPDATE grants_score SET reviewer_id = %s WHERE id = %s", own.pk, asked.pk)
    refused(
        "INSERT INTO grants_grantconflict (application_id, person_id, why, declared_at) VALUES (%s, %s, '', now())",
        row.pk, other.pk,
    )  # fmt: skip
    grants.declare_conflict(actor=other, application=row, why="Мы дружим")
    asked.refresh_from_db()
    assert asked.state == "conflict"
    with pytest.raises(NotAllowed):
        made.ask(row, OTHER)
    refused("UPDATE grants_score SET state = 'asked' WHERE id = %s", asked.pk)
    refused(SCORE, "scoredecl1", row.pk, other.pk, made.house(OTHER).pk)
    assert not GrantScore.objects.by_conflicted().exists()


def test_nobody_scores_one_that_scores_them(made):
    row, back = made.eligible(), made.eligible(OTHER)
    made.score(row, OTHER)
    with pytest.raises(NotAllowed):
        made.ask(back, APPLICANT)
    refused(SCORE, "scoreback1", back.pk, made.person(APPLICANT).pk, made.house(APPLICANT).pk)


def test_what_would_be_by_conflicted_is_counted(made):
    """The count sees what the database refuses: here somebody joins the organisation after they scored it."""
    row = made.eligible()
    made.score(row, OTHER)
    assert GrantScore.objects.by_conflicted().count() == 0
    Membership.objects.create(organization=made.house(APPLICANT), user=made.person(OTHER), role="reader")
    assert GrantScore.objects.by_conflicted().count() == 1


def test_a_conflict_after_scoring_takes_the_score_back(made):
    row = made.scored()
    grants.declare_conflict(actor=made.person(OTHER), application=row)
    row.refresh_from_db()
    assert row.state == BidState.ELIGIBLE and row.due_on
    assert grants.points(row) is not None and len(grants.given(row)) == 1
    assert GrantConflict.objects.count() == 1


def test_the_committee_votes_and_the_applicant_has_no_voice(made):
    row = made.scored()
    vote = made.voted(row, choice=2)
    assert {voter.organization_id for voter in vote.voters.all()} == {made.house(CHAIR).pk, made.house(MEMBER).pk}
    row.refresh_from_db()
    with pytest.raises(WrongState):
        grants.write_down(actor=made.secretary, application=row, reason="Рано")
    with clock.travel(clock.now() + 4 * DAY):
        row = grants.write_down(actor=made.secretary, application=row, reason="Да", conditions="Подписать договор")
    assert (row.state, row.conditions) == (BidState.CONDITIONS, "Подписать договор")
    assert Decision.objects.get(vote=vote).text == "Грант: Дом 3, до 1500 EUR."


def test_a_committee_reads_its_vote_alone(made):
    vote = made.voted(made.scored())
    seen = [number for number in range(6) if Vote.objects.visible_to(made.person(number)).filter(pk=vote.pk).exists()]
    assert seen == [SECRETARY, CHAIR, MEMBER]


def test_a_house_of_the_committee_does_not_read_the_vote_about_itself(made):
    row = grants.take(actor=made.secretary, application=made.sent(MEMBER))
    made.score(row, CHAIR)
    made.score(row, OTHER)
    row.refresh_from_db()
    vote = made.voted(row, numbers=(CHAIR,))
    assert not Vote.objects.visible_to(made.person(MEMBER)).filter(pk=vote.pk).exists()
    assert not GrantScore.objects.visible_to(made.person(MEMBER)).exists()


def test_declined_and_reserve_need_reasons_and_no_member_reads_of_them(made):
    row = made.scored()
    vote = made.voted(row, choice=4)
    row.refresh_from_db()
    with clock.travel(clock.now() + 4 * DAY):
        with pytest.raises(ValidationError):
            grants.write_down(actor=made.secretary, application=row)
        row = grants.write_down(actor=made.secretary, application=row, reason="Другие нужнее")
    assert row.state == BidState.DECLINED and row.due_on is None
    assert not Decision.objects.filter(vote=vote).exists()
    assert not GrantApplication.objects.visible_to(made.person(OTHER + 1)).exists()


def test_a_reserve_ends_by_its_day(made):
    row = made.decided(choice=3)
    assert row.stage == BidState.RESERVE
    with clock.travel(clock.now() + 200 * DAY):
        assert GrantApplication.objects.get(pk=row.pk).stage == BidState.DECLINED
        with pytest.raises(WrongState):
            grants.from_reserve(actor=made.secretary, application=row)
    with clock.travel(clock.now() + 9 * DAY):
        assert grants.from_reserve(actor=made.secretary, application=row).state == BidState.GRANTED


def test_without_a_majority_it_may_be_put_once_more(made):
    row = made.scored()
    made.voted(row, choice=1, numbers=(CHAIR,))
    row.refresh_from_db()
    member = row.vote.voters.get(organization=made.house(MEMBER))
    decisions.cast(actor=made.person(MEMBER), vote=row.vote, voice=member, choice="4")
    with clock.travel(clock.now() + 4 * DAY):
        row = grants.write_down(actor=made.secretary, application=row)
        assert row.state == BidState.SCORED and row.vote is None and row.due_on
        assert made.voted(row)


def test_who_reads_an_application(made):
    row = made.decided()
    asked = made.eligible(5)
    made.ask(asked, OTHER)
    seen = GrantApplication.objects.visible_to
    assert set(seen(made.secretary)) == set(seen(made.made.administrator)) == {row, asked}
    assert set(seen(made.person(APPLICANT))) == {row}
    assert set(seen(made.person(OTHER))) == {row, asked}  # whom they were asked to score
    assert not GrantScore.objects.visible_to(made.person(APPLICANT)).exists()
    assert GrantScore.objects.visible_to(made.person(OTHER)).filter(application=row).count() == 1
    assert all(one.reason == CANARY for one in GrantScore.objects.visible_to(made.secretary).filter(state="given"))
    assert not GrantReport.objects.visible_to(made.person(5)).exists()


def test_open_states_have_a_next_day_by_the_database(made):
    row = made.sent()
    refused("UPDATE grants_application SET due_on = NULL WHERE id = %s", row.pk)
    row = grants.take(actor=made.secretary, application=row)
    refused("UPDATE grants_application SET due_on = NULL WHERE id = %s", row.pk)
