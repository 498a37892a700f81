"""A country with houses that review each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from accounts.models import NetworkRole, User
from core import clock
from messaging.models import Message
from network.reviews import rounds
from network.reviews import services as reviews
from network.reviews.models import YearlyReview
from organizations.models import MembershipRole, Organization
from verification.tests import scenarios

CANARY = "канарейка в доказательстве"


class Country:
    """Two houses in Georgia, one in Poland, one in Armenia; each has somebody who manages it."""

    def __init__(self) -> None:
        self.houses: list[Organization] = []
        self.people: list[User] = []
        for number, country in enumerate(("GE", "GE", "PL", "AM")):
            house = scenarios.organization(f"Дом {number}", registration_country=country, countries=[country])
            self.houses.append(house)
            self.people.append(scenarios.person(house, MembershipRole.MANAGER))
        self.boss = scenarios.person(None, "", NetworkRole.ADMINISTRATOR)
        self.listing = scenarios.published(scenarios.place(self.houses[0]), method="call")
        self.leaf = self.listing.service.types[0]

    def plan(self) -> YearlyReview:
        planned = reviews.plan_round(actor=self.boss, country="GE", starts_on=clock.today())
        return planned.reviews.get(organization=self.houses[0])

    def filled(self, answer: str = "partial", row: YearlyReview | None = None) -> YearlyReview:
        row = row or self.plan()
        leaves = reviews.own_leaves(row) | {self.leaf}
        lines = {leaf: reviews.LineSaid(answer, ["supplies", "money"]) for leaf in leaves}
        reviews.write_lines(actor=self.people[0], review=row, said=lines)
        marks = {code: reviews.MarkSaid("met", CANARY) for code in reviews.asked(row)}
        reviews.write_marks(actor=self.people[0], review=row, said=marks)
        return reviews.send(actor=self.people[0], review=row)

    def agreed(self) -> YearlyReview:
        row = self.filled()
        return reviews.close_look(actor=self.person_of(row.reviewer), review=row)

    def person_of(self, house: Organization | None) -> User:
        assert house is not None
        return self.people[self.houses.index(house)]


def lived_through(start: dt.datetime, said: str) -> Iterator[None]:
    """A review that a third decides, with an action; late. After each step, for a step ends what was asked before."""
    with clock.travel(start + dt.timedelta(hours=2)):
        land = Country()
        row, person = land.plan(), land.people[0]
        due = clock.today() + dt.timedelta(days=1)
        reviews.add_action(actor=person, review=row, text=said, due_on=due, support="grant", responsible=person)
        yield
    with clock.travel(start + dt.timedelta(days=23)):
        rounds.run_daily()
        yield
        row = land.filled(row=row)
        yield
        peer = land.person_of(row.reviewer)
        reviews.look(actor=peer, review=row, lines={land.leaf: "full"}, marks={}, remark=said)
        row = reviews.close_look(actor=peer, review=row)
        yield
        reviews.decide(actor=land.person_of(row.third), review=row, sides={land.leaf: "own"}, verdict=said)
        yield


def letters(start: dt.datetime, said: str, written_of: Callable[[Any], dict[str, list[str]]]) -> dict[str, list[str]]:
    """All letters of that review, by kind, as `written_of` writes the rows; none of them is left."""
    written: dict[str, list[str]] = {}
    rows = Message.objects.filter(kind__startswith="review_")
    for _step in lived_through(start, said):
        for kind, texts in written_of(rows.all()).items():
            written.setdefault(kind, []).extend(texts)
    rows.delete()
    return written
