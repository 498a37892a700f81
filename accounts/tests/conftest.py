from collections.abc import Iterator

import pytest
from django.core.cache import cache

from accounts.models import User
from accounts.services import create_person

PASSWORD = "сорок тысяч обезьян"


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """Attempts are counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person(db: None) -> User:
    return create_person(email="lena@example.org", name="Лена", password=PASSWORD)
