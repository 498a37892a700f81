"""A patient attacker who asks for nothing but what anybody may ask ends where everybody may know, and no nearer.

They average what answers say of the place, measure distances to it from everywhere (the least squares of 100 metres
of rounding give a point to a few metres), and halve boxes until they hold it no more.
"""

from __future__ import annotations

import math
import random

import pytest
from django.core.cache import cache
from django.test import Client
from geopy.distance import great_circle

from core.geo import gazetteer
from organizations.models import Location
from verification import services as verification
from verification.editing import update_location
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
DOOR = (41.7, 44.8)
#: How near to a door its pin may be at most, in kilometres, and how well the pin itself is known.
LEAST = {"district": 1.0, "settlement": 5.0}
EXACTLY = 0.15
#: A village that no list knows: its settlement is a cell of the grid, not a centre.
TBILISI = {"city": "Тбилиси", "place_code": gazetteer.named("Тбилиси").id}
VILLAGE = {"city": "Хутор без имени", "place_code": ""}


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(great_circle(one, other).km)


class Attacker:
    """Counts what they ask."""

    def __init__(self, listing: str) -> None:
        self.client, self.listing, self.asked, self.dice = Client(), listing, 0, random.Random(5)

    def get(self, path: str, **query: object) -> dict[str, object]:
        self.asked += 1
        answer = self.client.get(f"/api/v1/{path}", query)
        assert answer.status_code == 200
        return answer.json()

    def seen(self, results) -> dict[str, object] | None:
        return next((one for one in results if one["id"] == self.listing), None)

    def average(self, count: int) -> tuple[float, float]:
        """The mean of every position that any answer gives."""
        found = []
        for _number in range(count):
            lat, lon = DOOR[0] + self.dice.gauss(0, 0.05), DOOR[1] + self.dice.gauss(0, 0.05)
            card = self.seen(self.get("nearest/", lat=lat, lon=lon, limit=20)["results"])
            found.append((card["lat"], card["lon"]))
        return sum(lat for lat, _lon in found) / len(found), sum(lon for _lat, lon in found) / len(found)

    def trilaterate(self, count: int) -> tuple[float, float]:
        """Gauss–Newton over distances from everywhere around."""
        told = []
        for _number in range(count):
            here = (DOOR[0] + self.dice.uniform(-0.3, 0.3), DOOR[1] + self.dice.uniform(-0.4, 0.4))
            told.append((here, self.seen(self.get("nearest/", lat=here[0], lon=here[1])["results"])["distance_km"]))
        north, east = 111.195, 111.195 * math.cos(math.radians(DOOR[0]))
        lat, lon = DOOR
        for _round in range(20):
            a = b = c = p = q = 0.0
            for here, said in told:
                dx, dy = (lon - here[1]) * east, (lat - here[0]) * north
                length = math.hypot(dx, dy) or 1e-9
                x, y, miss = dx / length, dy / length, said - length
                a, b, c, p, q = a + x * x, b + x * y, c + y * y, p + x * miss, q + y * miss
            det = a * c - b * b
            lon, lat = lon + (c * p - b * q) / det / east, lat + (a * q - b * p) / det / north
        return lat, lon

    def halve(self, rounds: int) -> tuple[float, float]:
        """Boxes that hold the listing, each half of the one before, until they are a few metres wide."""
        south, west, north, east = DOOR[0] - 0.5, DOOR[1] - 0.5, DOOR[0] + 0.5, DOOR[1] + 0.5
        for number in range(rounds):
            half = (west + east) / 2 if number % 2 else (south + north) / 2
            box = (west, south, half, north) if number % 2 else (west, south, east, half)
            holds = self.seen(self.get("listings/", bbox=",".join(map(str, box)), page_size=100)["results"])
            if number % 2:
                west, east = (west, half) if holds else (half, east)
            else:
                south, north = (south, half) if holds else (half, north)
        return (south + north) / 2, (west + east) / 2


@pytest.mark.parametrize(("precision", "where"), [("district", TBILISI), ("settlement", VILLAGE)])
@pytest.mark.parametrize("count", [24, pytest.param(5000, marks=pytest.mark.long)])
def test_averaging_and_trilateration_end_at_the_area(precision, where, count, record_testsuite_property):
    place = scenarios.place(scenarios.organization(), public_precision=precision, **where)
    attacker = Attacker(scenarios.published(place).public_id)
    place.refresh_from_db()
    pin = getattr(place, f"{precision}_point")
    ends = {
        "averaging": attacker.average(count // 2),
        "trilateration": attacker.trilaterate(count // 2 - 40 if count > 100 else count // 2),
        "halving": attacker.halve(32),
    }
    near = {way: km(end, DOOR) for way, end in ends.items()}
    said = ", ".join(f"{way} ends {metres * 1000:.0f} m from the door" for way, metres in near.items())
    record_testsuite_property(f"attack on a {precision}", f"{attacker.asked} questions: {said}")
    assert all(km(end, (pin.y, pin.x)) < EXACTLY for end in ends.values()), "the attack works: it finds the pin"
    assert min(near.values()) >= LEAST[precision] - EXACTLY


@pytest.mark.parametrize("times", [2, pytest.param(100, marks=pytest.mark.long)])
def test_exact_hidden_and_district_in_turn_are_always_the_same_point(times, record_testsuite_property):
    """What is shown when it is a district, as a reader gets it, whatever it was in between."""
    listing = scenarios.published(scenarios.place(scenarios.organization(), **TBILISI))
    other, reader, points = scenarios.verifier(), Client(), set()
    for _number in range(times):
        for precision in ("none", "district", "exact"):
            place = Location.objects.get(pk=listing.location_id)
            update_location(actor=None, location=place, expected_version=place.version, public_precision=precision)
            if verification.working_copy_differs(listing):
                review = verification.submit(listing=listing, actor=None)
                if review.is_open:
                    verification.approve(review=review, actor=other)
            cache.clear()
            shown = reader.get(f"/api/v1/places/{place.public_id}/").json()["listings"][0]
            if precision == "district":
                points.add((shown["lat"], shown["lon"]))
    (point,) = points
    record_testsuite_property("toggled", f"{times} times exact, hidden, district: {len(points)} point")
    assert km(point, DOOR) >= LEAST["district"]
