"""Doors of two organisations: who is asked, who agrees, what changes, and the way back. And organisations as one."""

from types import SimpleNamespace

import pytest
from django.contrib.gis.geos import Point

from core import clock
from core.errors import HouseError, NotAllowed
from directory.tables.listings import PublicListing
from verification import services as verification
from verification.coordination.alike import across
from verification.models import AlikeOrganizations, AlikePlaces, Review
from verification.models.merge import WAITS
from verification.services.merging import doors, places
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Two organisations in one house, which one of them spells in another way and pins at the wrong corner."""
    one, other = scenarios.organization("Танадгома"), scenarios.organization("Равные")
    point = scenarios.place(one).point
    kept = scenarios.place(one, name="Дом здоровья на Речной", address="ул. Речная, 5")
    gone = scenarios.place(
        other, name="Дом здоровья, Речная", address="Речная 5", point=Point(point.x + 0.0008, point.y, srid=4326)
    )
    scenarios.phone(one), scenarios.phone(other)
    row = scenarios.published(gone, title="Психолог", types=["psychologist"])
    across.look_across()
    return SimpleNamespace(
        kept=kept, gone=gone, row=row, one=scenarios.person(one), other=scenarios.person(other),
        coordinator=scenarios.coordinator(of=scenarios.organization("Сеть")),
    )  # fmt: skip


def propose(world, actor=None):
    return doors.propose_door(kept=world.kept, gone=world.gone, actor=actor or world.coordinator)


def shown(world):
    return PublicListing.objects.get(pk=world.row.public_id)


def approve_all():
    for review in Review.objects.open():
        verification.approve(review=review, actor=scenarios.verifier())


def test_a_coordinator_is_asked_and_neither_of_the_two(world):
    assert [pair.first for pair in across.alike_places(world.coordinator)] == [world.kept]
    assert not across.alike_places(world.one) and not across.alike_places(
        scenarios.coordinator(of=world.kept.organization)
    )


@pytest.mark.parametrize("hidden", ["kept", "gone"])
def test_a_door_that_not_every_member_knows_is_compared_with_nothing(world, hidden):
    place = getattr(world, hidden)
    type(place).objects.filter(pk=place.pk).update(member_precision="settlement", public_precision="settlement")
    assert not across.alike_places(world.coordinator)
    across.look_across()
    assert not AlikePlaces.objects.exists()


def test_different_holds_until_one_of_them_changes(world):
    pair = across.alike_places(world.coordinator).get()
    across.say_two(pair=pair, actor=world.coordinator)
    across.look_across()
    assert not across.alike_places(world.coordinator)
    across.take_word_back(pair=pair, actor=world.one)
    assert not across.alike_places(world.coordinator)
    across.take_word_back(pair=pair, actor=world.coordinator)
    assert across.alike_places(world.coordinator)
    across.say_two(pair=pair, actor=world.coordinator)
    world.gone.name = "Дом здоровья (Речная)"
    world.gone.save()
    across.look_across()
    assert across.alike_places(world.coordinator)


def test_both_agree_then_the_address_is_said_alike_after_a_check(world):
    door = propose(world)
    assert not across.alike_places(world.coordinator)
    with pytest.raises(NotAllowed):
        doors.agree_to_door(door=door, actor=scenarios.person(scenarios.organization("Чужие")))
    doors.agree_to_door(door=door, actor=world.one)
    world.gone.refresh_from_db()
    assert world.gone.address == "Речная 5"
    door = doors.agree_to_door(door=door, actor=world.other)
    world.gone.refresh_from_db()
    assert (world.gone.address, world.gone.point) == (world.kept.address, world.kept.point)
    assert world.gone.name == "Дом здоровья, Речная"
    assert shown(world).point != world.kept.point
    approve_all()
    assert shown(world).point.equals_exact(world.kept.point, 1e-6)
    doors.undo_door(door=door, actor=world.other)
    world.gone.refresh_from_db()
    assert world.gone.address == "Речная 5" and world.gone.point != world.kept.point


def test_what_was_written_since_stays_and_after_thirty_days_all_of_it(world):
    door = doors.agree_to_door(door=propose(world, world.one), actor=world.other)
    approve_all()
    world.gone.refresh_from_db()
    world.gone.address = "Речная, 5, вход со двора"
    world.gone.save()
    with clock.travel(clock.now() + doors.UNDO_FOR * 1.01), pytest.raises(HouseError):
        doors.undo_door(door=door, actor=world.other)
    doors.undo_door(door=door, actor=world.other)
    world.gone.refresh_from_db()
    assert world.gone.address == "Речная, 5, вход со двора" and world.gone.point != world.kept.point


def test_the_coordinators_word_is_enough_after_fourteen_days(world):
    door = propose(world)
    with pytest.raises(HouseError):
        doors.insist_on_door(door=door, actor=world.coordinator)
    with clock.travel(clock.now() + WAITS * 1.01):
        with pytest.raises(NotAllowed):
            doors.insist_on_door(door=door, actor=world.one)
        assert doors.insist_on_door(door=door, actor=world.coordinator).state == "done"


def test_who_has_a_door_of_its_own_says_no(world):
    door = doors.decline_door(door=propose(world), actor=world.other)
    assert door.state == "declined"
    with pytest.raises(HouseError):
        doors.agree_to_door(door=door, actor=world.one)


def test_whose_door_fewer_know_gives_no_address(world):
    type(world.kept).objects.filter(pk=world.kept.pk).update(public_precision="settlement")
    with pytest.raises(HouseError, match=r"Fewer|Меньше|Об этой"):
        propose(world)
    assert doors.propose_door(kept=world.gone, gone=world.kept, actor=world.coordinator).state == "proposed"


def test_two_organisations_that_are_one(world):
    twin = scenarios.organization("НКО «Танадгома»")
    across.look_across()
    pair = across.alike_organizations(world.coordinator).get()
    assert twin in (pair.first, pair.second) and not across.alike_organizations(world.one)
    across.say_one(pair=pair, kept=pair.first, actor=world.coordinator)
    across.look_across()
    assert not across.alike_organizations(world.coordinator)
    assert across.one_house(world.one).get() == pair == across.one_house(world.coordinator).get()
    assert not across.one_house(world.other)
    across.take_word_back(pair=pair, actor=world.coordinator)
    assert across.alike_organizations(world.coordinator).get() == pair
    across.say_two(pair=pair, actor=world.coordinator)
    across.look_across()
    assert AlikeOrganizations.objects.get().different_at and not across.alike_organizations(world.coordinator)


def test_a_place_whose_twin_became_one_with_another_one_since_is_taken_apart_after_that():
    own = scenarios.organization()
    first, second, third = (scenarios.place(own, name=f"Кабинет {n}", address=f"ул. Речная, {n}") for n in range(3))
    row, actor = scenarios.published(first), scenarios.person(own)
    older = places.merge_places(kept=second, gone=first, actor=actor)
    approve_all()
    newer = places.merge_places(kept=third, gone=second, actor=actor)
    approve_all()
    with pytest.raises(HouseError):
        places.undo_places(merge=older, actor=actor)
    places.undo_places(merge=newer, actor=actor)
    approve_all()
    places.undo_places(merge=older, actor=actor)
    row.refresh_from_db()
    assert row.location == first
