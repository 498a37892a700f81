"""What the fictional network decides, told among a few houses: every kind of page has something to show."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from demonstration.house.governing import CHAIR, COUNCIL, LAWYER, Governing
from network.decisions.counting import VoteOutcome, counts_of
from network.decisions.models import Decision, DocumentVersion, Meeting, Seat, Vote
from organizations.models import MembershipRole
from verification.tests import scenarios


@pytest.mark.django_db
def test_there_is_something_to_show_of_everything():
    slugs = (CHAIR, LAWYER, *COUNCIL, *(f"dom-{n}" for n in range(6)))
    houses = {slug: scenarios.organization(slug, slug=slug) for slug in slugs}
    managers = {slug: scenarios.person(house, MembershipRole.MANAGER) for slug, house in houses.items()}
    life: Any = SimpleNamespace(
        network=SimpleNamespace(organizations=houses), people=SimpleNamespace(managers=managers)
    )
    Governing(cast(Any, life)).tell()
    votes = list(Vote.objects.all())
    outcomes = {count.outcome for count in counts_of(votes).values()}
    assert outcomes == {VoteOutcome.ADOPTED, VoteOutcome.REJECTED, VoteOutcome.RUNNING}
    assert {vote.is_secret for vote in votes} == {True, False}
    assert DocumentVersion.objects.in_force().count() == 4
    assert {row.state for row in Decision.objects.all()} == {"open", "done", "dropped"}
    assert Decision.objects.late().exists()
    assert {row.state for row in Meeting.objects.all()} == {"planned", "held"}
    assert {seat.kind for seat in Seat.objects.all()} == {"chair", "member", "lawyer"}
