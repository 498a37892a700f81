"""Near a place one finds what comes there, and it stands before what is far."""

import datetime as dt

import pytest

from core.clock import travel
from core.geo import gazetteer
from directory.asking import queries
from directory.asking.filters import Filters
from directory.asking.mapview import map_view
from directory.coming import areas
from directory.coming.stops import shown as stops_shown
from directory.geometry import Box, Near
from directory.searching.search import search
from directory.tests.factories import publish
from directory.tests.test_coming import BOTH, MARKET, MONDAY

pytestmark = pytest.mark.django_db
RUSTAVI = gazetteer.place("612287")
NEAR = Near(RUSTAVI.lat, RUSTAVI.lon, place="612287")
BATUMI = (41.64, 41.64)


def comes_to(*parts, **fields):
    found = areas.shown(parts, None, "none", None)
    columns = {"areas": found, "area_codes": areas.codes_of(found), "area": areas.ground_of(found)}
    return publish(**columns, **fields)


def ids(near=NEAR, **more):
    page = queries.listings_page("public", Filters(near=near, **more))
    return [(row.id, row.reach, row.comes_by and row.comes_by["kind"]) for row in page.rows]


def test_what_comes_stands_behind_what_is_next_door_and_before_what_is_far():
    door = publish(point=(RUSTAVI.lon, RUSTAVI.lat))
    town = publish()  # Tbilisi, 25 km away
    far = publish(point=BATUMI)
    bus = comes_to({"kind": "city", "code": "612287"}, point=BATUMI, delivery=["outreach"])
    line = comes_to({"kind": "country", "code": "GE"}, point=None, country="GE", delivery=["phone"])
    other = comes_to({"kind": "country", "code": "AM"}, point=None, country="GE", delivery=["phone"])
    assert ids() == [
        (door.id, 0, None), (bus.id, 0, "city"), (town.id, 0, None),
        (line.id, 1, "country"), (far.id, 2, None), (other.id, 3, None),
    ]  # fmt: skip
    assert [one for one, _reach, _by in ids(near=NEAR.replace_radius(10))] == [door.id, bus.id]


def test_a_region_is_covered_as_a_whole_and_the_sea_by_nothing():
    made = comes_to({"kind": "region", "code": "GE.68"}, point=None, delivery=["mobile"])
    assert ids() == [(made.id, 0, "region")]
    assert ids(near=Near(41.48, 44.8)) == [(made.id, 0, "region")]  # Marneuli, by its point
    assert ids(near=Near(*reversed(BATUMI)))[0][1] == 3
    assert ids(near=Near(35.0, -40.0))[0][1] == 3


def test_the_pin_of_a_bus_stands_at_the_stop_of_the_day():
    bus = publish(stops=stops_shown(BOTH, [], ""), point=(44.80, 41.72), delivery=["mobile"])
    house = publish(point=(44.5, 41.72))

    def pins(at, box=None):
        view = map_view("public", Filters(bbox=box), 16, ["health"], "ru", at)
        return {point["id"]: (point["lon"], point["lat"]) for point in view.points}

    evening, night = MONDAY + dt.timedelta(hours=7), MONDAY + dt.timedelta(hours=34)
    assert pins(evening) == {bus.place_id: (44.80, 41.72), house.place_id: (44.5, 41.72)}
    market = Box(44.89, 41.59, 44.91, 41.61)
    assert (pins(evening, market), pins(night, market)) == ({}, {bus.place_id: (MARKET["lon"], MARKET["lat"])})
    with travel(night):
        assert [row.id for row in queries.listings_page("public", Filters(bbox=market)).rows] == [bus.id]
        (row,) = queries.place("public", bus.place_id)
        assert (row.lon, row.lat) == (MARKET["lon"], MARKET["lat"])


def test_what_comes_to_a_region_is_found_by_its_name_and_near_its_towns():
    kakheti = comes_to({"kind": "region", "code": "GE.67"}, point=None, country="GE", delivery=["outreach"])
    publish()
    for words in ("Кахетия", "kakheti", "кахети"):
        answer = search("public", words, Filters())
        assert answer.hits and list(answer.hits.scores) == [kakheti.id], words
    telavi = gazetteer.named("Телави")
    assert (kakheti.id, 0, "region") in ids(Near(telavi.lat, telavi.lon, place=telavi.id))
