"""A country with houses that review each other."""

from __future__ import annotations

from accounts.models import NetworkRole, User
from core import clock
from network.reviews import services as reviews
from network.reviews.models import YearlyReview
from network.reviews.models.words import Criterion
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
        lines = {self.leaf: reviews.LineSaid(answer, ["supplies", "money"])}
        reviews.write_lines(actor=self.people[0], review=row, said=lines)
        marks = {code: reviews.MarkSaid("met", CANARY) for code in Criterion.values}
        reviews.write_marks(actor=self.people[0], review=row, said=marks)
        return reviews.send(actor=self.people[0], review=row)

    def person_of(self, house: Organization | None) -> User:
        assert house is not None
        return self.people[self.houses.index(house)]
