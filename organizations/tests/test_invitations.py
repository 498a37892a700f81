"""Invitations let one person in, once, for three days."""

import datetime as dt

import pytest

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from organizations.invitations import (
    InvitationClosed,
    accept_invitation,
    find_invitation,
    invite,
    renew_invitation,
    revoke_invitation,
)
from organizations.models import Invitation, Membership, Organization
from organizations.models.membership import INVITATION_HOURS
from organizations.tests.makers import make_organization, make_user

pytestmark = pytest.mark.django_db
DAY = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
ADDRESS = "new@example.org"


@pytest.fixture(autouse=True)
def in_may():
    with clock.travel(DAY):
        yield


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def manager(organization):
    return make_user(organization, role="manager")


@pytest.fixture
def sent(organization, manager):
    """An open invitation and the token of its letter."""
    return invite(actor=manager, organization=organization, email=ADDRESS, role="editor")


def why_closed(token):
    with pytest.raises(InvitationClosed) as caught:
        find_invitation(token=token)
    return caught.value.code


class TestWhoInvites:
    @pytest.mark.parametrize("role", ["reader", "editor"])
    def test_not_whoever_does_not_manage(self, organization, role):
        with pytest.raises(NotAllowed):
            invite(actor=make_user(organization, role=role), organization=organization, email=ADDRESS, role="reader")

    def test_not_a_manager_of_another_organization(self, organization):
        stranger = make_user(make_organization(), role="manager")
        with pytest.raises(NotAllowed):
            invite(actor=stranger, organization=organization, email=ADDRESS, role="reader")
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize("status", ["suspended", "left"])
    def test_not_into_an_organization_that_does_not_take_part(self, organization, manager, status):
        Organization.objects.update(member_status=status)
        with pytest.raises(WrongState):
            invite(actor=manager, organization=organization, email=ADDRESS, role="reader")

    def test_a_manager_who_was_removed_neither_renews_nor_revokes(self, manager, sent):
        manager.memberships.all().delete()
        for act in (renew_invitation, revoke_invitation):
            with pytest.raises(NotAllowed):
                act(actor=manager, invitation=sent[0])


class TestTheLetter:
    @pytest.mark.parametrize("address", ["", "no address", "a@b", "x" * 300 + "@example.org"])
    def test_goes_to_an_address(self, organization, manager, address):
        with pytest.raises(HouseError) as caught:
            invite(actor=manager, organization=organization, email=address, role="reader")
        assert caught.value.field == "email"

    def test_gives_a_role_that_there_is(self, organization, manager):
        with pytest.raises(HouseError) as caught:
            invite(actor=manager, organization=organization, email=ADDRESS, role="owner")
        assert caught.value.field == "role"

    def test_is_not_written_to_somebody_who_is_there(self, organization, manager):
        make_user(organization, email=ADDRESS)
        with pytest.raises(HouseError) as caught:
            invite(actor=manager, organization=organization, email=" NEW@example.org ", role="reader")
        assert caught.value.field == "email"

    def test_is_not_written_twice_while_the_first_is_open(self, organization, manager, sent):
        with pytest.raises(HouseError) as caught:
            invite(actor=manager, organization=organization, email=ADDRESS.upper(), role="reader")
        assert caught.value.field == "email"
        assert Invitation.objects.get().role == "editor"

    def test_holds_the_token_alone(self, sent):
        invitation, token = sent
        assert token not in str(Invitation.objects.values().get())
        assert find_invitation(token=token) == invitation

    def test_leaves_no_token_in_the_audit(self, sent):
        event = Invitation.pgh_event_model.objects.values().first()
        assert "token_hash" not in event and sent[0].token_hash not in str(event)


