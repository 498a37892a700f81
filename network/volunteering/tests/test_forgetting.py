"""The history of volunteers goes with them, by whatever way they go."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps

from core import clock
from network.volunteering import services as volunteering
from network.volunteering.forgetting import forget_volunteers
from network.volunteering.models import VolunteerProposal
from network.volunteering.tests.makers import Help
from organizations import volunteers
from organizations.models import Invitation, Volunteering

pytestmark = pytest.mark.django_db
SAID = "Канарейка поёт по утрам"


@pytest.fixture
def help() -> Help:
    help = Help()
    volunteering.propose_edit(actor=help.user, listing=help.service.public_id, path="", said=SAID)
    return help


def history() -> tuple[int, int]:
    """Of volunteers and of what they proposed."""
    names = (("organizations", "VolunteeringEvent"), ("volunteering", "VolunteerProposalEvent"))
    people, proposals = (apps.get_model(*name).objects.count() for name in names)
    return people, proposals


def test_of_what_was_proposed_about_a_service_that_is_deleted(help):
    people, proposals = history()
    assert people and proposals
    assert forget_volunteers() == 0
    assert history() == (people, proposals)
    VolunteerProposal.objects.all().delete()  # as by the service's cascade
    forget_volunteers()
    assert history() == (people, 0)


def test_of_a_person_who_is_gone(help):
    help.user.delete()
    forget_volunteers()
    assert history() == (0, 0)


def test_of_an_invitation_that_is_sent_anew(help):
    def invite() -> None:
        today = clock.today()
        volunteers.invite_volunteer(
            actor=help.manager, organization=help.house, email="anna@example.org", language="ru", colleague=help.boss,
            starts_on=today, ends_on=today,
        )  # fmt: skip

    before, _proposals = history()
    invite()
    Invitation.objects.update(expires_at=clock.now() - dt.timedelta(days=1))
    invite()
    assert history()[0] > before + 1
    forget_volunteers()
    assert history()[0] == before + 1
    Invitation.objects.all().delete()  # it is forgotten itself, and nobody has ever come
    forget_volunteers()
    assert history()[0] == before and not Volunteering.objects.filter(user=None).exists()


def test_what_is_older_than_a_year_of_somebody_who_helps_still(help):
    for name in (("organizations", "VolunteeringEvent"), ("volunteering", "VolunteerProposalEvent")):
        apps.get_model(*name).objects.update(pgh_created_at=clock.now() - dt.timedelta(days=366))
    assert forget_volunteers() == 0
    assert history() == (0, 0) and VolunteerProposal.objects.exists()
