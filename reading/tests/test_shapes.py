"""What is given has the shape that is promised: each key, each type, and nothing besides."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from jsonschema import Draft202012Validator

from core import clock
from directory.asking import queries
from directory.asking.filters import Filters
from directory.coming import areas
from directory.coming.stops import shown as stops_shown
from directory.geometry import Near
from directory.shown.profiles import Profile
from directory.tests.factories import TBILISI, publish
from directory.tests.test_coming import BOTH
from directory.vocabulary import vocabulary
from reading import answers, presenters
from reading.api.described import described
from reading.asked import Asked
from reading.shapes import (
    CapacityTold,
    Card,
    CitiesAnswer,
    FeatureCollection,
    ListingsAnswer,
    MapAnswer,
    NearestAnswer,
    OrganizationTold,
    PlaceInList,
    SearchPage,
    WholePlaceTold,
)

pytestmark = pytest.mark.django_db
HOURS = {"slots": [{"days": [0, 2], "opens": "09:00", "closes": "18:00"}], "by_appointment": True}
PHONE = {"channel": "phone", "value": "+995322000000", "label": {"ru": "Равный консультант"}, "audience": "clients"}
NOTICE = {"kind": "warning", "text": {"ru": "Ремонт"}, "starts_on": "2020-01-01", "ends_on": None}
#: Keys of a service on the page of its place that derive from the record: its texts.
TEXTS = {"text", "eligibility_note", "documents_note", "cost_note", "confidentiality_note", "note", "operation_note"}


@pytest.fixture
def asked():
    publish(place_id="place22222", hours=HOURS, contacts=[PHONE], notices=[NOTICE], groups={"msm": "welcome"})
    publish(place_id="place22222", point=None, operation="closed")
    found = areas.shown([{"kind": "city", "code": "612287"}, {"kind": "country", "code": "GE"}], None, "none", None)
    publish(stops=stops_shown(BOTH, [], ""), areas=found, delivery=["mobile"])
    with override("en"):
        yield Asked.now("public")


def closed(schema):
    """The same schema, which lets no other key in."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    more = {"additionalProperties": False} if "properties" in schema else {}
    return {name: closed(part) for name, part in schema.items()} | more


def misfits(given, shape):
    found = Draft202012Validator(closed(described(shape))).iter_errors(given)
    return [f"{error.json_path}: {error.message}" for error in found]


def test_cards_and_lists(asked):
    shown = answers.listings_answer(asked, Filters(), "/")
    assert shown["results"] and not misfits(shown, ListingsAnswer)
    assert not [wrong for card in shown["results"] for wrong in misfits(card, Card)]


def test_a_list_without_an_end_of_its_own_offers_a_way_on(asked):
    shown = answers.listings_answer(asked, Filters(country=("KZ",), service=("hiv_rapid_test",)))
    assert "alternatives" in shown and not misfits(shown, ListingsAnswer)


def test_the_map_and_a_search(asked):
    assert not misfits(answers.map_answer(asked, Filters(), 20), MapAnswer)
    assert not misfits(answers.map_answer(asked, Filters(), 2), MapAnswer)
    assert not misfits(answers.search_answer(asked, "тест в Тбилиси", Filters(), 4), SearchPage)


def test_what_is_near_and_features(asked):
    near = answers.nearest_answer(asked, Filters(), Near(TBILISI[1], TBILISI[0]), 5)
    assert near["results"] and not misfits(near, NearestAnswer)
    assert not misfits(answers.geojson_answer(asked, Filters(), "/"), FeatureCollection)


def test_a_place_and_its_services(asked):
    shown = answers.place_answer(asked, "place22222")
    assert shown is not None
    for service in shown["listings"]:
        assert service.keys() >= TEXTS
        for name in TEXTS:
            del service[name]
    assert not misfits(shown, WholePlaceTold)


def test_cities(asked):
    shown = answers.cities_answer("Тбилиси")
    assert shown["results"] and not misfits(shown, CitiesAnswer)


def test_an_organization_and_its_places(asked):
    row = Profile(
        id="mostmostm2", slug="most", content={"ru": {"name": "Мост"}}, is_member=True, freshness="fresh", is_told=True,
        links=("https://most.example", {"url": "https://t.me/most", "name": "Канал"}, "javascript:alert(1)"),
    )  # fmt: skip
    shown = presenters.organization(row, vocabulary(), "public")
    assert not misfits(shown, OrganizationTold)
    assert [link["name"] for link in shown["links"]] == ["most.example", "Канал"]
    places = presenters.places_of(queries.listings_of_organization("public", "mostmostm2"), "public", clock.now())
    assert places and not [wrong for place in places for wrong in misfits(place, PlaceInList)]


def test_what_has_no_schema_is_refused():
    assert described(CapacityTold)["required"][0] == "level"
    with pytest.raises(TypeError):
        described(set[str])
