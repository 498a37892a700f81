"""Suggestions for the place form: by POST only, and never an error for strange words."""

import json

import pytest

from workspace.listings.forms.area import read_lines
from workspace.tests.world import form_data


def ask(world, name, **words):
    return json.loads(world.post(f"lookup/{name}/", words).content)["results"]


def test_cities_begin_like_what_was_typed(world):
    first = ask(world, "cities", q="Тбил")[0]
    assert (first["name"], first["country"], first["timezone"]) == ("Тбилиси", "GE", "Asia/Tbilisi")
    assert ask(world, "cities", q="Тбил", country="PL") == []


def test_an_address_is_found_by_its_city_at_least(world):
    first = ask(world, "address", address="ул. Мельничная, 3", city="Тбилиси", country="GE")[0]
    assert round(first["lat"]) == 42 and first["found"] == "city"


def test_the_area_of_a_place_is_shown_before_it_is_saved(world):
    place = {"lat": world.place.point.y, "lon": world.place.point.x, "place_code": world.place.place_code}
    found = json.loads(world.post("lookup/area/", place).content)
    assert found["district"] == list(world.place.district_point.coords[::-1])
    assert found["settlement"] == list(world.place.settlement_point.coords[::-1])
    nowhere = world.post("lookup/area/", {"lat": "north", "lon": "", "place_code": "none"})
    assert json.loads(nowhere.content) == {"district": None, "settlement": None}


@pytest.mark.parametrize("words", ["", " ", "\x00", "%", "a" * 10_000, "';--", "<script>"])
@pytest.mark.parametrize("name", ["cities", "address", "area"])
def test_strange_words_find_nothing_quietly(world, name, words):
    field = {"cities": "q", "address": "address", "area": "lat"}[name]
    answer = world.post(f"lookup/{name}/", {field: words})
    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["cities", "address"])
def test_words_never_stand_in_an_address(world, name):
    assert world.get(f"lookup/{name}/?q=Тбилиси").status_code == 405


def test_what_was_pasted_is_told_in_words_so_that_swapped_numbers_are_seen(world):
    def pasted(text, country=""):
        return json.loads(world.post("lookup/point/", {"text": text, "country": country}).content)

    found = pasted("https://yandex.ru/maps/?pt=44.80150,41.69380", "GE")
    assert (found["lat"], found["lon"]) == (41.6938, 44.8015)
    assert "Тбилиси" in found["said"] and "местами" not in found["said"]
    swapped = pasted("44.8015, 41.6938", "GE")
    assert "Россия" in swapped["said"] and "местами" in swapped["said"]
    assert set(pasted("https://maps.app.goo.gl/AbCd")) == {"said"}


def test_a_link_that_was_pasted_without_a_script_is_the_pin(world):
    path = f"places/{world.place.public_id}/"
    link = "https://www.google.com/maps/place/@41.1,44.1,15z/data=!3d41.69380!4d44.80150"
    assert world.post(path, form_data(world.get(path)) | {"pasted": link}).status_code == 302
    world.place.refresh_from_db()
    assert world.place.point.coords == (44.8015, 41.6938)
    refused = world.post(path, form_data(world.get(path)) | {"pasted": "https://maps.app.goo.gl/AbCd"})
    assert set(refused.context["form"].errors) == {"pasted"}


class TestWider:
    """Where a service comes to is more than towns: what is offered is a line that its form reads."""

    @pytest.mark.parametrize(
        ("q", "line"), [("Кахет", "Кахетия"), ("Kakhe", "Кахетия"), ("Груз", "Грузия"), ("Geor", "Грузия")]
    )
    def test_countries_and_regions_come_first_and_are_read(self, world, q, line):
        first = ask(world, "cities", q=q, wider="1")[0]
        assert first["name"] == line
        [part] = read_lines(first["line"], "GE")
        assert part["kind"] in ("region", "country") and part["code"] == first["id"]

    def test_a_form_of_a_place_is_offered_towns_alone(self, world):
        assert all("line" not in one for one in ask(world, "cities", q="Груз"))
        assert ask(world, "cities", q="Г", wider="1") == ask(world, "cities", q="Г")
