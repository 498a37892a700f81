"""A seat counts in its days, for an active person of a member."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from core import clock
from network.decisions import seats
from network.decisions.models import Body, Seat
from network.decisions.models.words import BodyKind, SeatKind
from organizations.models import Organization
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 10, 7)


@pytest.fixture
def lawyer():
    house = scenarios.organization("Право")
    council = Body.objects.create(kind=BodyKind.COUNCIL, name="Совет")
    return Seat.objects.create(
        body=council,
        organization=house,
        person=scenarios.person(house),
        kind=SeatKind.LAWYER,
        starts_on=TODAY,
        ends_on=TODAY + dt.timedelta(days=9),
    )


@pytest.mark.parametrize(("days", "held"), [(-1, False), (0, True), (9, True), (10, False)])
def test_a_seat_is_held_from_its_first_day_to_its_last(lawyer, days, held):
    with clock.travel(TODAY + dt.timedelta(days=days)):
        assert seats.holds(lawyer.person, SeatKind.LAWYER) is held
        assert User.objects.filter(seats.holding(SeatKind.LAWYER)).exists() is held


def test_a_seat_of_another_kind_or_body_is_another_seat(lawyer):
    with clock.travel(TODAY):
        assert not seats.holds(lawyer.person, SeatKind.CHAIR)
        assert seats.holds(lawyer.person, body=BodyKind.COUNCIL)
        assert not seats.holds(lawyer.person, SeatKind.LAWYER, body=BodyKind.COMMITTEE)


@pytest.mark.parametrize("standing", ["suspended", "left", "applicant", "external"])
def test_nobody_sits_for_an_organisation_that_is_not_in_the_network(lawyer, standing):
    Organization.objects.filter(pk=lawyer.organization_id).update(member_status=standing)
    with clock.travel(TODAY):
        assert not seats.holds(lawyer.person, SeatKind.LAWYER)


def test_the_database_knows_one_seat_of_a_person_in_a_body_at_a_time(lawyer):
    last = lawyer.ends_on
    with pytest.raises(IntegrityError, match="seat_one_at_a_time"), transaction.atomic():
        Seat.objects.create(
            body=lawyer.body, organization=lawyer.organization, person=lawyer.person, starts_on=last, ends_on=None
        )
    Seat.objects.create(
        body=lawyer.body,
        organization=lawyer.organization,
        person=lawyer.person,
        starts_on=last + dt.timedelta(days=1),
    )
