"""What is said to search engines of a place and of an organisation, and of whom nothing is; without a page."""

import pytest

from maps.marked import of_organization, of_place

URL = "https://map.example.org/ru/places/place22222/"


def contact(**more):
    told = {"channel": "phone", "audience": "clients", "value": "+995322000000", "label": "", "languages": []}
    return told | more


def place(**more):
    told = {
        "is_remote": False, "precision": "exact", "title": "Дом у реки", "address": "Речная, 5", "city": "Тбилиси",
        "region": "", "country": "GE", "lat": 41.69, "lon": 44.8, "contacts": [], "checked": {"on": "2026-06-01"},
        "organization": {"name": "Весна"}, "listings": [{"title": "Тест на ВИЧ", "summary": ""}],
    }  # fmt: skip
    return told | more


def organization_of(**more):
    told = of_place(place(**more), URL, "ru")
    assert told
    return told["mainEntity"]


@pytest.mark.parametrize("precision", ["district", "city", "hidden", "", "EXACT"])
def test_of_a_door_that_is_not_for_everybody_nothing_is_said(precision):
    assert of_place(place(precision=precision), URL, "ru") is None


def test_what_works_at_a_distance_has_no_door_to_tell_of_whatever_its_row_holds():
    told = organization_of(is_remote=True, precision="city", contacts=[contact()])
    assert "location" not in told and told["contactPoint"] == [{"telephone": "+995322000000", "@type": "ContactPoint"}]


@pytest.mark.parametrize(
    "other", [{"audience": "staff"}, {"audience": ""}, {"channel": "email"}, {"channel": "telegram"}]
)
def test_only_phones_for_clients_are_told_on(other):
    ways = [contact(value="private", **other), contact(label="Дежурный", languages=["ru", "ka"])]
    assert organization_of(contacts=ways)["contactPoint"] == [
        {"telephone": "+995322000000", "name": "Дежурный", "availableLanguage": ["ru", "ka"], "@type": "ContactPoint"}
    ]
    assert "contactPoint" not in organization_of(contacts=ways[:1])


def test_what_is_not_known_is_not_said_as_empty():
    assert organization_of()["location"] == {
        "@type": "Place",
        "name": "Дом у реки",
        "geo": {"@type": "GeoCoordinates", "latitude": 41.69, "longitude": 44.8},
        "address": {
            "@type": "PostalAddress", "streetAddress": "Речная, 5", "addressLocality": "Тбилиси", "addressCountry": "GE"
        },
    }  # fmt: skip
    bare = organization_of(address="", city="", country="", lat=None)["location"]
    assert bare == {"@type": "Place", "name": "Дом у реки"}, "half a point is none"
    told = of_place(place(checked={"on": ""}, listings=[]), URL, "ru")
    assert told and "lastReviewed" not in told and "about" not in told
    assert of_place(place(), URL, "ru")["about"] == [{"@type": "Service", "name": "Тест на ВИЧ"}]


def test_on_the_meridian_and_the_equator_a_point_is_one():
    geo = organization_of(lat=0.0, lon=0.0)["location"]["geo"]
    assert geo["@type"] == "GeoCoordinates" and (geo["latitude"], geo["longitude"]) == (0.0, 0.0)


def test_an_organization_without_a_site_is_its_page():
    told = {
        "name": "Весна",
        "short_name": "",
        "description": "",
        "website": "",
        "countries": ["GE"],
        "working_languages": [],
    }
    assert of_organization(told, URL) == {
        "@context": "https://schema.org", "@type": "NGO", "name": "Весна", "url": URL, "mainEntityOfPage": URL,
        "areaServed": ["GE"],
    }  # fmt: skip
    own = of_organization(told | {"website": "https://vesna.example.org"}, URL)
    assert (own["url"], own["mainEntityOfPage"]) == ("https://vesna.example.org", URL)
