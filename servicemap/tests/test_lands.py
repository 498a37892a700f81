"""Pages of countries for everybody: what is said, how old it is, two beside each other, the map's line."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from core import clock
from network.countries.notices import announce
from network.countries.tests.makers import published
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NO_ADVICE = {"ru": "не юридическая консультация", "en": "not legal advice"}


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_page_says_that_it_is_no_advice(client, language):
    published()
    for path in ("", "ge/", "ge/am/"):
        assert NO_ADVICE[language] in read(client, f"/{language}/countries/{path}")


def test_an_old_fact_stays_and_says_so(client):
    fact = published(days=10)
    with clock.travel(clock.now() + dt.timedelta(days=12)):
        page = read(client, "/ru/countries/ge/")
    assert fact.statement in page and "не подтверждено с" in page and "is-stale" in page


def test_the_demonstration_says_that_its_laws_are_made_up(client, settings):
    published()
    assert "выдуманы" not in read(client, "/ru/countries/ge/")
    settings.DEMO_NETWORK = True
    for path in ("", "ge/", "ge/am/"):
        assert "выдуманы" in read(client, f"/ru/countries/{path}")


def test_what_differs_stands_first(client):
    for country in ("GE", "AM"):
        published(country=country, topic="art", answer="no")
        published(country=country, topic="ost", answer="yes" if country == "GE" else "no")
    published(country="GE", topic="entry", answer="yes")
    rows = client.get("/ru/countries/ge/am/").context["rows"]
    assert [row["differs"] for row in rows] == [True, False, False], "what is not known of one differs from nothing"
    assert rows[2]["there"] is None
    assert (rows[0]["here"]["answer"], rows[0]["there"]["answer"]) == ("yes", "no")


def test_the_map_says_three_answers_in_one_line_and_none_that_is_stale(client):
    published(topic="art", answer="no", days=300)
    published(topic="medicine", answer="partly", brief="до 90 дней", days=300)
    published(topic="ost", answer="no", days=40)
    assert "АРТ без документов: нет · ввоз препаратов: до 90 дней · ОЗТ: нет" in read(client, "/ru/?country=GE")
    with clock.travel(clock.now() + dt.timedelta(days=50)):
        page = read(client, "/ru/?country=GE")
    assert "АРТ без документов: нет · ввоз препаратов: до 90 дней" in page and "ОЗТ: нет" not in page


@pytest.mark.parametrize("address", ["/ru/", "/ru/embed/?country=GE", "/ru/embed/?view=cards", "/ru/countries/ge/"])
def test_a_danger_is_told_wherever_readers_look_and_falls_back_by_the_clock(client, address):
    scenarios.published()
    announce(actor=scenarios.coordinator(), country="GE", kind="warning", level="danger", text="Задержания у клиник")
    page = read(client, address)
    assert "banner danger" in page and "Задержания у клиник" in page
    with clock.travel(clock.now() + dt.timedelta(hours=25)):
        assert "banner danger" not in read(client, address)


def test_a_card_in_the_country_tells_it_too(client):
    listing = scenarios.published()
    announce(actor=scenarios.coordinator(), country="GE", kind="warning", level="danger", text="Задержания у клиник")
    assert "Задержания у клиник" in read(client, reverse("maps:place", args=[listing.location.public_id]))


def test_whoever_is_hidden_from_the_public_is_not_named(client):
    house = scenarios.organization("Тайный дом")
    published(checker=scenarios.person(house), topic="art")
    assert "Тайный дом" not in read(client, "/ru/countries/ge/")


@pytest.mark.parametrize("path", ["zz/", "GE/", "ge/ge/", "ge/zz/", "nothing/"])
def test_other_addresses_are_nowhere(client, path):
    assert client.get(f"/ru/countries/{path}").status_code == 404


def test_search_engines_are_told_of_countries(client):
    page = read(client, "/sitemap.xml")
    assert "/ru/countries/ge/" in page and "/en/countries/" in page


WARNED = {"country": "GE", "kind": "warning", "level": "danger", "text": "Проверки у программ"}
HERE, ELSEWHERE = "near=615532", "near=611717"  # Batumi, Tbilisi


@pytest.mark.parametrize("address", ["/ru/countries/ge/", "/ru/countries/ge/am/", "/ru/", "/ru/light/ge/"])
def test_a_notice_says_of_which_region_and_which_help_it_is(client, address):
    scenarios.published()
    announce(actor=scenarios.coordinator(), region="GE.04", service_type="opioid_substitution", **WARNED)
    page = " ".join(read(client, address).split())
    assert "Аджария · Опиоидная терапия" in page


@pytest.mark.parametrize(
    ("asked", "is_told"),
    [("", True), ("&service=opioid_substitution", True), ("&service=harm_reduction", True), ("&service=art", False)],
)
@pytest.mark.parametrize("where", ["/ru/?country=GE", "/ru/embed/?country=GE", "/ru/embed/?view=cards&country=GE"])
def test_what_is_about_one_kind_of_help_is_told_to_whoever_looks_for_it(client, where, asked, is_told):
    announce(actor=scenarios.coordinator(), service_type="opioid_substitution", **WARNED)
    page = " ".join(read(client, where + asked).split())
    shown = re.findall(r'<div class="note banner danger"[^>]*>', page)
    assert any(" hidden" not in tag for tag in shown) is is_told


@pytest.mark.parametrize(("near", "is_told"), [("", True), (HERE, True), (ELSEWHERE, False)])
@pytest.mark.parametrize("view", ["", "view=cards"])
def test_an_embed_of_another_region_does_not_carry_it(client, view, near, is_told):
    announce(actor=scenarios.coordinator(), region="GE.04", **WARNED)
    page = read(client, f"/ru/embed/?country=GE&{view}&{near}")
    assert ("banner danger" in page) is is_told
