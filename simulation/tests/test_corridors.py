"""The first days of the months of referrals, in the suite; the whole is a command."""

from __future__ import annotations

import pytest

from simulation.corridors import Corridors

pytestmark = pytest.mark.django_db


def test_three_days_of_corridors_break_nothing(monkeypatch):
    monkeypatch.setattr("simulation.corridors.DAYS", 3)
    figures = Corridors(3, count=100).run()
    assert figures.broken == [], figures.examples
    assert figures.referrals > 3
