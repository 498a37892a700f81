"""What is offered while somebody types: by beginnings, slips, keyboards; to each audience its own."""

from __future__ import annotations

import pytest
from django.test import Client

from core.tests.shared import shared
from directory.stores import store
from directory.tables.listings import PublicListing
from directory.tests.factories import publish
from reading import kept
from reading.asked import Asked
from reading.suggestions import suggestions
from verification.publication import publish_vocabulary

pytestmark = pytest.mark.django_db


class World:
    def __init__(self) -> None:
        publish_vocabulary()
        publish(texts={"organization": "Мост надежды"})
        publish(
            audiences=("members",), types=["shelter"], organization_slug="ukrytie", organization_id="ukrytieuk2",
            texts={"organization": "Укрытие", "city": "Рустави"}, city_code="ge0001",
        )  # fmt: skip


_ground, world = shared(World)


@pytest.fixture(autouse=True)
def fresh():
    kept.forget()


def offered(client, query, audience="", **more):
    answer = client.post(f"/api/v1/{audience}suggestions/", {"q": query, "lang": "ru", **more}, "application/json")
    assert answer.status_code == 200
    return [(one["param"], one["code"]) for one in answer.json()["results"]]


@pytest.mark.parametrize("typed", ["тест на ви", "экспресс", "экспрес", "эксперсс", "'rcghtcc", "hiv te"])
def test_kinds_are_found_by_beginnings_synonyms_slips_and_the_other_keyboard(world, client, typed):
    assert ("service", "hiv_rapid_test") in offered(client, typed)


@pytest.mark.parametrize("typed", ["тби", "tbi", "тбилси", "n,bkbcb"])
def test_places_too(world, client, typed):
    assert ("city", "ge7qk2") in offered(client, typed)


def test_countries_and_organisations(world, client):
    assert offered(client, "груз") == [("country", "GE")]
    assert offered(client, "надеж") == [("organization", "most")]


@pytest.mark.parametrize("typed", ["", "т", "ыыыыы", "\x00", "э" * 120])
def test_nothing_is_offered_for_nothing(world, client, typed):
    assert client.post("/api/v1/suggestions/", {"q": typed[:80]}, "application/json").json() == {"results": []}


def test_what_only_members_have_is_offered_to_them_alone(world, client):
    theirs = {("organization", "ukrytie"), ("city", "ge0001"), ("service", "shelter")}
    for typed in ("укрыт", "рустав", "рутсави", "приют", "шелтер"):
        assert not theirs & set(offered(client, typed))
    told = suggestions(Asked.now("members"), "укрыт")
    assert [one["code"] for one in told] == ["ukrytie"]


def test_what_was_hidden_is_not_offered_any_more(world, client):
    assert offered(client, "надеж")
    PublicListing.objects.all().delete()
    store.bump_revision()
    assert offered(client, "надеж") == []


def test_a_second_question_asks_the_database_for_the_revision_alone(world, client, django_assert_max_num_queries):
    offered(client, "тби")
    with django_assert_max_num_queries(6):  # the transaction, the role, the revision
        offered(client, "груз")


def test_it_is_asked_by_a_body_alone(world):
    assert Client().get("/api/v1/suggestions/", {"q": "тби"}).status_code == 405
