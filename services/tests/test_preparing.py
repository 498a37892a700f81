"""Rows before they are written, for imports: refused as a form would refuse them, and nothing is saved."""

import pytest
from django.core.exceptions import ValidationError

from organizations.tests.makers import make_contact, make_location, make_organization
from services import preparing
from services.models import Service, ServiceAtLocation
from services.tests.makers import make_listing, make_service, make_vocabulary

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    make_vocabulary()
    return preparing.read_codes()


def fields(**more):
    told = {"title": "Тест на ВИЧ", "summary": "Без записи.", "types": ["hiv_rapid_test"], "languages": ["ru"]}
    return told | {"cost": "free"} | more


def test_a_new_service_is_checked_shown_with_care_and_not_saved(known):
    at_risk = make_organization(registration_country="RU", countries=["RU"], default_visibility="public")
    made = preparing.new_service(organization=at_risk, known=known, **fields())
    assert made.pk is None and made.visibility == "members"
    said = preparing.new_service(organization=at_risk, known=known, **fields(visibility="public"))
    assert said.visibility == "public", "whoever says so is heard"
    with pytest.raises(ValidationError) as refused:
        preparing.new_service(organization=at_risk, known=known, **fields(title="", types=["unheard"]))
    assert refused.value.message_dict
    assert not Service.objects.exists()


def test_a_new_listing_has_what_nobody_said_as_empty(known):
    organization = make_organization()
    service, place = make_service(organization), make_location(organization)
    made = preparing.new_listing(service=service, location=place)
    assert (made.pk, made.hours, made.remote_country, made.note) == (None, {}, "", "")
    with pytest.raises(ValidationError):
        preparing.new_listing(service=service, location=make_location(make_organization()))
    assert not ServiceAtLocation.objects.exists()


def test_whether_an_edit_changes_anything(known):
    service = make_service(make_organization())
    same = {"title": service.title, "types": list(service.types)}
    assert not preparing.service_changes(service, same, known=known)
    assert preparing.service_changes(service, same | {"title": "Другое"}, known=known)
    with pytest.raises(ValidationError):
        preparing.service_changes(service, {"title": "Третье", "types": ["unheard"]}, known=known)
    service.refresh_from_db()
    assert service.title == same["title"]


def test_another_contact_is_a_change_and_the_same_in_another_order_is_none():
    organization = make_organization()
    first, second = make_contact(organization), make_contact(organization, value="+995 32 212 34 57")
    listing = make_listing(make_service(organization), make_location(organization), contacts=[first, second])
    assert not preparing.listing_changes(listing, {}, [second, first])
    assert preparing.listing_changes(listing, {}, [first])
    assert preparing.listing_changes(listing, {"note": "Вход со двора"}, [first, second])
