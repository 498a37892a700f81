"""How somebody becomes a volunteer: the letter, the training, and who cannot."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from core import clock
from core.errors import HouseError, NotAllowed
from network.learning import services as learning
from network.learning.tests.makers import School
from network.volunteering.rights import working_of
from network.volunteering.tests.makers import Help, certified, volunteer
from organizations import volunteers
from organizations.invitations import accept_invitation, invite, revoke_invitation
from organizations.models import Membership, MembershipRole, Volunteering
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
TODAY = dt.datetime(2026, 10, 7, 9, tzinfo=dt.UTC)


@pytest.fixture
def help():
    with clock.travel(TODAY):
        yield Help()


class TestInvitations:
    def invited(self, help: Help, email: str = "anna@example.org") -> tuple[Volunteering, str]:
        today = clock.today()
        invitation, token = volunteers.invite_volunteer(
            actor=help.manager, organization=help.house, email=email, language="ru", colleague=help.boss,
            starts_on=today, ends_on=today + dt.timedelta(days=30),
        )  # fmt: skip
        return Volunteering.objects.get(invitation=invitation), token

    def test_from_the_letter_to_the_training_to_the_first_proposal(self, help):
        row, token = self.invited(help)
        anna = User.objects.create_user("anna@example.org", "long enough 1")
        accept_invitation(token=token, user=anna)
        row.refresh_from_db()
        assert row.user == anna
        assert working_of(anna) is None  # the training is missing
        school = School()
        training = school.training(topics=["confidentiality"])
        asked = learning.ask(actor=help.manager, training=training, organization=help.house, person=anna)
        learning.invite(actor=school.teacher, training=training, enrolment=asked)
        asked.refresh_from_db()
        learning.accept(actor=help.manager, enrolment=asked)
        asked.refresh_from_db()
        school.held(training, asked)
        with clock.travel(training.ends_at + dt.timedelta(hours=2)):
            assert working_of(anna) == row

    def test_the_colleague_is_of_the_house_and_writes(self, help):
        today = clock.today()
        for colleague in (help.owner, scenarios.person(help.house, MembershipRole.READER)):
            with pytest.raises(HouseError):
                volunteers.invite_volunteer(
                    actor=help.manager, organization=help.house, email="x@example.org", language="ru",
                    colleague=colleague, starts_on=today, ends_on=today,
                )  # fmt: skip

    def test_a_member_cannot_accept_and_a_second_house_waits(self, help):
        _row, token = self.invited(help, help.owner.email)
        with pytest.raises(NotAllowed):
            accept_invitation(token=token, user=help.owner)
        other = volunteer(help.neighbours, help.owner)
        _row, token = self.invited(help, other.user.email)
        with pytest.raises(NotAllowed):
            accept_invitation(token=token, user=other.user)
        volunteers.end(actor=None, volunteering=other)
        accept_invitation(token=token, user=other.user)
        assert working_of(other.user).organization == help.house

    def test_taken_back_it_lets_nobody_in(self, help):
        row, _token = self.invited(help)
        revoke_invitation(actor=help.manager, invitation=row.invitation)
        row.refresh_from_db()
        assert row.ended_at

    @pytest.mark.parametrize("role", [None, MembershipRole.READER])
    def test_whose_colleague_has_left_meanwhile_waits_for_another_one(self, help, role):
        row, token = self.invited(help)
        help.leaves(help.boss)
        if role:
            Membership.objects.create(user=help.boss, organization=help.house, role=role)
        anna = User.objects.create_user("anna@example.org", "long enough 1")
        certified(anna)
        accept_invitation(token=token, user=anna)
        row.refresh_from_db()
        assert (row.user, row.colleague, working_of(anna)) == (anna, None, None)
        volunteers.hand_over(actor=help.manager, volunteering=row, colleague=help.manager)
        assert working_of(anna) == row

    def test_the_next_colleague_can_be_chosen_before_they_come(self, help):
        row, token = self.invited(help)
        help.leaves(help.boss)
        volunteers.hand_over(actor=help.manager, volunteering=row, colleague=help.manager)
        anna = User.objects.create_user("anna@example.org", "long enough 1")
        accept_invitation(token=token, user=anna)
        row.refresh_from_db()
        assert row.colleague == help.manager

    def test_invited_to_the_team_instead_they_are_no_volunteer(self, help):
        row, _token = self.invited(help)
        with clock.travel(TODAY + dt.timedelta(days=10)):
            invitation, token = invite(
                actor=help.manager, organization=help.house, email="anna@example.org", role=MembershipRole.READER
            )
            row.refresh_from_db()
            assert row.invitation == invitation and row.ended_at
            accept_invitation(token=token, user=User.objects.create_user("anna@example.org", "long enough 1"))
        assert not Volunteering.objects.open().filter(organization=help.house).exclude(pk=help.row.pk).exists()
