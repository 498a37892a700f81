"""Where the map shows a place that hides its door, whatever was done to it before."""

from __future__ import annotations

import pytest
from geopy.distance import great_circle

from core.geo import gazetteer
from directory.tables.listings import MemberListing, PublicListing
from organizations.models import Location
from verification import services as verification
from verification.editing import update_location
from verification.services.around.partial import placed
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
CITY = gazetteer.named("Тбилиси")


def edit(row, **fields) -> None:
    at = Location.objects.get(pk=row.location_id)
    update_location(actor=None, location=at, expected_version=at.version, batch=None, **fields)


def pin(row):
    return PublicListing.objects.get(pk=row.public_id).point.coords


def test_exact_hidden_district_and_round_again_is_one_and_the_same_pin():
    row = scenarios.published(scenarios.place(scenarios.organization(), place_code=CITY.id))
    door, verifier, pins = row.location.point.coords, scenarios.verifier(), set()
    for _ in range(4):
        assert pin(row) == door
        edit(row, public_precision="district")
        pins.add(pin(row))
        edit(row, visibility="administrators")
        assert not PublicListing.objects.exists() and not MemberListing.objects.exists()
        edit(row, visibility="public", public_precision="exact")
        verification.approve(review=verification.submit(listing=row, actor=None), actor=verifier)
    (only,) = pins
    assert 1 <= great_circle(only[::-1], door[::-1]).km < 2


def test_a_moved_pin_waits_for_its_review_however_narrow_the_edit_was():
    row = scenarios.published(
        scenarios.place(scenarios.organization(), place_code=CITY.id, public_precision="district")
    )
    before = pin(row)
    edit(row, point="SRID=4326;POINT(44.9 41.75)", public_precision="settlement")
    assert pin(row) == pytest.approx((CITY.lon, CITY.lat))
    edit(row, public_precision="district")
    verification.approve(review=verification.submit(listing=row, actor=None), actor=scenarios.verifier())
    assert pin(row) != before


def test_a_point_that_was_returned_keeps_the_pin_that_belongs_to_it():
    row = scenarios.published(
        scenarios.place(scenarios.organization(), place_code=CITY.id, public_precision="district")
    )
    before = pin(row)
    edit(row, point="SRID=4326;POINT(44.9 41.75)", name="Другое имя")
    review = verification.submit(listing=row, actor=None)
    verification.approve(review=review, actor=scenarios.verifier(), note="Где это?", returned=["location.point"])
    shown = PublicListing.objects.get(pk=row.public_id)
    assert shown.point.coords == before and shown.content["ru"]["place"] == "Другое имя"


def test_a_content_without_a_place_has_no_pins():
    content = scenarios.published().state.published.content
    assert placed(content) == content
    content["location"] = None
    assert placed(content) == content
