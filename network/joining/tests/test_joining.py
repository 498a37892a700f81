"""From a draft to a member, and every other end; what the database refuses is tried by SQL."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from messaging.models import Message
from network.decisions import rounds as decisions_rounds
from network.decisions.counting import VoteOutcome, count_of
from network.decisions.models import Vote
from network.decisions.tests.makers import NOW, network
from network.joining import kinds, rounds
from network.joining import services as joining
from network.joining.forgetting import forget_applications
from network.joining.models import Application, ApplicationCheck, OnboardingItem, StandingChange
from network.joining.stages import told_of
from network.joining.tests import makers
from organizations.models import Invitation, MembershipRole
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    with clock.travel(NOW):
        yield network()


def sql(text, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)


# long: the whole way
def test_the_whole_way_from_a_letter_to_a_voice_of_ones_own(made):
    call = makers.call()
    row = joining.begin(call=call, email=" Hello@Newcomer.Example ", language="ru")
    assert row.email == makers.ADDRESS and joining.find(makers.token_of_last_letter()) == row
    again = joining.begin(call=call, email=makers.ADDRESS, language="ru")
    assert again == row and Application.objects.count() == 1

    with pytest.raises(HouseError):
        joining.send(application=row, fields=makers.said(made, about=""))
    row = joining.send(application=row, fields=makers.said(made))
    assert (row.organization.member_status, row.organization.name) == ("applicant", "Тихий берег")
    assert Message.objects.filter(kind=kinds.APPLICATION_CAME).exists()

    row = makers.checked(made, row, "concern")
    question = joining.ask(actor=made.administrator, application=row, text="Кто ваш юрист?")
    with pytest.raises(WrongState):
        joining.put_to_vote(actor=made.administrator, application=row)
    joining.answer_question(application=row, text="Лия")
    question.refresh_from_db()
    assert question.answer == "Лия"

    row = makers.voted(made, row, "for", "for", "against")
    assert not row.vote.voters.filter(organization=row.organization).exists()
    assert (row.vote.quorum, row.vote.threshold, row.vote.prolongs) == ("third", "two_thirds", True)
    with makers.over(row):
        rounds.run_daily()
        assert Message.objects.filter(kind=kinds.APPLICATION_VOTED).exists()
        row = joining.accept(actor=made.administrator, application=row, mentor=made.houses[2], answer="Рады вам")
        assert row.decision.vote == row.vote and Invitation.objects.get().email == makers.ADDRESS
        assert "/invitation/" in mail.outbox[-1].body
        people = makers.settled(made, row)
        assert all(item.is_done for item in joining.items_of(row)), joining.items_of(row)
        with pytest.raises(NotAllowed):
            joining.complete(actor=people[0], application=row)
        row = joining.complete(actor=made.managers[2], application=row)
        row.organization.refresh_from_db()
        assert (row.state, row.organization.member_status, row.due_at) == ("member", "member", None)
        last = StandingChange.objects.get()
        assert (last.was, last.becomes, last.decision) == ("applicant", "member", row.decision)


def test_every_state_says_what_is_next_and_until_when_and_ends_by_the_clock(made):
    row = makers.sent(made)
    assert "21 октября" in told_of(row).next
    row = joining.take_up(actor=made.administrator, application=row)
    joining.ask(actor=made.administrator, application=row, text="Кто ваш юрист?")
    row.refresh_from_db()
    with clock.travel(row.due_at + dt.timedelta(minutes=1)):  # nobody has run anything
        assert row.is_ended and not Application.objects.under_way().exists()
        with pytest.raises(WrongState):
            joining.answer_question(application=row, text="Поздно")
        before = len(mail.outbox)
        rounds.run_often()
        rounds.run_often()
        row.refresh_from_db()
        row.organization.refresh_from_db()
        assert (row.state, row.organization.member_status, len(mail.outbox) - before) == ("closed", "external", 1)
    with pytest.raises(IntegrityError, match="next_day"):
        sql("UPDATE joining_application SET due_at = now() WHERE id = %s", row.pk)


def test_drafts_are_deleted_and_a_year_later_words_are_forgotten(made):
    call = makers.call()
    unopened = joining.begin(call=call, email="other@newcomer.example", language="ru")
    kept = joining.begin(call=call, email=makers.ADDRESS, language="ru")
    joining.save_draft(application=kept, fields={"name": "Берег"})
    with clock.travel(NOW + dt.timedelta(days=4)):
        assert forget_applications() == 1 and not Application.objects.filter(pk=unopened.pk).exists()
    with clock.travel(NOW + dt.timedelta(days=61)):
        assert forget_applications() == 1 and not Application.objects.exists()
    row = joining.begin(call=call, email=makers.ADDRESS, language="ru")
    row = joining.send(application=row, fields=makers.said(made))
    joining.withdraw(application=row)
    with clock.travel(NOW + dt.timedelta(days=366)):
        assert (forget_applications(), forget_applications()) == (1, 0)
    row.refresh_from_db()
    assert (row.email, row.about, row.answers, row.declared_by, row.name) == ("", "", [], "", "Тихий берег")


_CHECK = (
    "INSERT INTO joining_applicationcheck (public_id, version, created_at, updated_at, application_id, kind, outcome,"
    " note, organization_id, checked_by_id, checked_at) VALUES (%s, 1, now(), now(), %s, %s, 'ok', '', %s, %s, now())"
)


def test_a_newcomer_checks_nobody_for_half_a_year(made):
    row = joining.take_up(actor=made.administrator, application=makers.sent(made))
    house, actor = made.houses[3], made.managers[3]
    house.joined_on = clock.today() - dt.timedelta(days=179)
    house.save(update_fields=["joined_on"])
    with pytest.raises(NotAllowed):
        joining.check(actor=actor, application=row, kind="exists", outcome="ok")
    with clock.travel(NOW + dt.timedelta(days=2)):
        assert joining.check(actor=actor, application=row, kind="exists", outcome="ok").organization == house


def test_nobody_checks_their_own_organisation_neither_by_the_service_nor_by_sql(made):
    row = joining.take_up(actor=made.administrator, application=makers.sent(made))
    own = scenarios.person(row.organization, MembershipRole.MANAGER)
    with pytest.raises(NotAllowed):
        joining.check(actor=own, application=row, kind="exists", outcome="ok")
    with pytest.raises(NotAllowed):  # a referee vouches, and does not judge what referees say
        joining.check(actor=made.managers[0], application=row, kind="referees", outcome="ok")
    with pytest.raises(NotAllowed):
        joining.check(actor=made.managers[2], application=row, kind="sanctions", outcome="ok")
    for kind, house, person in (
        ("exists", row.organization_id, made.managers[2].pk),
        ("exists", made.houses[2].pk, own.pk),
        ("referees", made.houses[0].pk, made.managers[0].pk),
    ):
        with pytest.raises(IntegrityError, match="their own organisation"):
            sql(_CHECK, f"{kind[:4]}{house}", row.pk, kind, house, person)
    assert not ApplicationCheck.objects.exists()


def test_notes_on_money_are_for_administrators_and_those_on_safety_for_the_council_too(made):
    row = makers.checked(made, makers.sent(made))
    rows = ApplicationCheck.objects.all()
    for user, sits, hidden in (
        (made.managers[3], False, {"sanctions", "safety"}),
        (made.managers[1], True, {"sanctions"}),
        (made.administrator, False, set()),
    ):
        read = set(rows.with_notes_for(user, sits_in_council=sits).values_list("kind", flat=True))
        assert {"sanctions", "safety"} - read == hidden
    assert row.checks.count() == 6


def test_a_vote_without_its_quorum_runs_on_once_and_nobody_reads_it_meanwhile(made):
    row = makers.voted(made, makers.checked(made, makers.sent(made)), "for")
    assert count_of(row.vote).needed == 2
    with makers.over(row):
        told = count_of(Vote.objects.get(pk=row.vote_id))
        assert told.outcome == VoteOutcome.PAUSED and not told.choices
        with pytest.raises(WrongState):
            joining.decline(actor=made.administrator, application=row, answer="Мало голосов")
        decisions_rounds.run()
        decisions_rounds.run()
        row.vote.refresh_from_db()
        assert row.vote.is_running and row.vote.closes_at - row.vote.prolonged_at == dt.timedelta(days=7)
    with makers.over(row):
        decisions_rounds.run()
        assert count_of(Vote.objects.get(pk=row.vote_id)).outcome == VoteOutcome.NO_QUORUM
        with pytest.raises(IntegrityError, match="stays as it is"):
            sql(
                "UPDATE decisions_vote SET prolonged_at = %s, closes_at = %s WHERE id = %s",
                timezone.now(),
                timezone.now() + dt.timedelta(days=7),
                row.vote_id,
            )
        again = joining.put_to_vote(actor=made.administrator, application=row)
        assert again.vote_id != row.vote_id
        row.refresh_from_db()
        assert row.vote_id == again.vote_id


def test_a_no_is_told_in_words_and_the_training_is_said_by_whoever_goes_along(made):
    row = makers.voted(made, makers.checked(made, makers.sent(made)), "for", "against", "against")
    with makers.over(row):
        with pytest.raises(HouseError):
            joining.accept(actor=made.administrator, application=row, mentor=made.houses[2])
        with pytest.raises(HouseError):
            joining.decline(actor=made.administrator, application=row, answer=" ")
        with pytest.raises(NotAllowed):
            joining.decline(actor=made.managers[0], application=row, answer="Нет")
        joining.decline(actor=made.administrator, application=row, answer="Пока не готовы: нет правил о тайне")
        row.refresh_from_db()
        assert "нет правил о тайне" in row.answer and "нет правил" not in mail.outbox[-1].body
        own = scenarios.person(row.organization, MembershipRole.MANAGER)
        with pytest.raises(IntegrityError, match="goes along"), transaction.atomic():
            OnboardingItem.objects.create(application=row, code="training", done_by=own)
