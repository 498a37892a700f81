"""Who coordinates what, who may sign in, and how the house asks who is there."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.test import RequestFactory

from accounts.models import User
from accounts.requests import person_of, signed_in
from accounts.services import create_person

pytestmark = pytest.mark.django_db


def person(**fields):
    return User(**{"email": "lena@example.org"} | fields)


@pytest.mark.parametrize(
    ("fields", "verifies", "coordinates", "administers"),
    [
        ({}, False, False, False),
        ({"network_role": "evaluator"}, False, False, False),
        ({"network_role": "verifier"}, True, False, False),
        ({"network_role": "coordinator"}, True, True, False),
        ({"network_role": "administrator"}, True, True, True),
        ({"is_superuser": True}, True, True, True),
        ({"is_staff": True}, False, False, False),
    ],
)
def test_each_role_holds_the_lower_ones(fields, verifies, coordinates, administers):
    user = person(**fields)
    assert (user.is_verifier, user.is_coordinator, user.is_administrator) == (verifies, coordinates, administers)
    user.is_active = False
    assert not (user.is_verifier or user.is_coordinator or user.is_administrator)


@pytest.mark.parametrize(
    ("fields", "everywhere", "in_georgia"),
    [
        ({"network_role": "coordinator"}, True, True),
        ({"network_role": "coordinator", "countries": ["GE", "AM"]}, False, True),
        ({"network_role": "coordinator", "countries": ["KZ"]}, False, False),
        ({"network_role": "administrator", "countries": ["KZ"]}, True, True),
        ({"is_superuser": True, "countries": ["KZ"]}, True, True),
        ({"network_role": "verifier", "countries": ["GE"]}, False, False),
        ({"countries": ["GE"]}, False, False),
        ({"network_role": "coordinator", "is_active": False}, False, False),
        ({"network_role": "coordinator", "countries": ["GE"], "is_active": False}, False, False),
    ],
)
def test_who_coordinates_a_country(fields, everywhere, in_georgia):
    user = person(**fields)
    assert user.coordinates_everywhere is everywhere
    assert user.coordinates("GE") is in_georgia
    assert user.coordinates_any(["PL", "GE"]) is in_georgia


def test_nobody_coordinates_one_of_no_countries():
    assert not person(network_role="administrator").coordinates_any([])


def test_a_country_without_a_name_is_for_those_who_coordinate_everywhere():
    assert person(network_role="coordinator").coordinates("")
    assert not person(network_role="coordinator", countries=["GE"]).coordinates("")


class TestAddresses:
    def test_are_kept_in_lower_case(self):
        assert create_person(email="Lena@Example.ORG", name="Лена").email == "lena@example.org"
        with pytest.raises(IntegrityError):
            User.objects.update(email="Lena@example.org")

    @pytest.mark.parametrize("address", ["", "lena", "lena@", "лена@@example.org"])
    def test_are_addresses(self, address):
        with pytest.raises((ValueError, ValidationError)):
            create_person(email=address, name="Лена")
        assert not User.objects.exists()

    def test_belong_to_one_person(self):
        create_person(email="lena@example.org", name="Лена")
        with pytest.raises(ValidationError):
            create_person(email="LENA@example.org", name="Другая Лена")

    def test_without_a_password_nobody_signs_in_until_they_set_one(self):
        user = create_person(email="lena@example.org", name="Лена")
        assert not user.has_usable_password() and not user.check_password("")

    def test_a_person_is_called_by_their_name_or_else_by_their_address(self):
        assert str(person(name="Лена")) == person(name="Лена").get_short_name() == "Лена"
        assert person().get_full_name() == "lena@example.org"


class TestWhoAsks:
    def test_a_stranger_is_nobody_and_does_not_come_through_a_door(self):
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        assert person_of(request) is None
        with pytest.raises(PermissionDenied):
            signed_in(request)

    def test_somebody_who_signed_in_is_themselves(self):
        request = RequestFactory().get("/")
        request.user = create_person(email="lena@example.org", name="Лена")
        assert person_of(request) is signed_in(request) is request.user
