"""People whom more than one file of these tests needs."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.services import create_person


@pytest.fixture
def operator(db: None) -> User:
    return create_person(email="operator@example.org", name="", network_role="administrator", is_staff=True)


@pytest.fixture
def desk(client: Client, operator: User) -> Client:
    client.force_login(operator)
    return client
