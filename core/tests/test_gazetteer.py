import re

import pytest

from core.geo import gazetteer
from core.geo.gazetteer import city_code, regions
from core.geo.gazetteer.search import is_case_of


def names(query, **options):
    return [one.name("ru") for one in gazetteer.search(query, **options)]


@pytest.mark.parametrize(
    "query", ["Тбилиси", "тбил", "tbilisi", "Tiflis", "n,bkbcb", "тбилисси", "tbilsii", "  ТБИЛИСИ  "]
)
def test_a_city_is_found_by_what_people_type(query):
    assert names(query)[0] == "Тбилиси"


def test_the_bigger_city_comes_first():
    populations = [one.population for one in gazetteer.search("москва") if one.name("ru") == "Москва"]
    assert populations == sorted(populations, reverse=True)
    assert names("моск")[0] == "Москва"


def test_a_country_narrows_the_search():
    found = gazetteer.search("а", country="GE", limit=50)
    assert found
    assert {one.country for one in found} == {"GE"}


@pytest.mark.parametrize("query", ["", "   ", "!!!", "\x00", "qzxwvqzxwv", "ы" * 10_000])
def test_nonsense_finds_nothing(query):
    assert gazetteer.search(query) == []


@pytest.mark.parametrize(
    ("words", "city"),
    [
        ("варшаве", "Варшава"),
        ("москве", "Москва"),
        ("тбилиси", "Тбилиси"),
        ("нижнем новгороде", "Нижний Новгород"),
        ("риге", "Рига"),
        ("warsaw", "Варшава"),
    ],
)
def test_a_city_is_understood_in_any_case(words, city):
    assert gazetteer.spoken(words.split()).name("ru") == city


@pytest.mark.parametrize("words", ["больнице", "тюрьме", "школе", "центре", "городе", "семье", "беде"])
def test_common_words_are_no_cities(words):
    assert gazetteer.spoken(words.split()) is None


def test_places_have_what_a_form_needs():
    place = gazetteer.place(gazetteer.named("Алматы").id)
    assert (place.country, place.timezone) == ("KZ", "Asia/Almaty")
    assert place.lat == pytest.approx(43.25, abs=0.2)
    assert place.lon == pytest.approx(76.92, abs=0.2)
    assert gazetteer.place("no such id") is None


@pytest.mark.parametrize(
    ("country", "zone"),
    [("GE", "Asia/Tbilisi"), ("KZ", "Asia/Almaty"), ("RU", "Europe/Moscow"), ("QQ", "UTC"), ("", "UTC")],
)
def test_a_country_counts_its_days_where_most_people_live(country, zone):
    assert gazetteer.main_zone(country) == zone


@pytest.mark.parametrize(("former", "now"), [("Алма-Ата", "Алматы"), ("Ленинград", "Санкт-Петербург")])
def test_a_city_is_found_by_its_former_name(former, now):
    assert gazetteer.named(former).name("ru") == now


def test_a_name_is_taken_whole():
    assert gazetteer.named("Тбили") is None
    assert gazetteer.named("") is None


@pytest.mark.parametrize(
    ("word", "name", "fits"),
    [
        ("москвой", "москва", True),
        ("казанью", "казань", True),
        ("омске", "омск", True),
        ("омск", "томск", False),
        ("рим", "рига", False),
        ("ом", "омск", False),
    ],
)
def test_the_cases_of_a_name(word, name, fits):
    assert is_case_of(word, name) is fits


@pytest.mark.parametrize("typed", ["Вашава", "Варшваа", "Варшавва"])
def test_one_slip_of_the_finger_is_forgiven(typed):
    assert names(typed)[0] == "Варшава"


def test_a_short_word_is_not_guessed_at():
    assert gazetteer.search("рмм") == []


def test_no_more_than_asked_for_and_none_of_another_country():
    assert len(gazetteer.search("сан", limit=3)) == 3
    assert gazetteer.search("Атырау", country="GE") == []


def test_a_place_is_called_by_whatever_name_it_has():
    known = {"id": "1", "alternates": (), "country": "GE", "admin1": "", "lat": 0.0, "lon": 0.0, "population": 1}
    nameless = gazetteer.Place(name_ru="", name_en="", name_local="", timezone="UTC", **known)
    local = gazetteer.Place(name_ru="", name_en="", name_local="ბორჯომი", timezone="UTC", **known)
    english = gazetteer.Place(name_ru="", name_en="Borjomi", name_local="ბორჯომი", timezone="UTC", **known)
    assert [place.name("ru") for place in (nameless, local, english)] == ["1", "ბორჯომი", "Borjomi"]
    assert english.names() == ("Borjomi", "ბორჯომი")


NAMES = [
    *("Верхнее Село", "Upper Village", "Село (верхнее)", "Село/2", "«Село»", "Côte d'Azur"),
    *("ქვემო სოფელი", "كابل", "№ 5"),
]


def test_a_city_of_which_nobody_knows_gets_a_code_of_letters_and_digits():
    codes = {city_code(country, name) for country in ("GE", "AM") for name in NAMES}
    assert len(codes) == 2 * len(NAMES)
    assert all(re.fullmatch(r"[a-z0-9]{18}", code) for code in codes)
    assert city_code("GE", " ") == ""


@pytest.mark.parametrize(
    "spelled", ["верхнее село", "ВЕРХНЕЕ  СЕЛО", "Верх\u00adнее Село", "«Верхнее» (Село)", "Верхнее-Село"]
)
def test_however_a_city_is_spelled_it_has_one_code(spelled):
    assert city_code("GE", spelled) == city_code("ge", "Верхнее Село")
    assert city_code("GE", "Верхнее Село") == "gel3fitso24enncwzy", "a code stands in links: it never changes"


def test_every_named_region_has_towns_and_a_name_in_each_language():
    """And no two regions of one country are called alike."""
    for code, region in regions._named().items():
        assert gazetteer.towns_of(code), code
        assert all(gazetteer.region_name(code, language) for language in ("ru", "en")), code
        assert gazetteer.regions_called(region.name_ru, [code[:2]]) == [code]
        assert gazetteer.regions_called(region.name_en.upper(), [code[:2]]) == [code]
    assert gazetteer.region_name("TR.34") == "" and gazetteer.regions_called("") == []
