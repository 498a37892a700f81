import pytest

from core import gazetteer


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
