"""What desks learn of letters: who may read which, and who is out of reach."""

from __future__ import annotations

import pytest

from core import clock
from messaging.models import Correspondent, Rhythm
from messaging.queries import asked_for_silence, letters_for, unreachable_organizations
from messaging.tests.makers import WEDNESDAY, make_correspondent, make_message, make_user
from organizations.tests.makers import make_organization

pytestmark = pytest.mark.django_db
#: Whoever has one of these looks after nobody's letters.
OTHERS = ("", "verifier", "evaluator")


@pytest.fixture(autouse=True)
def on_a_wednesday():
    with clock.travel(WEDNESDAY):
        yield


@pytest.fixture
def world():
    """A member of the network in each of two countries, with one reader each."""
    return {
        code: make_correspondent(organization=make_organization(registration_country=code, countries=[code]))
        for code in ("GE", "KZ")
    }


def coordinator(*countries):
    return make_user(network_role="coordinator", countries=list(countries))


class TestLetters:
    def test_a_coordinator_reads_the_log_of_their_countries(self, world):
        here, _there = (make_message(person) for person in world.values())
        assert list(letters_for(coordinator("GE"))) == [here]
        assert letters_for(coordinator("GE", "KZ")).count() == letters_for(coordinator()).count() == 2

    def test_letters_to_the_networks_own_people_are_for_administrators(self):
        letter = make_message(make_correspondent(organization=None))
        assert list(letters_for(make_user(network_role="administrator"))) == [letter]
        assert not letters_for(coordinator()).exists()

    @pytest.mark.parametrize("role", OTHERS)
    def test_nobody_else_reads_it(self, world, role):
        make_message(world["GE"])
        assert not letters_for(make_user(network_role=role, countries=["GE"])).exists()

    def test_a_coordinator_whose_account_is_closed_reads_nothing(self, world):
        make_message(world["GE"])
        closed = make_user(network_role="coordinator", is_active=False)
        assert not letters_for(closed).exists()


class TestUnreachable:
    @pytest.mark.parametrize(
        "change",
        [
            {"left_at": WEDNESDAY},
            {"bounced_at": WEDNESDAY, "bounce_reason": "550"},
            {"rhythm": Rhythm.NEVER},
        ],
    )
    def test_an_organization_whose_only_reader_gets_nothing(self, world, change):
        assert not unreachable_organizations(coordinator()).exists()
        Correspondent.objects.filter(pk=world["GE"].pk).update(**change)
        assert list(unreachable_organizations(coordinator())) == [world["GE"].organization]

    def test_one_colleague_who_reads_is_enough(self, world):
        make_correspondent(organization=world["GE"].organization, left_at=WEDNESDAY)
        assert not unreachable_organizations(coordinator("GE")).exists()

    def test_those_of_other_countries_and_outside_the_network_are_not_listed(self, world):
        Correspondent.objects.update(left_at=WEDNESDAY)
        make_organization(member_status="external")
        assert list(unreachable_organizations(coordinator("KZ"))) == [world["KZ"].organization]
        assert unreachable_organizations(make_user(network_role="administrator")).count() == 2

    @pytest.mark.parametrize("role", OTHERS)
    def test_others_are_shown_none(self, world, role):
        Correspondent.objects.update(left_at=WEDNESDAY)
        assert not unreachable_organizations(make_user(network_role=role)).exists()


class TestSilence:
    @pytest.fixture
    def asked(self, world):
        Correspondent.objects.filter(pk=world["GE"].pk).update(silence_asked_at=WEDNESDAY)
        return world["GE"]

    def test_who_is_alone_and_tired_is_shown_to_the_coordinator(self, asked):
        assert list(asked_for_silence(coordinator("GE"))) == [asked]
        assert not asked_for_silence(coordinator("KZ")).exists()

    @pytest.mark.parametrize("change", [{"left_at": WEDNESDAY}, {"bounced_at": WEDNESDAY, "bounce_reason": "550"}])
    def test_somebody_who_gets_no_letters_anyway_is_not(self, asked, change):
        Correspondent.objects.filter(pk=asked.pk).update(**change)
        assert not asked_for_silence(coordinator("GE")).exists()

    @pytest.mark.parametrize("role", OTHERS)
    def test_others_are_shown_none(self, asked, role):
        assert not asked_for_silence(make_user(network_role=role, countries=["GE"])).exists()
