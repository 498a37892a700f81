"""The first days of the months of referrals, in the suite; the whole is a command."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest
from django.db import transaction

from messaging.models import Message
from referrals.models import Offer, ReferralEvent
from simulation.corridors import CorridorFigures, Corridors

pytestmark = pytest.mark.django_db


def test_three_days_of_corridors_break_nothing(monkeypatch):
    monkeypatch.setattr("simulation.corridors.DAYS", 3)
    figures = Corridors(3, count=100).run()
    assert figures.broken == [], figures.examples
    assert figures.referrals > 3


class Passing(Corridors):
    """Lived through in houses that stand already."""

    def __init__(self, founded: Corridors) -> None:
        super().__init__(0, count=founded.count)
        self.founded, self.passed, self.is_passed = founded, 0, False

    def _found(self) -> None:
        self.dice.setstate(self.founded.dice.getstate())
        self.houses, self.people, self.moods = self.founded.houses, self.founded.people, self.founded.moods


class EveryHour(Passing):
    """Looks in every hour; what is left to chance in those that are passed over has dice of its own."""

    def _is_due(self, now: dt.datetime, hour: int) -> bool:
        self.is_passed = not super()._is_due(now, hour)
        self.passed += self.is_passed
        return True

    def _hour(self, now: dt.datetime, hour: int) -> None:
        dice = self.dice
        if self.is_passed:
            self.dice = random.Random(hour)
        super()._hour(now, hour)
        self.dice = dice


def told(figures: CorridorFigures) -> tuple[object, ...]:
    """The figures, and what the worker has written: how much of each, and when."""
    steps = ReferralEvent.objects.order_by().values_list("step", "at")
    letters = Message.objects.order_by().values_list("kind", "created_at")
    return figures, Counter(steps), Counter(letters), Counter(Offer.objects.order_by().values_list("state"))


def test_the_hours_that_are_passed_over_would_have_changed_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulation.corridors.DAYS", 3)
    monkeypatch.setattr("simulation.corridors.SENDING_DAYS", 1)
    monkeypatch.setattr("simulation.corridors.COUNTRIES", ("GE", "AM", "KZ", "KG", "UZ"))
    founded, found, passed = Corridors(5, count=8), [], 0
    founded._found()
    for kind in (Passing, EveryHour):
        with transaction.atomic():
            run = kind(founded)
            found.append(told(run.run()))
            passed = run.passed
            transaction.set_rollback(True)
    assert passed > 20
    assert found[0] == found[1]
