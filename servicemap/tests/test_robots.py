"""Search engines get the pages for everybody, and no page of a place that hides."""

import pytest
from django.test import Client

from verification.tests import scenarios

pytestmark = pytest.mark.django_db


def test_the_sitemap_names_exact_places_and_no_hidden_ones():
    own = scenarios.organization("Мост", slug="most")
    shown = scenarios.published(scenarios.place(own), method="call")
    city = scenarios.published(
        scenarios.place(own, name="Кабинет", public_precision="settlement", visibility="public"), method="call"
    )
    members = scenarios.published(scenarios.place(own, name="Для своих"), method="call", visibility="members")
    text = Client().get("/sitemap.xml").content.decode()
    assert f"/ru/places/{shown.location.public_id}/" in text and f"/en/places/{shown.location.public_id}/" in text
    assert "/ru/organizations/most/" in text and "/ru/about/" in text
    for hidden in (city, members):
        assert hidden.location.public_id not in text
    assert Client().get(f"/ru/places/{city.location.public_id}/").status_code == 200


def test_robots_keep_out_of_what_is_behind_the_door():
    answer = Client().get("/robots.txt")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/plain")
    for path in ("/*/workspace/", "/*/members/", "/*/embed/", "/admin/", "/api/"):
        assert f"Disallow: {path}" in text.splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_page_of_a_place_that_hides_is_archived_by_nobody():
    own = scenarios.organization()
    exact = scenarios.published(scenarios.place(own), method="call")
    city = scenarios.published(
        scenarios.place(own, name="Кабинет", public_precision="settlement", visibility="public"), method="call"
    )
    shown, hiding = (Client().get(f"/ru/places/{one.location.public_id}/") for one in (exact, city))
    assert "X-Robots-Tag" not in shown
    assert hiding["X-Robots-Tag"] == "noindex, noarchive"
