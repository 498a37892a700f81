"""A slip of the hand is told from a place; no side is taken where countries disagree."""

import pytest

from core.geo import gazetteer
from core.geo.countries import countries
from core.geo.gazetteer import country_at
from core.geo.outlines import may_hold


def test_every_city_of_the_gazetteer_lies_in_its_country():
    assert [one.id for one in gazetteer.places().values() if not may_hold(one.country, one.lon, one.lat)] == []


def test_nearly_no_city_lies_in_its_country_with_swapped_numbers_or_at_nought():
    """Russia is wide, Turkey and Georgia lie about as far east as north: the distance to the city tells theirs."""
    apart = [one for one in gazetteer.places().values() if one.country not in ("RU", "TR", "GE", "VA")]
    assert sum(may_hold(one.country, one.lat, one.lon) for one in apart) <= 2
    assert [code for code in countries() if may_hold(code, 0.0, 0.0)] == ["VA"], "it has no outline"


@pytest.mark.parametrize(
    ("place", "lon", "lat", "both"),
    [
        ("Simferopol", 34.1, 44.95, ("UA", "RU")),
        ("Donetsk", 37.8, 48.0, ("UA", "RU")),
        ("Tiraspol", 29.63, 46.84, ("MD",)),
        ("Sukhumi", 41.0, 43.0, ("GE", "RU")),
        ("Tskhinvali", 43.97, 42.23, ("GE", "RU")),
        ("Stepanakert", 46.75, 39.82, ("AZ", "AM")),
        ("Pristina", 21.17, 42.66, ("XK", "RS")),
        ("Lefkosa", 33.36, 35.19, ("CY", "TR")),
        ("Ramallah", 35.2, 31.9, ("PS", "IL")),
        ("Laayoune", -13.2, 27.15, ("EH", "MA")),
    ],
)
def test_where_countries_disagree_each_of_them_may_hold_the_place(place, lon, lat, both):
    assert all(may_hold(country, lon, lat) for country in both)
    assert not may_hold("EE", lon, lat)


def test_a_country_without_an_outline_holds_every_point():
    assert may_hold("QQ", 0, 0)
    assert may_hold("ge", 44.8, 41.7)


def test_a_point_lies_in_the_country_of_the_nearest_town_where_outlines_overlap():
    assert country_at(41.72, 44.78) == "GE"
    assert country_at(42.87, 74.59) == "KG", "Bishkek stands at the border of Kazakhstan"
    assert country_at(43.24, 76.89) == "KZ"
    assert country_at(0.0, -30.0) == ""
