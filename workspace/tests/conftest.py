import pytest

from accounts.models import User
from organizations.models import Organization
from organizations.tests.makers import make_location, make_organization, make_user
from workspace.tests.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def house(db: None) -> Organization:
    organization = make_organization(name="Дом", slug="dom")
    make_location(organization)
    return organization


@pytest.fixture
def anna(house: Organization) -> User:
    return make_user(house, name="Анна")


@pytest.fixture
def boris(house: Organization) -> User:
    return make_user(house, name="Борис")


@pytest.fixture
def manager(house: Organization) -> User:
    return make_user(house, role="manager", name="Марина")
