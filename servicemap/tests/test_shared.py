"""The world of a module: made once, and as it was made for each test."""

import pytest
from django.core.cache import cache

from core.tests.shared import _stand_up, fall, shared
from organizations.models import Organization
from organizations.tests.makers import make_organization

pytestmark = pytest.mark.django_db
_made = []


def _build():
    _made.append("once")
    return {"house": make_organization(name="Дом"), "words": []}


_ground, world = shared(_build)


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_has_its_own_copy_and_the_rows_as_they_were(world, turn):
    assert (Organization.objects.get().name, world["words"], _made) == ("Дом", [], ["once"])
    world["words"].append("слово")
    world["house"].name = "Другой"
    world["house"].save()


def test_whoever_asks_for_nothing_stands_on_it_too():
    assert Organization.objects.get().name == "Дом"


def test_what_was_counted_while_it_was_made_is_forgotten():
    _stand_up("counted", lambda: cache.set("counted", 1))
    left = cache.get("counted")
    fall()
    assert left is None
