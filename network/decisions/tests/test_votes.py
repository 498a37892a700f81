"""Voices, ends, ties, quorums, conflicts, objections; what the database refuses is tried by SQL."""

import datetime as dt
import importlib

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from messaging.budget import MONTHLY_LIMIT
from messaging.dispatch import dispatch
from messaging.models import Message
from messaging.people import correspondents_for
from messaging.services import enqueue
from network.decisions import kinds, rounds
from network.decisions import services as decisions
from network.decisions.counting import VoteOutcome, count_of, is_enough, quorum_of
from network.decisions.errors import NotAdopted, NoVoice, VotedAlready
from network.decisions.models import Ballot, Decision, SecretCount, Vote, Voted
from network.decisions.tests import makers
from organizations.models import MembershipRole, Organization
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
AFTER = makers.END + dt.timedelta(days=1)


@pytest.fixture
def made():
    with clock.travel(makers.NOW):
        yield makers.network()


def outcome(vote, on=AFTER):
    with clock.travel(on):
        return count_of(Vote.objects.get(pk=vote.pk)).outcome


def sql(text, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)


@pytest.mark.parametrize(
    ("threshold", "pro", "contra", "enough"),
    [
        ("majority", 2, 1, True),
        ("majority", 2, 2, False),
        ("majority", 0, 0, False),
        ("two_thirds", 2, 1, True),
        ("two_thirds", 3, 2, False),
        ("all", 3, 0, True),
        ("all", 9, 1, False),
    ],
)
def test_a_tie_is_no_and_so_is_nobody(threshold, pro, contra, enough):
    assert is_enough(threshold, pro=pro, contra=contra) is enough


@pytest.mark.parametrize(("quorum", "needed"), [("none", 1), ("third", 2), ("half", 2), ("two_thirds", 3)])
def test_a_part_of_a_voice_is_a_voice(quorum, needed):
    assert quorum_of(quorum, 4) == needed


def test_turnout_while_it_runs_choices_when_it_is_over_and_nobody_needs_to_close_it(made):
    vote = makers.announced(made)
    makers.cast(made, vote, 0, "for")
    makers.cast(made, vote, 1, "against")
    makers.cast(made, vote, 1, "for")  # changed before the end
    running = count_of(vote)
    assert (running.outcome, running.cast, running.voices, dict(running.choices)) == (VoteOutcome.RUNNING, 2, 4, {})
    with clock.travel(AFTER):
        over = count_of(vote)
        assert (over.outcome, dict(over.choices)) == (VoteOutcome.ADOPTED, {"for": 2})
        with pytest.raises(WrongState):
            makers.cast(made, vote, 2, "against")
        with pytest.raises(WrongState):
            decisions.cancel(actor=made.chair, vote=vote, reason="Передумали")


def test_a_tie_is_not_adopted_and_nothing_can_be_decided_by_it(made):
    vote = makers.announced(made)
    makers.cast(made, vote, 0, "for")
    makers.cast(made, vote, 1, "against")
    assert outcome(vote) == VoteOutcome.REJECTED
    with clock.travel(AFTER), pytest.raises(NotAdopted):
        decisions.decide(actor=made.chair, vote=vote, text="Принято")


def test_without_its_quorum_a_vote_is_not_adopted_and_conflicts_are_not_counted_in_it(made):
    vote = makers.announced(made, quorum="half")
    makers.cast(made, vote, 0, "for")
    assert outcome(vote) == VoteOutcome.NO_QUORUM
    makers.cast(made, vote, 1, "conflict")
    makers.cast(made, vote, 2, "conflict")
    assert outcome(vote) == VoteOutcome.ADOPTED


