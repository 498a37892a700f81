import pytest
from django.test import Client

from core.tests.shared import shared
from servicemap.tests.guards import world

_ground, network = shared(world.build, name="network")


@pytest.fixture
def client_of(network):
    """A client of a role; `anonymous` is nobody."""

    def make(role: str) -> Client:
        client = Client(raise_request_exception=True)
        if role != "anonymous":
            client.force_login(network.people[role])
        return client

    return make
