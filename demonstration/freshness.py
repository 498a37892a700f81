"""On which day a listing was checked last, so that it is today as fresh as wanted."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from verification.clocks import add_months, class_for
from verification.models import Clock, HighRiskCountry

#: Shares of the listings without a story of their own, in percent; the rest is fresh.
SHARES = {"due": 9, "overdue": 6, "lapsed": 1}


@dataclass(frozen=True)
class Windows:
    """The class of a listing in days (`months` until the next check)."""

    months: int
    notice: int
    hide: int


class Calendar:
    """Knows the classes of the vocabulary and the countries."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self._clocks = {c.code: Windows(c.recheck_months, max(c.notice_days), c.hide_days) for c in Clock.objects.all()}
        self._high_risk = set(HighRiskCountry.objects.values_list("code", flat=True))

    def windows(self, types: list[str], country: str) -> Windows:
        return self._clocks[class_for(types=types, high_risk_country=country in self._high_risk)]

    def checked_on(self, wanted: str, windows: Windows, dice: random.Random, *, days_ago: int = 0) -> dt.date:
        """A day of the last check that makes the listing `wanted` (fresh, due, overdue, lapsed) today.

        A fresh one was checked `days_ago` or longer ago, so that what happened then comes after the check.
        """
        if wanted == "fresh":
            oldest = windows.months * 30 - windows.notice - 6
            return self.today - dt.timedelta(days=dice.randint(days_ago + 3, oldest))
        days_to_due = {
            "due": dice.randint(2, windows.notice - 2),
            "overdue": -dice.randint(1, windows.hide - 2),
            "lapsed": -windows.hide - dice.randint(2, 25),
        }[wanted]
        due_on = self.today + dt.timedelta(days=days_to_due)
        guess = due_on - dt.timedelta(days=windows.months * 31 + 3)
        while add_months(guess, windows.months) < due_on:
            guess += dt.timedelta(days=1)
        return guess


def wanted_states(count: int) -> Iterator[str]:
    """`count` states in the shares above, well mixed and always the same."""
    states = [name for name, share in SHARES.items() for _ in range(round(count * share / 100))]
    states += ["fresh"] * (count - len(states))
    random.Random("states").shuffle(states)  # noqa: S311 (no secret)
    return iter(states)
