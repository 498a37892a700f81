from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from core.tests.shared import fall, shared
from messaging.silence import note_round
from servicemap.tests.guards import world

_ground, network = shared(world.build, name="network", lasts=True)


@pytest.fixture(scope="package", autouse=True)
def end_of_the_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """All guards of a worker stand on one world, which takes seconds to make; only then do other tests follow."""
    yield
    with django_db_blocker.unblock():
        fall()


@pytest.fixture(autouse=True)
def letters_leave(request: pytest.FixtureRequest) -> None:
    """In each test letters left a moment ago: on a slow machine the world is older than the silence that is borne."""
    if "network" in request.fixturenames:
        request.getfixturevalue("network")
        note_round()


@pytest.fixture
def client_of(network):
    """A client of a role; `anonymous` is nobody."""

    def make(role: str) -> Client:
        client = Client(raise_request_exception=True)
        if role != "anonymous":
            client.force_login(network.people[role])
        return client

    return make
