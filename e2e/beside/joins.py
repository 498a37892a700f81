"""What the journey of an application needs from the served network: the letter's link, what colleagues do."""

from __future__ import annotations

from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator

from accounts.models import NetworkRole, User
from network.decisions import services as decisions
from network.joining import letters
from network.joining import services as joining
from network.joining.models import Application
from organizations import services as organizations
from organizations.models import MembershipRole
from verification.tests import scenarios


def _of(email: str) -> Application:
    return Application.objects.get(email=email)


def link_to(email: str) -> str:
    """As the letter gives it."""
    return urlsplit(letters.new_link(_of(email))).path


def others_check(email: str) -> str:
    """What is not checked yet, by an administrator; the id of the application."""
    row = _of(email)
    actor = User.objects.filter(network_role=NetworkRole.ADMINISTRATOR).order_by("pk")[0]
    for kind in joining.missing_checks(row):
        joining.check(actor=actor, application=row, kind=kind, outcome="ok")
    return row.public_id


def others_vote(email: str) -> str:
    """Everybody's manager is for it; the id of the vote."""
    vote = _of(email).vote
    assert vote is not None
    for voice in vote.voters.filter(ballot__isnull=True).select_related("organization"):
        manager = voice.organization.memberships.filter(role=MembershipRole.MANAGER).select_related("user").first()
        if manager is not None:
            decisions.cast(actor=manager.user, vote=vote, voice=voice, choice="for")
    return vote.public_id


def settle(email: str) -> str:
    """The newcomer's people enter what the list asks for, and accept the code of conduct."""
    row = _of(email)
    house = row.organization
    assert house is not None
    people = [scenarios.person(house, MembershipRole.MANAGER), scenarios.person(house, MembershipRole.EDITOR)]
    for person in people:
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    scenarios.published(scenarios.place(house), method="call")
    organizations.create_contact(
        actor=None, organization=house, channel="phone", value="+995322111111", audience="colleagues"
    )
    joining.tick(actor=people[0], application=row, code="conduct")
    return row.public_id
