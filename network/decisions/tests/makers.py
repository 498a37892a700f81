"""Small networks with a council, made through the services."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from accounts.models import NetworkRole, User
from core import clock
from network.decisions import services as decisions
from network.decisions.models import Body, Document, DocumentVersion, Vote, Voter
from network.decisions.models.words import BodyKind, SeatKind
from organizations.models import MembershipRole, Organization
from verification.tests import scenarios

NOW = dt.datetime(2026, 10, 7, 9, tzinfo=dt.UTC)
#: An end well after it.
END = NOW + dt.timedelta(days=10)


@dataclass
class Network:
    """Members with one manager each; an assembly; a council of the first two, the first of which leads both."""

    assembly: Body
    council: Body
    administrator: User
    houses: list[Organization] = field(default_factory=list)
    managers: list[User] = field(default_factory=list)

    @property
    def chair(self) -> User:
        return self.managers[0]


def network(size: int = 4) -> Network:
    admin = scenarios.person(None, "", NetworkRole.ADMINISTRATOR)
    made = Network(
        assembly=decisions.make_body(actor=None, kind=BodyKind.ASSEMBLY, name="Собрание", name_en="Assembly"),
        council=decisions.make_body(actor=None, kind=BodyKind.COUNCIL, name="Совет", name_en="Council"),
        administrator=admin,
    )
    for number in range(size):
        house = scenarios.organization(f"Дом {number}")
        made.houses.append(house)
        made.managers.append(scenarios.person(house, MembershipRole.MANAGER))
    seat(made, made.assembly, 0, SeatKind.CHAIR)
    seat(made, made.council, 0, SeatKind.CHAIR)
    seat(made, made.council, 1, SeatKind.MEMBER)
    return made


def seat(made: Network, body: Body, number: int, kind: str) -> None:
    decisions.take_seat(
        actor=made.administrator,
        body=body,
        organization=made.houses[number],
        person=made.managers[number],
        kind=kind,
        starts_on=clock.today() - dt.timedelta(days=30),
    )


def announced(made: Network, body: Body | None = None, **fields: Any) -> Vote:
    values = {"question": "Принять?", "closes_at": clock.now() + dt.timedelta(days=10), "quorum": "none"} | fields
    vote = decisions.draft_vote(actor=made.chair, body=body or made.assembly, **values)
    return decisions.announce(actor=made.chair, vote=vote)


def cast(made: Network, vote: Vote, number: int, choice: str, reason: str = "") -> None:
    decisions.cast(
        actor=made.managers[number], vote=vote, voice=voice(made, vote, number), choice=choice, reason=reason
    )


def voice(made: Network, vote: Vote, number: int) -> Voter:
    return vote.voters.get(organization=made.houses[number])


def paper(made: Network, **fields: Any) -> DocumentVersion:
    told = {"kind": "policy", "title": "О безопасности", "title_en": "On safety"} | fields
    document: Document = decisions.add_document(actor=made.chair, body=made.assembly, **told)
    return decisions.add_version(actor=made.chair, document=document, language="ru", text="Мы бережём друг друга.")
