"""Those who are there when the year begins, and how they vote."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TypeVar

from accounts.models import User
from network.decisions import services as decisions
from network.decisions.models import Body, Vote
from network.decisions.models.words import BodyKind, SeatKind
from network.decisions.tests.makers import Network, network, seat
from network.joining.services import standing
from organizations.models import MembershipRole, MemberStatus, Organization
from verification.tests import scenarios

FoundT = TypeVar("FoundT")
HOUSES = 9
#: Houses with a part of their own in the year: these two are suspended, this one leaves, these hold the lawyer's seat.
SUSPENDED, CONFIRMED, LEAVES, LAWYERS = 6, 7, 8, (2, 3)


@dataclass
class People:
    """By house: who manages it. `offices` is an organisation apart, of coordinators and the verifier."""

    made: Network
    coordinators: list[User]
    verifier: User
    law: Body
    managers: dict[int, User] = field(default_factory=dict)

    @property
    def houses(self) -> list[Organization]:
        return self.made.houses

    def manager(self, number: int) -> User:
        return self.made.managers[number]


def gather() -> People:
    """Nine members, an assembly, a council, two lawyers, two coordinators and a verifier of an office of their own."""
    made = network(HOUSES)
    seat(made, made.council, 2, SeatKind.MEMBER)
    Organization.objects.filter(pk=made.houses[0].pk).update(website="https://dom-0.example.org")
    office = scenarios.organization("Бюро")
    law = decisions.make_body(actor=None, kind=BodyKind.COMMITTEE, name="Право", name_en="Law")
    for number in LAWYERS:
        seat(made, law, number, SeatKind.LAWYER)
    people = People(
        made=made,
        coordinators=[scenarios.coordinator(office), scenarios.coordinator(office)],
        verifier=scenarios.verifier(office),
        law=law,
        managers={house.pk: made.managers[number] for number, house in enumerate(made.houses)},
    )
    people.managers[office.pk] = scenarios.person(office, MembershipRole.MANAGER)
    for house in Organization.objects.order_by("pk"):
        standing.found(organization=house)
    return people


def ballots(people: People, dice: random.Random, vote: Vote, answers: dict[str, int]) -> Counter[str]:
    """So many houses give each answer, in a chance order; a few think again and change it back and forth."""
    rows = vote.voters.filter(organization__member_status=MemberStatus.MEMBER).order_by("pk")
    voices = [row for row in rows if row.organization_id in people.managers]
    dice.shuffle(voices)
    given: Counter[str] = Counter()
    for choice, number in answers.items():
        for _n in range(min(number, len(voices))):
            voice = voices.pop()
            actor = people.managers[voice.organization_id]
            first = "abstain" if not vote.is_secret and dice.random() < 0.3 else choice
            for said in dict.fromkeys((first, choice)):
                decisions.cast(actor=actor, vote=vote, voice=voice, choice=said)
            given[choice] += 1
    return given


def there(found: FoundT | None) -> FoundT:
    """What the story needs; without it the story itself is wrong."""
    if found is None:
        raise LookupError("the story has lost its thread")
    return found
