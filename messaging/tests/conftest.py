"""One house with its people, on a Wednesday."""

from __future__ import annotations

import pytest

from core import clock
from messaging.tests.absences import NOW
from organizations.tests.makers import make_location, make_organization, make_user


@pytest.fixture
def on_that_day():
    with clock.travel(NOW):
        yield


@pytest.fixture
def house():
    organization = make_organization(name="Дом")
    make_location(organization)
    return organization


@pytest.fixture
def anna(house):
    return make_user(house, name="Анна")


@pytest.fixture
def boris(house):
    return make_user(house, name="Борис")


@pytest.fixture
def manager(house):
    return make_user(house, role="manager", name="Марина")
