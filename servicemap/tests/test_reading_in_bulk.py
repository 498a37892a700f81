"""Reading in bulk is noticed, whatever page it is done on, and nothing is kept but how much it was."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from core import clock
from core.tests.shared import shared
from messaging.dispatch import dispatch
from messaging.letters import write
from messaging.models import Message
from organizations.models import Opened, Organization
from servicemap.upkeep import retention
from services.models import ServiceAtLocation
from verification import services as verification
from verification.guarding.reading import read_in_bulk
from verification.letters.kinds import READ_IN_BULK
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


class World:
    """Two public listings of `open`, three that hide of `hidden`: for members, exact for members, with a contact."""

    def __init__(self) -> None:
        self.hidden, other = scenarios.organization("Укрытие"), scenarios.organization("Соседи")
        self.open = scenarios.published(scenarios.place(other, name="Открытое"))
        place = scenarios.place(self.hidden, name="Приют", type="shelter", public_precision="settlement")
        scenarios.published(place, title="Приют", types=["shelter"], method="call")
        self.shelter = place
        scenarios.published(place, title="Для своих", visibility="members")
        desk = scenarios.place(self.hidden, name="Кабинет")
        scenarios.phone(self.hidden, desk, "+995 32 999 99 99", visibility="members", audience="colleagues")
        scenarios.published(desk, title="С телефоном")
        self.reader = scenarios.person(other, "reader")
        self.owner = scenarios.person(self.hidden, "manager")
        self.administrator = scenarios.person(scenarios.organization(), network_role="administrator")


_ground, world = shared(World)


@pytest.fixture
def reader(world, settings):
    settings.READING_NORM = 2
    client = Client()
    client.force_login(world.reader)
    return client


def opened(world) -> int:
    return Opened.objects.filter(user=world.reader).count()


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("/api/v1/members/listings/", 3),
        ("/api/v1/members/listings.geojson", 3),
        ("/ru/members/", 3),
        ("/ru/members/download/?format=csv", 3),
        ("/ru/members/download/?format=xlsx", 3),
        ("/ru/members/download/?format=geojson", 3),
        ("/ru/members/download/?format=gpx", 0),
        ("/ru/download/?format=csv", 0),
        ("/api/v1/members/map/?zoom=18&bbox=44,41,45,42", 3),
        ("/api/v1/members/nearest/?lat=41.7&lon=44.8", 3),
        ("/ru/members/organizations/{slug}/", 3),
        ("/ru/members/places/{place}/", 2),
        ("/api/v1/members/places/{place}/", 2),
        ("/api/v1/listings/", 0),
        ("/ru/", 0),
        ("/ru/places/{open}/", 0),
    ],
)
def test_pages_lists_and_the_map_all_count(world, reader, url, count):
    address = url.format(slug=world.hidden.slug, place=world.shelter.public_id, open=world.open.location.public_id)
    for _again in range(2):  # the same thing is counted once a day
        assert reader.get(address).status_code == 200
        assert opened(world) == count


def test_words_count_and_what_is_one_s_own_does_not(world, reader):
    reader.post("/api/v1/members/search/", {"q": "приют"}, content_type="application/json")
    assert opened(world) > 0
    reader.force_login(world.owner)
    reader.get("/api/v1/members/listings/")
    assert not Opened.objects.filter(user=world.owner).exists()


def test_what_is_kept_names_nothing(world, reader):
    reader.get("/api/v1/members/listings/")
    rows = list(Opened.objects.values())
    assert {row["organization_id"] for row in rows} == {world.hidden.pk}
    assert {row["day"] for row in rows} == {clock.today()}
    ids = set(world.hidden.services.values_list("listings__public_id", flat=True))
    assert not any(public_id in str(row) for row in rows for public_id in ids if public_id)
    marks = {row["mark"] for row in rows}
    with clock.travel(clock.now() + dt.timedelta(days=1)):  # nor can two days be compared
        reader.get("/api/v1/members/listings/")
    assert len(marks) == 3 and Opened.objects.exclude(mark__in=marks).count() == 3


def test_above_the_norm_owners_and_administrators_are_told_once(world, reader):
    reader.get(f"/ru/members/places/{world.shelter.public_id}/")
    assert not Message.objects.filter(kind=READ_IN_BULK).exists()
    for _again in range(2):
        reader.get("/api/v1/members/listings/")
    letters = Message.objects.filter(kind=READ_IN_BULK).select_related("correspondent__user", "correspondent")
    assert {m.correspondent.user for m in letters} == {world.owner, world.administrator}
    for message in letters:
        said = write(message)
        assert "больше 2 записей" in said.text and str(world.reader) not in said.text + said.subject
        assert ("ваши" in said.text) == (message.correspondent.user == world.owner)
    assert [(row.user, row.count) for row in read_in_bulk(world.administrator)] == [(world.reader, 3)]
    assert [(row.user, row.count) for row in read_in_bulk(world.owner)] == [(world.reader, 3)]
    assert read_in_bulk(scenarios.person(scenarios.organization(), "manager")) == []
    for person in (world.administrator, world.owner):
        reader.force_login(person)
        assert str(world.reader) in reader.get("/ru/workspace/guarding/").content.decode()
    with clock.travel(clock.now().replace(hour=12) + dt.timedelta(days=1)):  # nobody is written to at night
        assert dispatch()


def test_it_is_forgotten_after_its_days_and_with_the_account(world, reader):
    reader.get("/api/v1/members/listings/")
    with clock.travel(clock.now() + dt.timedelta(days=34)):
        assert retention.forget_opened() == 0
    with clock.travel(clock.now() + dt.timedelta(days=37)):
        assert retention.forget_opened() == 3
    reader.get("/api/v1/members/listings/")
    world.reader.delete()
    assert not Opened.objects.exists()
    assert Organization.objects.filter(pk=world.hidden.pk).exists()


def test_who_checks_reads_too_and_is_counted(world, reader):
    """The desk and the queue are lines of lists; the pages of a check, a review, a call and a history tell more."""
    row = scenarios.listing(world.shelter, title="Ещё один", types=["shelter"])
    review = verification.submit(listing=row, actor=None, checked=True)
    published = ServiceAtLocation.objects.get(location=world.shelter, service__title="Для своих")
    checker = scenarios.coordinator()
    reader.force_login(checker)

    def opened_after(address: str) -> int:
        assert reader.get(f"/ru/workspace/{address}").status_code == 200
        return Opened.objects.filter(user=checker).count()

    assert opened_after("reviews/") == opened_after("coordination/?pile=unchecked") == 0
    assert opened_after(f"reviews/{review.public_id}/") == 1
    assert opened_after(f"reviews/{review.public_id}/") == 1  # once a day
    assert opened_after(f"coordination/checks/{published.public_id}/") == 2
    assert opened_after(f"coordination/listings/{world.open.public_id}/history/") == 2