class TestTime:
    def test_it_works_until_its_last_moment(self, sent):
        with clock.travel(DAY + dt.timedelta(hours=INVITATION_HOURS, seconds=-1)):
            assert find_invitation(token=sent[1])
        with clock.travel(DAY + dt.timedelta(hours=INVITATION_HOURS)):
            assert why_closed(sent[1]) == "expired"

    def test_an_expired_one_is_renewed_when_the_person_is_invited_again(self, organization, manager, sent):
        with clock.travel(DAY + dt.timedelta(days=20)):
            again, token = invite(
                actor=manager, organization=organization, email=ADDRESS, role="manager", language="en"
            )
            assert (again.pk, again.role, again.language) == (sent[0].pk, "manager", "en")
            assert find_invitation(token=token).expires_at == clock.now() + dt.timedelta(hours=INVITATION_HOURS)
            assert why_closed(sent[1]) == "unknown"

    def test_a_renewed_one_has_a_new_link_and_three_more_days(self, manager, sent):
        with clock.travel(DAY + dt.timedelta(days=2)):
            invitation, token = renew_invitation(actor=manager, invitation=sent[0])
        assert why_closed(sent[1]) == "unknown"
        with clock.travel(DAY + dt.timedelta(days=4)):
            assert find_invitation(token=token) == invitation


class TestComingIn:
    def test_once_with_the_role_of_the_letter(self, organization, sent):
        user = make_user(email=ADDRESS)
        membership = accept_invitation(token=sent[1], user=user)
        assert (membership.organization, membership.role) == (organization, "editor")
        invitation = Invitation.objects.get()
        assert (invitation.accepted_at, invitation.accepted_by) == (DAY, user)
        with pytest.raises(InvitationClosed) as caught:
            accept_invitation(token=sent[1], user=user)
        assert caught.value.code == "accepted"

    def test_not_somebody_else_who_found_the_link(self, sent):
        with pytest.raises(NotAllowed) as caught:
            accept_invitation(token=sent[1], user=make_user(email="thief@example.org"))
        assert caught.value.code == "other_person"
        assert not Membership.objects.filter(user__email="thief@example.org").exists()
        assert find_invitation(token=sent[1]), "the link still works for the one whom it was sent to"

    def test_not_with_a_closed_account(self, sent):
        with pytest.raises(NotAllowed):
            accept_invitation(token=sent[1], user=make_user(email=ADDRESS, is_active=False))

    @pytest.mark.parametrize(("has", "keeps"), [("reader", "editor"), ("editor", "editor"), ("manager", "manager")])
    def test_a_role_is_raised_and_never_lowered(self, organization, sent, has, keeps):
        user = make_user(organization, email=ADDRESS, role=has)
        assert accept_invitation(token=sent[1], user=user).role == keeps
        assert user.memberships.get().role == keeps

    def test_not_into_an_organization_that_was_suspended_meanwhile(self, sent):
        Organization.objects.update(member_status="suspended")
        assert why_closed(sent[1]) == "revoked"

    @pytest.mark.parametrize("token", ["", "x", "0" * 64])
    def test_not_with_a_guess(self, sent, token):
        assert why_closed(token) == "unknown"

    def test_not_with_the_hash_of_the_token(self, sent):
        """Whoever reads the database does not come in."""
        assert why_closed(sent[0].token_hash) == "unknown"


class TestTakingBack:
    def test_a_revoked_one_lets_nobody_in(self, manager, sent):
        revoked = revoke_invitation(actor=manager, invitation=sent[0])
        assert (revoked.revoked_at, revoked.version) == (DAY, 2)
        assert why_closed(sent[1]) == "revoked"
        with pytest.raises(WrongState):
            renew_invitation(actor=manager, invitation=sent[0])

    def test_an_accepted_one_is_beyond_recall(self, manager, sent):
        accept_invitation(token=sent[1], user=make_user(email=ADDRESS))
        for act in (renew_invitation, revoke_invitation):
            with pytest.raises(WrongState):
                act(actor=manager, invitation=sent[0])

    def test_whom_it_was_taken_from_can_be_invited_anew(self, organization, manager, sent):
        revoke_invitation(actor=manager, invitation=sent[0])
        again, _token = invite(actor=manager, organization=organization, email=ADDRESS, role="reader")
        assert again.pk != sent[0].pk

    def test_the_list_of_open_ones(self, organization, manager, sent):
        other, _token = invite(actor=manager, organization=organization, email="other@example.org", role="reader")
        assert set(Invitation.objects.open()) == {sent[0], other}
        revoke_invitation(actor=manager, invitation=other)
        assert list(Invitation.objects.open()) == [sent[0]]
        with clock.travel(DAY + dt.timedelta(hours=INVITATION_HOURS)):
            assert not Invitation.objects.open().exists()