def test_one_organisation_has_one_voice_given_by_its_managers_or_whom_they_name(made):
    vote = makers.announced(made)
    voice = makers.voice(made, vote, 2)
    colleague = scenarios.person(made.houses[2], MembershipRole.EDITOR)
    with pytest.raises(NoVoice):
        decisions.cast(actor=colleague, vote=vote, voice=voice, choice="for")
    stranger = made.managers[3]
    with pytest.raises(HouseError):
        decisions.name_delegate(actor=made.managers[2], vote=vote, voice=voice, person=stranger)
    with pytest.raises(NotAllowed):
        decisions.name_delegate(actor=stranger, vote=vote, voice=voice, person=colleague)
    decisions.name_delegate(actor=made.managers[2], vote=vote, voice=voice, person=colleague)
    decisions.cast(actor=colleague, vote=vote, voice=voice, choice="for")
    makers.cast(made, vote, 2, "against")
    assert Ballot.objects.get(voter=voice).choice == "against"


def test_an_associate_and_whoever_is_suspended_meanwhile_have_no_voice(made):
    Organization.objects.filter(pk=made.houses[3].pk).update(member_status="associate")
    vote = makers.announced(made)
    assert vote.voters.count() == 3
    Organization.objects.filter(pk=made.houses[2].pk).update(member_status="suspended")
    with pytest.raises(NoVoice):
        makers.cast(made, vote, 2, "for")


def test_seats_vote_in_their_body_and_who_keeps_the_minutes_does_not(made):
    makers.seat(made, made.council, 2, "secretary")
    vote = makers.announced(made, made.council)
    assert {voter.organization for voter in vote.voters.all()} == set(made.houses[:2])
    makers.cast(made, vote, 1, "for")
    assert outcome(vote) == VoteOutcome.ADOPTED


def test_nobody_votes_about_their_own_organisation_neither_by_the_service_nor_by_sql(made):
    vote = makers.announced(made, about=made.houses[1])
    assert not vote.voters.filter(organization=made.houses[1]).exists()
    with pytest.raises(IntegrityError, match="their own organisation"):
        sql("INSERT INTO decisions_voter (vote_id, organization_id) VALUES (%s, %s)", vote.pk, made.houses[1].pk)
    other = makers.voice(made, vote, 0)
    with pytest.raises(IntegrityError, match="their own organisation"):
        sql("UPDATE decisions_voter SET organization_id = %s WHERE id = %s", made.houses[1].pk, other.pk)
    with pytest.raises(IntegrityError, match="stays as it is"):
        sql("UPDATE decisions_vote SET about_id = NULL WHERE id = %s", vote.pk)


_BALLOT = "INSERT INTO decisions_ballot (voter_id, choice, reason, cast_at) VALUES (%s, %s, '', %s)"


def test_by_sql_too_a_voice_is_one_in_its_time_and_an_answer_of_the_vote(made):
    vote = makers.announced(made)
    voice = makers.voice(made, vote, 0)
    with pytest.raises(IntegrityError, match="not in its time"):
        sql(_BALLOT, voice.pk, "for", vote.closes_at)
    with pytest.raises(IntegrityError, match="no such answer"):
        sql(_BALLOT, voice.pk, "maybe", clock.now())
    sql(_BALLOT, voice.pk, "for", clock.now())
    with pytest.raises(IntegrityError, match="unique"):
        sql(_BALLOT, voice.pk, "against", clock.now())
    with pytest.raises(IntegrityError, match="not in its time"):
        sql("UPDATE decisions_ballot SET choice = 'against', cast_at = %s WHERE voter_id = %s", AFTER, voice.pk)
    with pytest.raises(IntegrityError, match="unique"):
        sql("INSERT INTO decisions_voter (vote_id, organization_id) VALUES (%s, %s)", vote.pk, made.houses[0].pk)
    with pytest.raises(IntegrityError, match="stays as it is"):
        sql("UPDATE decisions_vote SET closes_at = %s WHERE id = %s", AFTER, vote.pk)
    with pytest.raises(Exception, match="Cannot delete"):
        sql("DELETE FROM decisions_ballot WHERE voter_id = %s", voice.pk)


