"""Volunteers: who may propose when, what a colleague makes of it, and what the database refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from messaging.models import Message
from network.countries.models import CountryFact
from network.learning.models import Certificate
from network.volunteering import services as volunteering
from network.volunteering.forgetting import forget_volunteers
from network.volunteering.models import OPEN_AT_MOST, VolunteerProposal
from network.volunteering.rights import working_of
from network.volunteering.tests.makers import Help, certified
from organizations import volunteers
from organizations.models import Membership, MembershipRole, Organization, Volunteering
from organizations.models.organization import is_network_person
from verification import services as verification
from verification.models import Check, Level, Proposal
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
TODAY = dt.datetime(2026, 10, 7, 9, tzinfo=dt.UTC)
FACT = {"country": "GE", "topic": "art", "answer": "yes", "said": "Выдают без документов.", "source_title": "Приказ"}


@pytest.fixture(autouse=True)
def _on_the_day():
    with clock.travel(TODAY):
        yield


@pytest.fixture
def help() -> Help:
    return Help()


def called(help: Help, **said: object) -> VolunteerProposal:
    about = {"listing": help.service.public_id, "method": "call", "outcome": "correct"} | said
    return volunteering.propose_check(actor=help.user, **about)


class TestWhoMayPropose:
    def test_they_are_nobody_of_the_network(self, help):
        assert working_of(help.user) == help.row
        assert not is_network_person(help.user)
        assert not Organization.objects.visible_to(help.user).exists()

    @pytest.mark.parametrize("days", [-2, 91])
    def test_before_the_first_day_and_after_the_last_one_they_may_not(self, help, days):
        with clock.travel(TODAY + dt.timedelta(days=days)):
            assert working_of(help.user) is None
            with pytest.raises(NotAllowed):
                called(help)

    def test_a_certificate_that_ends_ends_it(self, help):
        Certificate.objects.update(valid_until=TODAY.date())
        assert working_of(help.user) == help.row
        with clock.travel(TODAY + dt.timedelta(days=1)):
            assert working_of(help.user) is None

    def test_another_topic_is_not_the_one(self):
        help = Help(trained=False)
        certified(help.user, topic="naloxone")
        assert working_of(help.user) is None

    def test_a_colleague_who_leaves_or_writes_no_more_ends_it(self, help):
        Membership.objects.filter(user=help.boss).update(role=MembershipRole.READER)
        assert working_of(help.user) is None
        Membership.objects.filter(user=help.boss).update(role=MembershipRole.EDITOR)
        assert working_of(help.user) == help.row
        help.leaves(help.boss)
        assert working_of(help.user) is None

    def test_an_account_that_is_closed_and_a_suspended_house_end_it(self, help):
        User.objects.filter(pk=help.boss.pk).update(is_active=False)
        assert working_of(help.user) is None
        User.objects.filter(pk=help.boss.pk).update(is_active=True)
        Organization.objects.filter(pk=help.house.pk).update(member_status="left")
        assert working_of(help.user) is None

    def test_whoever_becomes_a_member_is_a_volunteer_no_more(self, help):
        Membership.objects.create(user=help.user, organization=help.neighbours, role=MembershipRole.READER)
        assert working_of(help.user) is None

    def test_ended_by_a_press_and_prolonged_by_one(self, help):
        with clock.travel(TODAY + dt.timedelta(days=100)):
            ends_on = clock.today() + dt.timedelta(days=60)
            volunteers.prolong(actor=help.manager, volunteering=help.row, ends_on=ends_on)
            assert working_of(help.user) is not None
            volunteers.end(actor=help.manager, volunteering=help.row)
            assert working_of(help.user) is None
            with pytest.raises(WrongState):
                volunteers.prolong(actor=help.manager, volunteering=help.row, ends_on=ends_on)

    def test_only_a_manager_prolongs_and_half_a_year_at_the_most(self, help):
        ahead = clock.today() + dt.timedelta(days=30)
        for actor in (help.boss, help.user, help.owner):
            with pytest.raises(NotAllowed):
                volunteers.prolong(actor=actor, volunteering=help.row, ends_on=ahead)
        with pytest.raises(ValidationError):
            volunteers.prolong(
                actor=help.manager, volunteering=help.row, ends_on=clock.today() + dt.timedelta(days=185)
            )

    def test_handed_over_the_other_colleague_answers(self, help):
        proposal = called(help)
        other = scenarios.verifier(help.house)
        volunteers.hand_over(actor=help.manager, volunteering=help.row, colleague=other)
        with pytest.raises(NotAllowed):
            volunteering.accept(actor=help.boss, proposal=proposal)
        assert volunteering.accept(actor=other, proposal=proposal).check_made.checked_by == other


class TestChecks:
    def test_a_check_is_the_colleagues_and_not_before(self, help):
        proposal = called(help, compared=["contacts", "service.cost", "nonsense"], said="Ответили сразу")
        assert proposal.compared == ["contacts", "service.cost"]
        assert not Check.objects.filter(listing=help.service, level__gt=Level.OWNER).exclude(method="").filter(
            checked_by=help.user
        )  # fmt: skip
        made = volunteering.accept(actor=help.boss, proposal=proposal).check_made
        assert (made.checked_by, made.organization, made.level) == (help.boss, help.house, Level.REMOTE)
        assert made.critical_fields == ["contacts", "service.cost"]

    def test_what_is_different_goes_to_the_owner(self, help):
        proposal = called(help, outcome="wrong", said="Теперь до шести")
        volunteering.accept(actor=help.boss, proposal=proposal)
        assert Proposal.objects.open().filter(listing=help.service, said="Теперь до шести").count() == 1

    def test_what_was_different_at_the_door_goes_to_the_owner_too(self, help):
        proposal = called(help, method="visit", outcome="wrong", said="Дверь закрыта")
        row = volunteering.accept(actor=help.boss, proposal=proposal)
        assert row.check_made.outcome == "wrong"
        assert (row.passed_on.organization, row.passed_on.said) == (help.house, "Дверь закрыта")

    def test_never_of_the_house_itself(self, help):
        own = scenarios.published(scenarios.place(help.house), title="Наше")
        with pytest.raises(NotAllowed):
            called(help, listing=own.public_id)
        edit = volunteering.propose_edit(actor=help.user, listing=own.public_id, path="contacts", said="Новый телефон")
        assert volunteering.accept(actor=help.boss, proposal=edit).passed_on.path == "contacts"

    def test_not_where_the_colleague_may_check_nothing(self, help):
        volunteers.hand_over(actor=help.manager, volunteering=help.row, colleague=scenarios.person(help.house))
        with pytest.raises(NotAllowed):
            called(help)

    def test_not_of_what_only_members_see(self, help):
        hidden = scenarios.published(scenarios.place(help.neighbours), title="Для членов", visibility="members")
        with pytest.raises(NotAllowed):
            called(help, listing=hidden.public_id)
        with pytest.raises(NotAllowed):
            volunteering.propose_edit(actor=help.user, listing=hidden.public_id, path="", said="Слышала о них")

    def test_not_by_papers_nor_in_the_owners_name(self, help):
        for method in ("documents", "workspace", "link", ""):
            with pytest.raises(ValidationError):
                called(help, method=method)

    def test_once_at_a_time(self, help):
        called(help)
        with pytest.raises(ValidationError):
            called(help)

    def test_what_was_changed_since_is_looked_at_again(self, help):
        proposal = called(help)
        scenarios.rename(help.service, title="Другое")
        review = verification.submit(listing=help.service, actor=None)
        verification.approve(review=review, actor=scenarios.verifier())
        with pytest.raises(WrongState):
            volunteering.accept(actor=help.boss, proposal=proposal)
        proposal.refresh_from_db()
        assert proposal.state == "open"

    def test_a_member_of_the_owner_cannot_accept(self, help):
        """The rule of two houses counts the colleague, whoever brought it."""
        proposal = called(help)
        Membership.objects.create(user=help.boss, organization=help.neighbours, role=MembershipRole.READER)
        with pytest.raises(NotAllowed):
            volunteering.accept(actor=help.boss, proposal=proposal)


class TestFacts:
    def test_a_fact_is_a_draft_of_the_colleague(self, help):
        proposal = volunteering.propose_fact(actor=help.user, **FACT)
        assert not CountryFact.objects.exists()
        fact = volunteering.accept(actor=help.boss, proposal=proposal).fact
        assert (fact.author, fact.organization, fact.state) == (help.boss, help.house, "draft")
        assert fact.visibility == "public"

    def test_what_only_members_know_is_no_topic_for_them(self, help):
        with pytest.raises(ValidationError):
            volunteering.propose_fact(actor=help.user, **FACT | {"topic": "undesirable"})

    def test_without_a_source_it_is_refused(self, help):
        with pytest.raises((ValidationError, IntegrityError)):
            volunteering.propose_fact(actor=help.user, **FACT | {"source_title": " "})


class TestAnswers:
    def test_a_refusal_says_why(self, help):
        proposal = called(help)
        with pytest.raises(ValidationError):
            volunteering.decline(actor=help.boss, proposal=proposal, reason=" ")
        assert volunteering.decline(actor=help.boss, proposal=proposal, reason="Позвоните днём").state == "declined"
        with pytest.raises(WrongState):
            volunteering.accept(actor=help.boss, proposal=proposal)

    def test_nobody_else_answers(self, help):
        proposal = called(help)
        for actor in (help.user, help.manager, help.owner, scenarios.coordinator()):
            for press in (
                lambda actor=actor: volunteering.accept(actor=actor, proposal=proposal),
                lambda actor=actor: volunteering.decline(actor=actor, proposal=proposal, reason="Нет"),
            ):
                with pytest.raises(NotAllowed):
                    press()

    def test_taken_back_by_whoever_brought_it(self, help):
        proposal = called(help)
        with pytest.raises(NotAllowed):
            volunteering.take_back(actor=help.boss, proposal=proposal)
        assert volunteering.take_back(actor=help.user, proposal=proposal).state == "taken_back"

    def test_twenty_at_a_time(self, help):
        for number in range(OPEN_AT_MOST):
            volunteering.propose_edit(
                actor=help.user, listing=help.service.public_id, path="", said=f"Перемена {number}"
            )
        with pytest.raises(HouseError) as refusal:
            called(help)
        assert refusal.value.code == "enough"

    def test_one_letter_a_day_to_the_colleague_and_to_nobody_else(self, help):
        called(help)
        volunteering.propose_fact(actor=help.user, **FACT)
        rows = Message.objects.filter(kind="volunteer_brought")
        assert [row.correspondent.user for row in rows] == [help.boss]

    def test_a_year_later_words_and_names_are_gone_and_the_check_stays(self, help):
        made = volunteering.accept(actor=help.boss, proposal=called(help)).check_made
        with clock.travel(TODAY + dt.timedelta(days=300)):
            assert forget_volunteers() == 0
        with clock.travel(TODAY + dt.timedelta(days=460)):
            assert forget_volunteers() == 2
        assert not Volunteering.objects.exists()
        assert Check.objects.filter(pk=made.pk).exists()


def refused(sql: str, *values: object) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except IntegrityError:
        return True
    return False


class TestByTheDatabase:
    """What no screen may do, by hand."""

    def test_an_answer_is_the_colleagues(self, help):
        row = called(help)
        sql = (
            "UPDATE volunteering_volunteerproposal SET state = %s, answered_at = now(), reason = 'x', answered_by_id ="
            " %s WHERE id = %s"
        )
        for actor in (help.user, help.manager, help.owner):
            assert refused(sql, "accepted", actor.pk, row.pk)
        assert refused(sql, "accepted", None, row.pk)
        assert not refused(sql, "declined", help.boss.pk, row.pk)
        assert refused(sql, "accepted", help.boss.pk, row.pk)

    def test_nobody_answers_for_themselves_nor_from_outside(self, help):
        sql = "UPDATE organizations_volunteering SET colleague_id = %s WHERE id = %s"
        for person in (help.user, help.owner, scenarios.person(help.house, MembershipRole.READER)):
            assert refused(sql, person.pk, help.row.pk)
        assert not refused(sql, help.manager.pk, help.row.pk)

    def test_no_member_is_a_volunteer_and_nobody_longer_than_half_a_year(self, help):
        assert refused("UPDATE organizations_volunteering SET user_id = %s WHERE id = %s", help.owner.pk, help.row.pk)
        sql = "UPDATE organizations_volunteering SET ends_on = agreed_on + %s WHERE id = %s"
        assert refused(sql, 185, help.row.pk)
        assert not refused(sql, 184, help.row.pk)

    def test_no_proposal_outside_of_the_days(self, help):
        row = called(help)
        copy = (
            "INSERT INTO volunteering_volunteerproposal (public_id, version, created_at, updated_at, volunteering_id,"
            " kind, said_at, said, listing_id, method, outcome, compared, path, country, topic, answer, source_title,"
            " source_link, source_language, state, reason) SELECT %s, 1, now(), now(), volunteering_id, 'edit', %s,"
            " 'x', listing_id, '', '', '{}', '', '', '', '', '', '', '', 'open', '' FROM volunteering_volunteerproposal"
            " WHERE id = %s"
        )
        assert refused(copy, "aaaaaaaaaa", TODAY + dt.timedelta(days=91), row.pk)
        assert not refused(copy, "bbbbbbbbbb", TODAY, row.pk)
