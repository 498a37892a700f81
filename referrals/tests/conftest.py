"""One network that refers, made once for each module; every test begins on a Monday morning."""

from __future__ import annotations

import pytest

from core import clock
from core.tests.shared import shared
from referrals.tests.makers import MONDAY, make_network

_ground, network = shared(make_network, name="network")


@pytest.fixture(autouse=True)
def on_monday():
    with clock.travel(MONDAY):
        yield
