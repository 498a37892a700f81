"""The pin of a place that hides its door: derived, far enough, always the same, and nobody's to type."""

from __future__ import annotations

import math
import random

import pytest
from django.contrib.gis.geos import Point
from django.db import IntegrityError, connection, transaction
from geopy.distance import great_circle

from core.geo import gazetteer
from organizations import services
from organizations.areas import areas_of
from organizations.models import Location, Settlement
from organizations.tests.makers import make_location, make_organization

pytestmark = pytest.mark.django_db
LARGE, SMALL = gazetteer.named("Тбилиси"), gazetteer.named("Мцхета")
DOOR = Point(44.80, 41.70, srid=4326)


def km(one: Point, other: Point) -> float:
    return float(great_circle((one.y, one.x), (other.y, other.x)).km)


def centre(city: gazetteer.Place) -> tuple[float, float]:
    return city.lon, city.lat


def cells(doors: list[tuple[float, float]], pitch: float, least: float) -> list[tuple[float, float, float]]:
    """Of each door (lon, lat): lon and lat of its pin, and how many kilometres lie between."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_X(cell), ST_Y(cell), ST_DistanceSphere(cell, door) / 1000 FROM ("
            " SELECT door, organizations_cell(door, %s, %s) AS cell FROM"
            " (SELECT ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS door"
            "  FROM unnest(%s::float8[], %s::float8[]) WITH ORDINALITY AS t (lon, lat, n) ORDER BY n) AS d) AS found",
            [pitch, least, [lon for lon, _lat in doors], [lat for _lon, lat in doors]],
        )
        return cursor.fetchall()


def test_a_large_city_has_districts_and_a_small_one_is_a_pin():
    large, small = areas_of(DOOR, LARGE.id), areas_of(DOOR, SMALL.id)
    assert large.settlement.coords == pytest.approx(centre(LARGE))
    assert 1 <= km(large.district, DOOR) < 2
    assert small.district.coords == small.settlement.coords == pytest.approx(centre(SMALL))


def test_a_village_that_no_list_knows_is_a_wide_cell_and_its_district_no_narrower():
    found = areas_of(DOOR, "")
    assert 5 <= km(found.settlement, DOOR) < 9
    assert found.district == found.settlement


def test_without_a_point_the_city_is_all_there_is():
    found = areas_of(None, LARGE.id)
    assert found.district == found.settlement and found.settlement.coords == pytest.approx(centre(LARGE))
    assert (areas_of(None, "").district, areas_of(None, "").settlement) == (None, None)


@pytest.mark.parametrize(("pitch", "least", "most"), [(1.5, 1, 2), (7.5, 5, 9)])
def test_no_pin_is_near_its_door_anywhere_on_earth(pitch, least, most):
    chance = random.Random(20)
    doors = [(chance.uniform(-180, 180), chance.uniform(-84, 84)) for _ in range(400)]
    doors += [(lon, chance.uniform(50, 70)) for lon in (-180.0, -179.9999, 179.9999, 180.0)]
    distances = [distance for _lon, _lat, distance in cells(doors, pitch, least)]
    assert least <= min(distances) and max(distances) < most


def test_a_pin_says_no_more_than_a_cell():
    """Whoever knows the rule, the grid and the pin still has about a whole cell to search, on all sides of the pin."""
    step = 0.1
    per_degree = 111.195
    grid = [
        (44.8 + x * step / (per_degree * math.cos(math.radians(41.7))), 41.7 + y * step / per_degree)
        for x in range(-25, 26)
        for y in range(-25, 26)
    ]
    found = cells(grid, 1.5, 1)
    pin = next(found[i][:2] for i, door in enumerate(grid) if door == (44.8, 41.7))
    mine = [door for door, cell in zip(grid, found, strict=True) if cell[:2] == pin]
    assert len(mine) * step * step > 0.6 * 1.5**2
    sides = {(lon > pin[0], lat > pin[1]) for lon, lat in mine}
    assert len(sides) >= 3


def test_the_same_place_has_the_same_pin_for_ever():
    place = make_location(make_organization(), place_code=LARGE.id)
    pins = set()
    for precision in ["exact", "none", "district", "settlement"] * 25:
        place = services.update_location(
            actor=None, location=place, expected_version=place.version,
            public_precision=precision, member_precision=precision,
        )  # fmt: skip
        place.refresh_from_db()
        pins.add((place.district_point.coords, place.settlement_point.coords))
    assert len(pins) == 1


@pytest.mark.parametrize("name", ["district_point", "settlement_point"])
def test_nobody_types_a_pin(name):
    place = make_location(make_organization(), place_code=LARGE.id)
    with pytest.raises(TypeError):
        services.update_location(actor=None, location=place, expected_version=1, **{name: DOOR})
    Location.objects.filter(pk=place.pk).update(**{name: DOOR})
    setattr(place, name, DOOR)
    place.save()
    place.refresh_from_db()
    assert km(place.district_point, DOOR) >= 1 and place.settlement_point.coords == pytest.approx(centre(LARGE))


def test_what_is_kept_of_a_settlement_stays():
    """The gazetteer of a later release may put the middle of a city elsewhere; the pins stand still."""
    make_location(make_organization(), place_code=LARGE.id)
    Settlement.objects.filter(code=LARGE.id).update(point=Point(44.7, 41.6, srid=4326))
    assert areas_of(DOOR, LARGE.id).settlement.coords == (44.7, 41.6)


def test_a_settlement_that_is_not_kept_is_refused_by_the_database():
    place = make_location(make_organization())
    with pytest.raises(IntegrityError, match="is not known"), transaction.atomic():
        Location.objects.filter(pk=place.pk).update(place_code="nowhere")


def test_the_grid_is_drawn_once_for_a_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT organizations_grid_origin(), organizations_grid_origin()")
        first, second = cursor.fetchone()
    assert first == second and all(0 <= part < 1 for part in first)


def test_a_place_in_a_large_city_can_be_edited_without_a_door():
    """Red before: the distance from nothing could not be said, and every edit of such a place broke."""
    city = gazetteer.named("Тбилиси")
    place = make_location(make_organization(), point=None, place_code=city.id, public_precision="settlement",
                          member_precision="settlement")  # fmt: skip
    assert place.district_point is not None
    services.update_location(actor=None, location=place, expected_version=place.version, name="Кабинет на Речной")
