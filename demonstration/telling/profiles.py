"""When each organisation of the demonstration gave its word about its own profile."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable

from demonstration.life import Course
from demonstration.making.compose import PlannedListing
from demonstration.making.content import House
from verification import services as verification
from verification.models import Clock

#: Days from the due day to today, for a profile that is not fresh (`profile:` in the organisation's file).
SINCE_DUE = {"due": -12, "overdue": 24, "lapsed": 78}


class Profiles:
    """The first listing of every organisation, from which its profile counts, and the words that follow."""

    def __init__(self, life: Course, ordinary: Iterable[PlannedListing]) -> None:
        self._life = life
        self._year = round(Clock.objects.get(pk="C").recheck_months * 365.25 / 12)
        self._first = {plan.house.slug: plan.key for plan in reversed(list(ordinary))}
        self._days: dict[str, dt.date] = {}
        for house in life.content.houses:
            self._tell(house)

    def began_on(self, plan: PlannedListing) -> dt.date | None:
        """The day of the first publication of the organisation's first listing; None for all others."""
        return self._days[plan.house.slug] if self._first[plan.house.slug] == plan.key else None

    def _tell(self, house: House) -> None:
        """Those that are not fresh have said nothing since their first listing; the others confirmed it later."""
        state = house.data.get("profile", "fresh")
        if state in SINCE_DUE:
            self._days[house.slug] = self._life.days_ago(self._year + SINCE_DUE[state])
            return
        dice = random.Random(f"profile {house.slug}")  # noqa: S311 (no secret)
        self._days[house.slug] = self._life.days_ago(self._year + dice.randint(5, 90))
        day = self._life.days_ago(dice.randint(4, 300))
        self._life.timeline.at(day, lambda: self._confirm(house.slug), minute=dice.randint(300, 500))

    def _confirm(self, slug: str) -> None:
        organization = self._life.network.organizations[slug]
        verification.confirm_profile(organization=organization, actor=self._life.people.owner(slug))
