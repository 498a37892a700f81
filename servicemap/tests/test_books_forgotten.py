"""A workbook that came back, and what it would change, are forgotten on their day."""

import datetime as dt

import pytest

from core import clock
from core.tests.shared import shared
from exchange.models import BookImport
from exchange.tests.test_books import taken
from exchange.tests.test_books_back import house, plan_of
from servicemap.upkeep import retention

pytestmark = pytest.mark.django_db
_ground, world = shared(house)


def test_a_plan_is_forgotten_after_a_day(world):
    kept = plan_of(world, taken(world.editor))
    with clock.travel(kept.made_at + dt.timedelta(hours=23)):
        retention.run()
        assert BookImport.objects.filter(pk=kept.pk).exists()
    with clock.travel(kept.made_at + dt.timedelta(hours=25)):
        retention.run()
        assert not BookImport.objects.filter(pk=kept.pk).exists()
