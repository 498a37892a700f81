"""Places and organisations that were entered twice: who is asked, what each press does, and the way back."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from directory.asking import queries
from directory.tables.listings import PublicListing
from verification import services as verification
from verification.coordination.alike import across
from verification.models import AlikeOrganizations, AlikePlaces, PlaceMerge, Review, SharedDoor
from verification.services.merging.places import UNDO_FOR
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
PILE, DESK = reverse("workspace:duplicates"), reverse("workspace:coordination")


def enter(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def world():
    """An organisation that entered its door twice, with a service at each, and one that nobody entered twice."""
    own = scenarios.organization("Танадгома")
    first = scenarios.place(own, name="Кабинет на Речной")
    second = scenarios.place(own, name="Кабинет, Речная", address="Речная ул., 5")
    scenarios.phone(own)
    phone = scenarios.phone(own, second, value="+995 32 299 99 99")
    stays = scenarios.published(first, title="Психолог", types=["psychologist"])
    moves = scenarios.published(second, title="Тест на ВИЧ")
    person = scenarios.person(own)
    press = {"first": first.public_id, "second": second.public_id}
    return SimpleNamespace(
        own=own, first=first, second=second, stays=stays, moves=moves, phone=phone, press=press, person=person,
        owner=enter(person),
        stranger=enter(scenarios.person(scenarios.organization("Другие"))),
        coordinator=enter(scenarios.coordinator(of=scenarios.organization("Сеть"))),
    )  # fmt: skip


def place_of(row):
    row.refresh_from_db()
    return row.location


def approve_what_waits():
    for review in Review.objects.open():
        verification.approve(review=review, actor=scenarios.verifier())


def test_only_the_organisations_own_people_are_asked_about_its_places(world):
    page = world.owner.get(PILE).content.decode()
    assert world.first.public_id in page and world.second.public_id in page
    for other in (world.stranger, world.coordinator):
        assert world.second.public_id not in other.get(PILE).content.decode()
        assert other.post(reverse("workspace:twin-places"), world.press).status_code == 404


def test_different_is_remembered_until_one_of_them_changes(world):
    world.owner.post(reverse("workspace:twin-places"), world.press)
    assert world.second.public_id not in world.owner.get(PILE).content.decode()
    world.second.name = "Кабинет у Речной"
    world.second.save()
    assert world.second.public_id in world.owner.get(PILE).content.decode()


def test_the_same_moves_everything_the_old_address_leads_on_and_it_can_be_taken_apart(world):
    world.owner.post(reverse("workspace:twin-places"), world.press | {"keep": world.first.public_id})
    assert place_of(world.moves) == world.first == place_of(world.phone)
    row = PublicListing.objects.get(pk=world.moves.public_id)
    assert row.place_id == world.second.public_id  # until somebody else has looked at it
    approve_what_waits()
    row.refresh_from_db()
    assert row.place_id == world.first.public_id
    assert queries.moved_to("public", world.second.public_id) == world.first.public_id
    page = world.owner.get(PILE).content.decode()
    merge = PlaceMerge.objects.get()
    undo = reverse("workspace:twin-places-undo", args=[merge.public_id])
    assert undo in page and world.stranger.post(undo).status_code == 404
    world.owner.post(undo)
    assert place_of(world.moves) == world.second == place_of(world.phone) and place_of(world.stays) == world.first
    approve_what_waits()
    row.refresh_from_db()
    assert row.place_id == world.second.public_id
    assert queries.moved_to("public", world.second.public_id) == ""


def test_taken_apart_before_anybody_looked_nothing_waits_any_more(world):
    world.owner.post(reverse("workspace:twin-places"), world.press | {"keep": world.first.public_id})
    assert Review.objects.open().count() == 1
    world.owner.post(reverse("workspace:twin-places-undo", args=[PlaceMerge.objects.get().public_id]))
    assert not Review.objects.open().exists() and place_of(world.moves) == world.second


def test_a_service_of_both_places_is_decided_first_and_after_thirty_days_it_stays(world):
    both = scenarios.services.add_listing(actor=None, service=world.moves.service, location=world.first, hours={})
    page = world.owner.post(
        reverse("workspace:twin-places"), world.press | {"keep": world.first.public_id}, follow=True
    ).content.decode()
    assert "«Тест на ВИЧ» " in page and not PlaceMerge.objects.exists()
    both.delete()
    world.owner.post(reverse("workspace:twin-places"), world.press | {"keep": world.first.public_id})
    merge = PlaceMerge.objects.get()
    with clock.travel(clock.now() + UNDO_FOR + UNDO_FOR / 100):
        undo = reverse("workspace:twin-places-undo", args=[merge.public_id])
        assert undo not in enter(world.person).get(PILE).content.decode()
        enter(world.person).post(undo)
    assert place_of(world.moves) == world.first


def pair_of(world):
    across.look_across()
    return AlikeOrganizations.objects.get()


def test_a_coordinator_says_that_two_organisations_are_two_and_takes_it_back(world):
    twin = scenarios.organization("НКО «Танадгома»")
    pair = pair_of(world)
    page, pile = reverse("workspace:organization-pair", args=[pair.public_id]), {"pile": "organizations"}
    different = reverse("workspace:across-different", args=["organizations", pair.public_id])
    again = reverse("workspace:across-again", args=["organizations", pair.public_id])
    assert twin.name not in world.owner.get(PILE).content.decode()
    for client in (world.owner, world.stranger):
        assert [client.get(page).status_code, client.post(different).status_code] == [404, 404]
    assert page in world.coordinator.get(DESK, pile).content.decode()
    assert again in world.coordinator.post(different).content.decode()
    assert page not in world.coordinator.get(DESK, pile).content.decode()
    assert world.owner.post(again, {"two": "1"}).status_code == 404
    assert world.coordinator.post(again, {"two": "1"}, follow=True).status_code == 200
    assert page in world.coordinator.get(DESK, pile).content.decode()


def test_what_is_one_organisation_is_told_to_its_people_with_what_is_to_be_done(world):
    scenarios.organization("НКО «Танадгома»")
    pair = pair_of(world)
    page = reverse("workspace:organization-pair", args=[pair.public_id])
    assert world.coordinator.post(page, {"keep": "nobody"}).status_code == 404
    world.coordinator.post(page, {"keep": world.own.public_id})
    assert page in world.owner.get(PILE).content.decode() and page not in world.stranger.get(PILE).content.decode()
    assert world.owner.get(page).status_code == 200 and world.owner.post(page).status_code == 404
    assert "btn primary" not in world.owner.get(page).content.decode()
    world.coordinator.post(reverse("workspace:across-again", args=["organizations", pair.public_id]))
    assert world.owner.get(page).status_code == 404


@pytest.fixture
def neighbour(world):
    """Another organisation in the same house, of which the desk's pile knows."""
    other = scenarios.organization("Равные")
    place = scenarios.place(other, name="Кабинет на Речной улице", address="Речная, д. 5")
    scenarios.published(place, title="Юрист", types=["paralegal"])
    type(world.first).objects.filter(pk=world.first.pk).update(name="Кабинет на Речной улице")
    across.look_across()
    pair = AlikePlaces.objects.get(first=world.first)
    page = reverse("workspace:door-pair", args=[pair.public_id])
    return SimpleNamespace(place=place, page=page, client=enter(scenarios.person(other)))