def test_by_sql_too_nothing_is_decided_before_the_end(made):
    vote = makers.announced(made)
    with pytest.raises(IntegrityError, match="not over"):
        Decision.objects.create(
            body=made.assembly, vote=vote, text="Уже", state="done", decided_at=clock.now(), ended_at=clock.now()
        )


def test_an_objection_for_safety_halts_the_count_until_others_of_the_council_have_answered(made):
    vote = makers.announced(made)
    for number in range(3):
        makers.cast(made, vote, number, "for")
    objection = decisions.object_to(
        actor=made.managers[1], vote=vote, voice=makers.voice(made, vote, 1), text="Адрес станет виден"
    )
    assert outcome(vote) == VoteOutcome.HALTED
    with pytest.raises(IntegrityError, match="objection for safety"), transaction.atomic():
        Decision.objects.create(
            body=made.assembly, vote=vote, text="Да", state="done", decided_at=AFTER, ended_at=AFTER
        )
    with pytest.raises(NotAllowed):  # who objects does not answer, though seated in the council
        decisions.answer_objection(actor=made.managers[1], objection=objection, stands=False, answer="Нет")
    with pytest.raises(IntegrityError, match="another organisation answers"):
        sql(
            "UPDATE decisions_objection SET stands = false, answer = 'x', answered_for_id = %s WHERE id = %s",
            made.houses[1].pk,
            objection.pk,
        )
    told = Message.objects.filter(kind=kinds.VOTE_OBJECTED)
    assert {message.correspondent.user for message in told} == {made.chair}
    decisions.answer_objection(actor=made.chair, objection=objection, stands=False, answer="Адрес не показан")
    assert outcome(vote) == VoteOutcome.ADOPTED


def test_an_objection_that_stands_is_no(made):
    vote = makers.announced(made)
    for number in range(3):
        makers.cast(made, vote, number, "for")
    objection = decisions.object_to(actor=made.managers[2], vote=vote, voice=makers.voice(made, vote, 2), text="Опасно")
    decisions.answer_objection(actor=made.chair, objection=objection, stands=True, answer="Согласны")
    assert outcome(vote) == VoteOutcome.OBJECTED


def test_an_objection_that_nobody_answers_by_its_day_stands_by_the_clock(made):
    vote = makers.announced(made)
    for number in range(3):
        makers.cast(made, vote, number, "for")
    objection = decisions.object_to(actor=made.managers[2], vote=vote, voice=makers.voice(made, vote, 2), text="Опасно")
    days = [dt.timedelta(days=number) for number in (11, 14)]
    assert [outcome(vote, makers.END + day) for day in days] == [VoteOutcome.HALTED, VoteOutcome.OBJECTED]
    told = Message.objects.filter(kind=kinds.VOTE_OBJECTED)
    was = told.count()
    for _round in range(2):
        with clock.travel(makers.END + days[0]):
            rounds.run()
    assert told.count() == 2 * was
    with clock.travel(makers.END + days[1]), pytest.raises(WrongState, match="возражение остаётся"):
        decisions.answer_objection(actor=made.chair, objection=objection, stands=False, answer="Нет")


def test_a_secret_voice_is_given_once_and_nothing_ties_it_to_whoever_gave_it(made):
    vote = makers.announced(made, options=["Анна", "Борис"], is_secret=True)
    makers.cast(made, vote, 0, "1")
    makers.cast(made, vote, 1, "2")
    makers.cast(made, vote, 2, "1")
    with pytest.raises(VotedAlready):
        makers.cast(made, vote, 0, "2")
    assert not Ballot.objects.exists()
    assert {f.name for f in Voted._meta.concrete_fields} == {"id", "voter"}
    assert {f.name for f in SecretCount._meta.concrete_fields} == {"id", "vote", "choice", "n"}
    with connection.cursor() as cursor:  # every count was written by the same transaction: none is younger
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM decisions_secretcount WHERE vote_id = %s", [vote.pk])
        assert cursor.fetchone() == (1,)
    assert count_of(vote).cast == 3 and not count_of(vote).choices
    with clock.travel(AFTER):
        assert (count_of(vote).outcome, count_of(vote).winner) == (VoteOutcome.ADOPTED, "1")


