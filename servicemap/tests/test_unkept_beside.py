"""Beside the place itself: merged places, shared doors, suggestions and reasons say no more where its door is."""

from __future__ import annotations

import pytest
from django.contrib.gis.geos import Point

from directory.access import circles_open
from organizations.models import Location
from servicemap.tests.test_retention import everything
from services.models import Notice
from verification import services as verification
from verification.editing import stop_keeping_address
from verification.models import PlaceMerge, SharedDoor, Suggestion, Takedown
from verification.services.merging.places import merge_places, undo_places
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
STREET = "ул. Канареечная, 17"
POINT = Point(44.812345, 41.712345, srid=4326)


@pytest.fixture
def own():
    return scenarios.organization("Мост")


@pytest.fixture
def owner(own):
    return scenarios.person(own, "manager")


def erase(place: Location, owner) -> None:
    place.refresh_from_db()
    stop_keeping_address(actor=owner, location=place, expected_version=place.version)


def is_told() -> bool:
    with circles_open():
        text = everything().lower()
    return "канареечн" in text or "44.8123" in text


def test_a_place_that_became_one_with_it_has_the_same_door(own, owner):
    gone, kept = (scenarios.place(own, address=STREET, point=POINT, place_code="611717") for _number in range(2))
    listing = scenarios.published(gone)
    merge = merge_places(kept=kept, gone=gone, actor=owner)
    erase(kept, owner)
    assert not is_told()
    undo_places(merge=PlaceMerge.objects.get(pk=merge.pk), actor=owner)
    listing.refresh_from_db()
    assert listing.location_id == gone.pk and not is_told()


def test_what_people_said_of_the_house_is_said_without_its_number_too(own, owner):
    place = scenarios.place(own, address=f"{STREET}, кв. 5", point=POINT, place_code="611717")
    listing = scenarios.published(place)
    verification.hide(listing=listing, actor=owner, reason=f"Дом {STREET} закрыт")
    Suggestion.objects.create(
        what="Приют", country="GE", reach=f"Стучать: {STREET}", known_from="self", text=STREET, point=POINT,
        code_hash="x", listing=listing, state="accepted", answered_at=listing.created_at, due_at=listing.created_at,
    )  # fmt: skip
    Takedown.objects.create(location=place, reason=f"Опасно на {STREET}")
    Notice.objects.create(location=place, text=f"Вход {STREET}", kind="info", starts_on="2026-01-01")
    other = scenarios.place(scenarios.organization(), address="ул. Иная, 1")
    SharedDoor.objects.create(kept=place, gone=other, before={"address": ["ул. Иная, 1", STREET]})
    assert is_told()
    erase(place, owner)
    assert not is_told()
    assert SharedDoor.objects.get().state == "declined" and Suggestion.objects.get().point is None
