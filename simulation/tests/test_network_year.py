"""The year of the network: its first months cheaply, and every key seen broken on purpose."""

from __future__ import annotations

import os

import pytest

from simulation.network.year import NetworkYear

pytestmark = pytest.mark.django_db


def test_the_year_breaks_nothing():
    figures = NetworkYear(int(os.environ.get("SEED", "1")), days=int(os.environ.get("DAYS", "130"))).run()
    print(figures.found, figures.counted)
    assert figures.broken == [], figures.examples
