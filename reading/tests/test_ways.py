import pytest
from django.utils.translation import override

from directory.asking import queries
from directory.tests.factories import publish
from directory.vocabulary import KnownTerm, Vocabulary
from reading.ways import SCHEME, coordinates, is_exact, ways

pytestmark = pytest.mark.django_db
DOOR = (13.413482, 52.502813)
NAMES = {"google": "Google", "apple": "Apple", "yandex": "Yandex", "two_gis": "2GIS"}


def vocabulary(**data):
    """The four maps; what an administrator has said of some, by code."""
    terms = [KnownTerm(SCHEME, code, names={"en": name}, data=data.get(code, {})) for code, name in NAMES.items()]
    return Vocabulary("public", 1, terms)


def row(country="DE", *, point=DOOR, **fields):
    (found,) = queries.place("public", publish(country=country, point=point, **fields).place_id)
    return found


def offered(country="DE", words=None, **fields):
    """The names of the maps for a place, with their addresses."""
    with override("en"):
        return {way["name"]: way["url"] for way in ways(row(country, **fields), words or vocabulary())}


def test_every_map_gets_the_coordinates_in_the_order_that_it_reads_and_nothing_else():
    assert offered() == {
        "Google": "https://www.google.com/maps/search/?api=1&query=52.502813%2C13.413482",
        "Apple": "https://maps.apple.com/?ll=52.502813%2C13.413482&q=52.502813%2C13.413482",
        "Yandex": "https://yandex.ru/maps/?pt=13.413482%2C52.502813&z=17&l=map",
        "OpenStreetMap": "https://www.openstreetmap.org/?mlat=52.502813&mlon=13.413482#map=18/52.502813/13.413482",
        "Maps app on the phone": "geo:52.502813,13.413482",
    }


@pytest.mark.parametrize(
    ("country", "site"), [("KZ", "2gis.kz"), ("GE", "2gis.ge"), ("RU", "2gis.ru"), ("UZ", "2gis.ru")]
)
def test_what_people_have_on_the_phone_there_comes_first(country, site):
    found = offered(country)
    assert list(found) == ["2GIS", "Yandex", "Google", "Apple", "OpenStreetMap", "Maps app on the phone"]
    assert found["2GIS"] == f"https://{site}/geo/13.413482,52.502813?m=13.413482%2C52.502813/17"


def test_a_point_is_written_with_a_dot_in_every_language():
    with override("ru"):
        assert coordinates(row()) == "52.50281, 13.41348"


@pytest.mark.parametrize("precision", ["district", "settlement", "country", "none"])
def test_a_place_whose_door_is_not_public_is_opened_nowhere(precision):
    point = DOOR if precision in ("district", "settlement") else None
    hidden = row(precision=precision, point=point)
    assert (ways(hidden, vocabulary()), coordinates(hidden), is_exact(hidden)) == ([], "", False)


def test_an_administrator_takes_a_map_away_everywhere_or_for_places_of_a_country():
    said = vocabulary(google={"is_off": True}, yandex={"off_in": ["DE", "UA"]})
    assert list(offered("DE", said)) == ["Apple", "OpenStreetMap", "Maps app on the phone"]
    assert list(offered("FR", said)) == ["Apple", "Yandex", "OpenStreetMap", "Maps app on the phone"]


def test_what_the_vocabulary_does_not_know_is_not_offered_and_the_open_ones_stay():
    retired = Vocabulary("public", 1, [KnownTerm(SCHEME, "google", is_retired=True)])
    assert list(offered("DE", retired)) == ["OpenStreetMap", "Maps app on the phone"]
