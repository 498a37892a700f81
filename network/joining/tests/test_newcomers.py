"""The first half a year of an organisation in the network."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from organizations.models import Organization
from organizations.models.organization import FIRST_DAYS
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NOW, DAY = dt.datetime(2027, 5, 1, 9, tzinfo=dt.UTC), dt.timedelta(days=1)


@pytest.mark.parametrize(("days", "is_newcomer"), [(0, True), (180, True), (181, False)])
def test_a_newcomer_is_one_for_half_a_year(days, is_newcomer):
    scenarios.organization("Давно", slug="old")
    row = scenarios.organization("Недавно", slug="new", joined_on=NOW.date())
    with clock.travel(NOW + days * DAY):
        assert row.is_newcomer is is_newcomer
        assert Organization.objects.newcomers().exists() is is_newcomer


def test_a_young_network_has_no_newcomers():
    first = scenarios.organization("Первые", slug="one", joined_on=NOW.date())
    second = scenarios.organization("Вторые", slug="two", joined_on=NOW.date() - FIRST_DAYS + DAY)
    with clock.travel(NOW):
        assert not first.is_newcomer and not second.is_newcomer
    with clock.travel(NOW + 2 * DAY):
        assert first.is_newcomer and not second.is_newcomer
