"""Cities of one name: a point says which is meant; without one nothing is guessed."""

import pytest

from core.geo.gazetteer import place
from exchange.importing.report import RowOutcome
from exchange.importing.run import import_listings
from organizations.models import Location

pytestmark = pytest.mark.django_db
MAPPING = """
source: cities
id: id
organization: {id: org, name: org, registration_country: {value: RU}}
location:
  id: city
  name: {value: Приём}
  city: city
  country: country
  place_code: code
  point: {lon: lon, lat: lat}
service: {title: {value: Тест}, types: {value: hiv_rapid_test}}
"""


@pytest.fixture
def load(tmp_path):
    def load(city, country, lat="", lon="", code=""):
        (tmp_path / "m.yml").write_text(MAPPING, encoding="utf-8")
        (tmp_path / "t.csv").write_text(f"id,org,city,country,lat,lon,code\n1,О,{city},{country},{lat},{lon},{code}\n")
        return import_listings(tmp_path / "t.csv", tmp_path / "m.yml")

    return load


@pytest.mark.parametrize(
    ("city", "country", "lat", "lon", "population"),
    [
        ("Железногорск", "RU", 56.25, 93.53, 93834),
        ("Железногорск", "RU", 52.35, 35.37, 97900),
        ("Благовещенск", "RU", 55.05, 55.96, 34238),
        ("Благовещенск", "RU", 50.28, 127.53, 225091),
        ("Salamanca", "ES", 40.97, -5.66, 144825),
    ],
)
def test_the_namesake_that_fits_the_point(load, city, country, lat, lon, population):
    assert load(city, country, lat, lon).counts() == {RowOutcome.CREATED: 1}
    found = place(Location.objects.get().place_code)
    assert found.population == population
    assert Location.objects.get().timezone == found.timezone


@pytest.mark.parametrize(("city", "country"), [("Железногорск", "RU"), ("Salamanca", "ES"), ("Sredets", "BG")])
def test_without_a_point_nothing_is_guessed(load, city, country):
    report = load(city, country)
    assert report.counts() == {RowOutcome.CREATED: 1}
    assert (Location.objects.get().city, Location.objects.get().place_code) == (city, "")
    ((number, note),) = report.remarks.notes
    assert (number, note.field, note.column, note.value) == (2, "location.city", "city", city)


def test_a_further_name_does_not_drag_the_point_to_another_city(load):
    assert load("Sredets", "BG", 42.34, 27.18).counts() == {RowOutcome.CREATED: 1}
    assert Location.objects.get().place_code == ""
    assert load("Sredets", "BG", 42.70, 23.32).counts() == {RowOutcome.UPDATED: 1}
    assert place(Location.objects.get().place_code).name_en == "Sofia"


def test_a_name_that_one_place_has_today_is_certain(load):
    report = load("Калининград", "RU")  # Королёв was called so, too
    assert not report.remarks.notes
    assert place(Location.objects.get().place_code).population == 475056


def test_a_code_decides(load):
    report = load("Железногорск", "RU", code="")
    code = next(word for word in report.remarks.notes[0][1].message.replace("(", " ").split() if word.endswith(";"))
    assert load("Железногорск", "RU", code=code.strip(";")).counts() == {RowOutcome.UPDATED: 1}
    assert Location.objects.get().place_code == code.strip(";")


def test_a_point_far_from_every_city_of_the_name_is_refused(load):
    assert [result.field for result in load("Железногорск", "RU", 68.97, 33.07).refused()] == ["point"]


def test_a_point_far_from_every_place_of_that_name_is_told_as_such(load):
    report = load("Sredets", "BG", 42.3466, 27.1846)
    assert report.counts() == {RowOutcome.CREATED: 1} and Location.objects.get().place_code == ""
    ((_number, note),) = report.remarks.notes
    assert "рядом с этой точкой" in note.message and "Добавьте координаты" not in note.message


def test_a_slip_of_the_pen_is_told_and_a_village_of_which_nobody_knows_is_not(load):
    report = load("Тбилисси", "GE")
    assert (Location.objects.get().city, Location.objects.get().place_code) == ("Тбилисси", "")
    ((number, note),) = report.remarks.notes
    assert (number, note.value) == (2, "Тбилисси") and "Может быть, это Тбилиси?" in note.message
    assert not load("Хеви-на-Горе", "GE").remarks.notes
