"""Kinds whose addresses are not shown: who takes people there, and not a byte about whether there is such a place."""

import re

import pytest

from directory.tests.factories import WARSAW, publish

pytestmark = pytest.mark.django_db
SHELTER = {"types": ["shelter"], "texts": {"title": "Шелтер у реки"}, "audiences": ("members",)}


def phone(number, **more):
    return [{"channel": "phone", "value": number, "audience": "clients", **more}]


@pytest.fixture
def lines():
    publish(types=["medicine_dispatch"], contacts=phone("+995322000001", is_crisis=True), hours={"always": True})
    publish(types=["crisis_line"], country="PL", point=WARSAW, contacts=phone("+48220000002"), hours={"always": True})
    publish(types=["gender_based_violence"], contacts=phone("+995322000003"))
    publish(types=["crisis_line"], contacts=phone("+995322000004"), hours={"always": True})


def ask(client, question):
    return client.post("/api/v1/search/", question, content_type="application/json")


@pytest.mark.parametrize("words", ["шелтер", "приют", "негде ночевать", "shelter", "itknth", "shelter in Tbilisi"])
def test_words_of_a_hidden_kind_are_answered_with_who_takes_people_there(client, lines, words):
    found = ask(client, {"q": words, "filters": {"country": ["GE"]}}).json()
    assert found["count"] == 0
    assert "alternatives" not in found
    assert [kind["code"] for kind in found["guide"]["kinds"]] == ["shelter"]
    numbers = [line["phone"] for line in found["guide"]["lines"]]
    assert numbers == ["+995 32 200 00 04", "+995 32 200 00 03", "+48 22 000 00 02"]


def test_choosing_the_kind_or_its_group_says_the_same(client, lines):
    for code in ("shelter", "safety"):
        assert client.get(f"/api/v1/listings/?service={code}").json()["guide"]["lines"]
    assert "guide" not in client.get("/api/v1/listings/?service=crisis_line").json()


def test_the_page_says_it_without_scripts(client, lines):
    for answer in (client.get("/ru/?service=shelter"), client.post("/ru/search/", {"q": "приют"})):
        page = answer.content.decode()
        assert "Мы не показываем эти адреса" in page
        assert "+995 32 200 00 04" in page


def test_the_first_phone_of_an_empty_answer_is_of_the_need(client, lines):
    publish(types=["hepatitis_test"], country="PL", point=WARSAW, contacts=phone("+48220000005"))
    found = client.get("/api/v1/listings/?service=hepatitis_test&country=GE").json()["alternatives"]
    assert [line["phone"] for line in found["hotlines"]] == [
        "+48 22 000 00 05",
        "+995 32 200 00 04",
        "+48 22 000 00 02",
    ]


def asked_everywhere(client):
    """Every answer of the public that a hidden place could touch, as bytes; a page's nonce is new each time."""
    questions: list[dict[str, object]] = [
        {"q": words} for words in ("шелтер", "приют у реки", "приют в Тбилиси", "шелтир", "itknth", "у реки")
    ]
    questions += [{"q": "приют", "filters": {"country": ["GE"]}}, {"q": "", "filters": {"service": ["shelter"]}}]
    answers = [ask(client, question).content for question in questions]
    for query in ("service=shelter", "service=safety&country=GE", "service=shelter,legal&lat=41.7&lon=44.8"):
        for address in ("/api/v1/listings/", "/api/v1/map/", "/api/v1/listings.geojson", "/ru/", "/en/", "/ru/embed/"):
            answers.append(client.get(f"{address}?{query}").content)
    answers += [client.post("/ru/search/", {"q": words}).content for words in ("приют у реки", "шелтер")]
    return [re.sub(rb'nonce="[^"]*"', b"", answer) for answer in answers]


def test_a_hidden_place_changes_no_byte(client, lines):
    before = asked_everywhere(client)
    publish(**SHELTER)
    publish(**SHELTER | {"contacts": phone("+995322000009"), "country": "", "point": None})
    assert asked_everywhere(client) == before
