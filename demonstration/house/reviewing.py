"""Yearly reviews of the fictional network: one agreed, one with its reviewer, one disputed."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager

from accounts.models import User
from core import clock
from demonstration.life import Course
from network.reviews import rounds
from network.reviews import services as reviews
from network.reviews.models import YearlyReview
from network.reviews.models.words import YearlyState

#: What is in the way, by turns.
_WHY = (["supplies", "money"], ["staff"], ["rooms", "languages"])
_EVIDENCE = {
    "consent": "Спрашиваем перед каждым шагом, подписи не нужны.",
    "complaints": "Ящик у двери и ответ на доске раз в месяц.",
    "search_plan": "План на одной странице, проигрываем раз в полгода.",
}


class Reviewing:
    def __init__(self, life: Course, administrator: User) -> None:
        self.houses = life.network.organizations
        self.managers = life.people.managers
        self.administrator = administrator
        self._slugs = {house.pk: slug for slug, house in self.houses.items()}

    def tell(self) -> None:
        """Rounds of two countries; what each of their organisations has done with it by now."""
        countries = sorted({house.registration_country for house in self.houses.values()})
        with self._ago(60):
            for country in countries[:3]:
                if reviews.waiting_in(country, clock.today().year).exists():
                    reviews.plan_round(actor=self.administrator, country=country, starts_on=clock.today())
        rows = [row for row in YearlyReview.objects.order_by("pk") if self._speaks(row.organization_id)]
        for number, row in enumerate(rows):
            if number % 4 != 3:
                self._through(row, number % 4)
        self._begun()
        self._voices()
        rounds.run_daily()

    def _through(self, row: YearlyReview, how: int) -> None:
        """0: agreed; 1: the reviewer looks; 2: they see it differently."""
        with self._ago(40):
            row = self._written(row)
        reviewer = self._speaks(row.reviewer_id)
        if how == 1 or reviewer is None:
            return
        with self._ago(20):
            if how == 2:
                leaf = row.lines.order_by("leaf").first()
                differs = {leaf.leaf: "none"} if leaf else {}
                reviews.look(actor=reviewer, review=row, lines=differs, marks={}, remark="Были в среду: закрыто.")
            row = reviews.close_look(actor=reviewer, review=row)
        if row.state == YearlyState.AGREED:
            self._acts(row)

    def _written(self, row: YearlyReview) -> YearlyReview:
        actor = self._speaks(row.organization_id)
        if actor is None:
            raise LookupError(row.organization_id)
        lines = {}
        for number, leaf in enumerate(sorted(reviews.own_leaves(row)) or ["peer_counselling"]):
            answer = "partial" if number % 3 == 0 else "full"
            lines[leaf] = reviews.LineSaid(answer, _WHY[number % 3] if answer == "partial" else [])
        reviews.write_lines(actor=actor, review=row, said=lines)
        marks = {
            code: reviews.MarkSaid("partly" if number % 7 == 3 else "met", _EVIDENCE.get(code, ""))
            for number, code in enumerate(reviews.asked(row))
        }
        reviews.write_marks(actor=actor, review=row, said=marks)
        return reviews.send(actor=actor, review=row)

    def _acts(self, row: YearlyReview) -> None:
        actor = self._speaks(row.organization_id)
        if actor is None:
            raise LookupError(row.organization_id)
        with self._ago(15):
            for text, days, support in (
                ("Договориться о запасе тестов", 10, "grant"),
                ("Обучить двоих", 60, "training"),
            ):
                reviews.add_action(
                    actor=actor,
                    review=row,
                    text=text,
                    due_on=clock.today() + dt.timedelta(days=days),
                    support=support,
                    responsible=actor,
                )

    def _begun(self) -> None:
        """A round that has just begun: the house of the demonstration's logins writes, and finds nothing filled in."""
        country = self.houses["dom-s-balkonom"].registration_country
        with self._ago(6):
            if reviews.waiting_in(country, clock.today().year).exists():
                reviews.plan_round(actor=self.administrator, country=country, starts_on=clock.today())

    def _voices(self) -> None:
        """One place asks its clients: enough have answered to show it."""
        slug, manager = sorted(self.managers.items())[0]
        place = self.houses[slug].locations.order_by("pk").first()
        if place is None:
            return
        desk = reviews.make_desk(actor=manager, location=place)
        for number in range(14):
            answer = "no" if number == 7 else "partly" if number % 5 == 3 else "yes"
            reviews.hear(desk=desk, said={"got_it": answer, "respect": "yes", "again": answer})

    def _speaks(self, organization: int | None) -> User | None:
        return self.managers.get(self._slugs.get(organization or 0, ""))

    def _ago(self, days: int) -> AbstractContextManager[None]:
        return clock.travel(clock.now() - dt.timedelta(days=days))
