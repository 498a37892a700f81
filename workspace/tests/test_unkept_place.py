"""The page on which an organisation has an address erased, and the form of a place without one."""

from __future__ import annotations

import pytest
from django.urls import reverse

from organizations.models import Location
from organizations.tests.makers import make_user
from verification.editing import stop_keeping_address
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return scenarios.place(scenarios.organization(), place_code="611717", transit="Метро «Речная»")


@pytest.fixture
def owner(place, client):
    user = scenarios.person(place.organization, "manager")
    client.force_login(user)
    return user


def press(client, place, version=""):
    place.refresh_from_db()
    data = {"version": version or place.version}
    return client.post(reverse("workspace:place-unkept", args=[place.public_id]), data, follow=True)


def test_a_press_erases_it_and_the_form_asks_for_no_door_any_more(client, place, owner):
    form = client.get(reverse("workspace:place", args=[place.public_id])).content.decode()
    assert 'name="address"' in form and reverse("workspace:place-unkept", args=[place.public_id]) in form
    page = press(client, place).content.decode()
    assert "Адреса больше нет" in page
    for name in ("address", "postal_code", "lat", "pasted", "directions", "transit", "accessibility_note"):
        assert f'name="{name}"' not in page
    assert 'name="city"' in page and 'value="exact"' not in page and 'value="district"' not in page
    assert not Location.objects.get(pk=place.pk).is_address_kept


def test_the_form_without_a_door_saves_the_rest(client, place, owner):
    press(client, place)
    place.refresh_from_db()
    data = {
        "version": place.version, "name": "Приют", "type": "shelter", "country": "GE", "city": "Тбилиси",
        "place_code": "611717", "public_precision": "country", "member_precision": "settlement",
        "visibility": "members", "step_free": "yes", "timezone": "Asia/Tbilisi",
    }  # fmt: skip
    answer = client.post(reverse("workspace:place", args=[place.public_id]), data)
    assert answer.status_code == 302
    place.refresh_from_db()
    assert (place.name, place.public_precision, place.step_free, place.address) == ("Приют", "country", True, "")


def test_what_somebody_else_has_saved_meanwhile_is_read_first(client, place, owner):
    page = press(client, place, version="99").content.decode()
    assert "Кто-то" in page or "кто-то" in page
    assert Location.objects.get(pk=place.pk).address
    assert press(client, place, version="x" * 30).status_code == 200


def test_it_is_kept_again_by_a_press(client, place, owner):
    press(client, place)
    assert "Адрес снова можно записать" in press(client, place).content.decode()
    assert Location.objects.get(pk=place.pk).is_address_kept


def test_who_runs_the_network_has_no_press_and_finds_no_place_that_hides(client, place):
    client.force_login(make_user(network_role="administrator"))
    page = client.get(reverse("workspace:place-unkept", args=[place.public_id])).content.decode()
    assert "только сама организация" in page and "Стереть адрес" not in page
    press(client, place)
    place.refresh_from_db()
    assert place.is_address_kept
    stop_keeping_address(actor=None, location=place, expected_version=place.version)
    assert client.get(reverse("workspace:place-unkept", args=[place.public_id])).status_code == 404