def test_by_sql_too_secret_voices_are_as_many_as_people_who_gave_one(made):
    vote = makers.announced(made, options=["Анна", "Борис"], is_secret=True)
    makers.cast(made, vote, 0, "1")
    with pytest.raises(IntegrityError, match="as many voices"), transaction.atomic():
        SecretCount.objects.filter(vote=vote, choice="2").update(n=5)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="not in its time"):
        sql(_BALLOT, makers.voice(made, vote, 1).pk, "1", clock.now())


def test_only_elections_are_secret(made):
    with pytest.raises(Exception, match=r"secret|Тайн|тайн"):
        makers.announced(made, is_secret=True)


def test_an_election_between_equals_elects_nobody(made):
    vote = makers.announced(made, options=["Анна", "Борис"])
    makers.cast(made, vote, 0, "1")
    makers.cast(made, vote, 1, "2")
    assert outcome(vote) == VoteOutcome.REJECTED


def test_a_voice_is_asked_in_time_whatever_else_was_written_that_month(made):
    """Six letters of upkeep within a month are all that there are: the one about a vote left after its end."""
    manager = made.managers[1]
    (post,) = correspondents_for(made.houses[1]).filter(user=manager)
    for number in range(MONTHLY_LIMIT):
        made_up = enqueue(kind="decision_given", to=post, dedupe_key=f"before:{number}")
        Message.objects.filter(pk=made_up.pk).update(
            state="sent", claimed_at=clock.now(), sent_at=clock.now(), attempts=1
        )
    vote = makers.announced(made)
    dispatch()
    assert Message.objects.get(kind=kinds.VOTE_ANNOUNCED, correspondent=post).state == "sent"
    assert vote.closes_at > clock.now()


def test_letters_of_the_release_before_that_were_put_off_leave_after_the_upgrade(made):
    makers.announced(made)
    rows = Message.objects.filter(kind=kinds.VOTE_ANNOUNCED).order_by("pk")
    later = clock.now() + dt.timedelta(days=40)
    rows.update(lane="upkeep", not_before=later)
    gone, other = rows[0], rows[1]
    Message.objects.filter(pk=gone.pk).update(state="cancelled")
    Message.objects.filter(pk=other.pk).update(kind=kinds.VOTE_OVER)
    importlib.import_module("network.decisions.migrations.0005_asked_in_time").ask_in_time(apps, None)
    told = {row.pk: (row.lane, row.not_before <= clock.now()) for row in Message.objects.all()}
    assert (told.pop(gone.pk), told.pop(other.pk)) == (("upkeep", False), ("upkeep", False))
    assert told and set(told.values()) == {("work", True)}


def test_letters_at_the_beginning_near_the_end_to_the_silent_and_after_it_once_each(made):
    vote = makers.announced(made)
    makers.cast(made, vote, 0, "for")
    with clock.travel(vote.closes_at - dt.timedelta(days=1)):
        rounds.run()
        rounds.run()
    with clock.travel(AFTER):
        rounds.run()
        rounds.run()
    sent = [message.kind for message in Message.objects.filter(kind__startswith="vote")]
    assert {kind: sent.count(kind) for kind in sent} == {"vote_announced": 4, "vote_ends_soon": 3, "vote_over": 4}


def test_only_those_who_keep_the_body_prepare_and_announce(made):
    with pytest.raises(NotAllowed):
        decisions.draft_vote(actor=made.managers[1], body=made.assembly, question="?", closes_at=makers.END)
    draft = decisions.draft_vote(actor=made.chair, body=made.assembly, question="?", closes_at=makers.END)
    assert not Vote.objects.visible_to(made.managers[1]).filter(pk=draft.pk).exists()
    assert Vote.objects.visible_to(made.chair).filter(pk=draft.pk).exists()
    with pytest.raises(NotAllowed):
        decisions.announce(actor=made.managers[1], vote=draft)
