"""A resource centre, found and read by everybody: its card, its place, light pages, the API and HSDS."""

from __future__ import annotations

import datetime as dt

import pytest

from directory.stores import store
from directory.tables.learning import PublicCentre
from directory.tests.factories import publish

pytestmark = pytest.mark.django_db
PLACE = "place33333"
ROOMS = "Зал на тридцать человек и кухня"


@pytest.fixture
def centre():
    listing = publish(place_id=PLACE, location_type="resource", texts={"title": "Курсы", "place": "Дом на углу"})
    publish(place_id="place44444", location_type="office", texts={"title": "Приём", "place": "Контора"})
    PublicCentre.objects.create(
        id=PLACE, rooms={"ru": ROOMS, "en": "A hall and a kitchen"}, seats=30, topics=["first_aid"], trained=9,
        owner=listing.organization_id, looked_on=dt.date(2026, 11, 1),
    )  # fmt: skip
    return listing


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response


def test_it_is_found_by_the_filter_by_words_and_from_the_page_about_learning(client, centre):
    cards = read(client, "/api/v1/listings/?place_kind=resource").json()["results"]
    assert [(one["place_id"], one["place_kind"]) for one in cards] == [
        (PLACE, {"code": "resource", "text": "Ресурсный центр"})
    ]
    every = read(client, "/api/v1/listings/").json()["results"]
    assert {one["place_kind"] is None for one in every} == {True, False}
    for words in ("ресурсный центр", "resource center"):
        found = client.post("/api/v1/search/", {"q": words, "zoom": 4}, content_type="application/json").json()
        assert [one["place_id"] for one in found["results"]] == [PLACE], words
    page = read(client, "/ru/learning/").content.decode()
    assert "Дом на углу" in page and f"/ru/places/{PLACE}/" in page and "place_kind=resource" in page
    assert "Контора" not in page


def test_it_says_what_it_offers_as_a_whole_wherever_its_place_is_read(client, centre):
    assert "Ресурсный центр" in read(client, "/ru/?place_kind=resource").content.decode()
    told = read(client, f"/api/v1/places/{PLACE}/").json()["centre"]
    assert (told["rooms"], told["seats"], told["topics"], told["trained"]) == (ROOMS, 30, ["Первая помощь"], 9)
    assert read(client, "/api/v1/places/place44444/").json()["centre"] is None
    light = read(client, f"/ru/light/places/{PLACE}/").content.decode()
    assert ROOMS in light and "Первая помощь" in light and "<dd>9</dd>" in light
    assert "ресурсный центр" in read(client, "/ru/light/ge/all/").content.decode()
    assert "ROOMS" not in read(client, "/ru/light/places/place44444/").content.decode()


def test_the_standard_tells_it_in_one_question(client, centre, django_assert_max_num_queries):
    places = read(client, "/api/hsds/locations").json()["contents"]
    told = {one.get("x_kind", ""): one.get("x_centre") for one in places}
    assert told[""] is None and told["resource"]["rooms"] == ROOMS and told["resource"]["trained"] == 9
    for number in range(5):
        publish(place_id=f"place5555{number}", location_type="resource", texts={"title": "Курсы", "place": "Дом"})
    with django_assert_max_num_queries(12):
        assert len(read(client, "/api/hsds/locations").json()["contents"]) == 7


def test_with_its_place_it_is_gone_everywhere(client, centre):
    store.withdraw(centre.id)
    for path in (f"/api/v1/places/{PLACE}/", f"/ru/light/places/{PLACE}/"):
        assert client.get(path).status_code == 404
    assert ROOMS not in read(client, "/ru/learning/").content.decode()
    assert "resource" not in str(read(client, "/api/hsds/locations").json())
