"""The first half a year of an organisation in the network."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from organizations.models import Organization
from organizations.models.organization import FIRST_DAYS
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
THREE = 3
NOW, DAY = dt.datetime(2027, 5, 1, 9, tzinfo=dt.UTC), dt.timedelta(days=1)


@pytest.mark.parametrize(("days", "is_newcomer"), [(0, True), (180, True), (181, False)])
def test_a_newcomer_is_one_for_half_a_year(days, is_newcomer):
    for number in range(THREE):
        scenarios.organization(f"Давно {number}", slug=f"old-{number}")
    row = scenarios.organization("Недавно", slug="new", joined_on=NOW.date())
    with clock.travel(NOW + days * DAY):
        assert row.is_newcomer is is_newcomer
        assert Organization.objects.newcomers().exists() is is_newcomer


def test_a_young_network_has_no_newcomers_before_three_houses_are_older():
    """No cliff: the first house that turns half a year old does not make newcomers of all others."""
    houses = [
        scenarios.organization(f"Дом {number}", slug=f"house-{number}", joined_on=NOW.date() + number * DAY)
        for number in range(THREE + 1)
    ]
    with clock.travel(NOW + THREE * DAY):
        assert not Organization.objects.newcomers().exists()
    for days, are_newcomers in ((1, False), (THREE - 1, False), (THREE, True), (THREE + 1, False)):
        with clock.travel(NOW + FIRST_DAYS + days * DAY):
            assert houses[-1].is_newcomer is are_newcomers, days
            assert not any(house.is_newcomer for house in houses[:-1]), days


def test_who_has_left_or_stands_outside_makes_nobody_a_newcomer():
    for number, status in enumerate(("left", "external", "applicant", "suspended", "member", "associate")):
        scenarios.organization(f"Дом {number}", slug=f"house-{number}", member_status=status)
    row = scenarios.organization("Недавно", slug="new", joined_on=NOW.date())
    with clock.travel(NOW):
        assert not row.is_newcomer
        scenarios.organization("Третий", slug="third", joined_on=NOW.date() - FIRST_DAYS - DAY)
        assert row.is_newcomer