def step(name=""):
    door = SharedDoor.objects.get()
    return reverse("workspace:door-step", args=[door.public_id, name]) if name else door_page(door)


def door_page(door):
    return reverse("workspace:door", args=[door.public_id])


def test_the_pile_of_doors_is_the_coordinators(world, neighbour):
    assert neighbour.page in world.coordinator.get(DESK, {"pile": "doors"}).content.decode()
    assert [client.get(neighbour.page).status_code for client in (world.owner, world.coordinator)] == [404, 200]
    assert world.coordinator.post(neighbour.page, {"keep": "nobody"}).status_code == 404


def test_two_organisations_share_a_door_by_the_word_of_both(world, neighbour):
    world.coordinator.post(neighbour.page, {"keep": world.first.public_id})
    assert step("insist") not in world.coordinator.get(step()).content.decode()
    assert world.stranger.get(step()).status_code == 404
    for client in (world.owner, neighbour.client):
        assert step() in client.get(PILE).content.decode()
        client.post(step("agree"))
    neighbour.place.refresh_from_db()
    assert (SharedDoor.objects.get().state, neighbour.place.address) == ("done", world.first.address)
    assert step("undo") in neighbour.client.get(step()).content.decode()
    neighbour.client.post(step("undo"))
    neighbour.place.refresh_from_db()
    assert neighbour.place.address == "Речная, д. 5"
    assert neighbour.client.post(step("nothing")).status_code == 404


def told(client, route, world, **data):
    return client.post(reverse(f"workspace:{route}", args=[world.own.slug]), data)


def test_while_a_place_is_entered_those_of_the_organisation_are_told(world):
    data = {"name": "Речная", "country": "GE", "city": "Тбилиси", "address": "Речная, 5"}
    found = told(world.owner, "lookup-alike-place", world, **data).json()["results"]
    assert {one["id"] for one in found} == {world.first.public_id, world.second.public_id}
    found = told(world.owner, "lookup-alike-place", world, **data, place=world.first.public_id).json()["results"]
    assert [one["id"] for one in found] == [world.second.public_id]
    assert told(world.owner, "lookup-alike-place", world, **data | {"address": "Мира, 9"}).json()["results"] == []
    assert told(world.owner, "lookup-alike-place", world).json()["results"] == []
    assert told(world.stranger, "lookup-alike-place", world, **data).status_code == 404


def test_while_an_organisation_is_entered_others_of_the_network_are_told(world):
    other = scenarios.organization("Шаги навстречу")
    data = {"name": "Шаги навстречу", "registration_country": "GE"}
    found = told(world.owner, "lookup-alike-organization", world, **data).json()["results"]
    assert [one["id"] for one in found] == [other.public_id]
    assert told(world.owner, "lookup-alike-organization", world, name="Танадгома").json()["results"] == []
    assert told(world.stranger, "lookup-alike-organization", world, **data).status_code == 404
