"""The one door for edits: whatever it changes is narrowed in the same transaction, or nothing has happened at all."""

from __future__ import annotations

import inspect

import pytest
from django.core.exceptions import ValidationError

from core.errors import NotAllowed, StaleWrite
from core.tests.shared import shared
from directory.models import MemberListing, PublicListing
from organizations.models import Contact, Location, Organization
from services.models import Notice, Service, ServiceAtLocation
from verification import editing
from verification import services as verification
from verification.tests import scenarios
from verification.upkeep.rebuild import compare

pytestmark = pytest.mark.django_db


class World:
    """An organisation with two places, a phone of its own and one at the first place; a listing at each, on the map."""

    def __init__(self) -> None:
        self.owner = scenarios.organization()
        self.here, self.there = scenarios.place(self.owner), scenarios.place(self.owner, city="Батуми")
        self.general = scenarios.phone(self.owner)
        self.phone = scenarios.phone(self.owner, self.here, "+995 32 212 00 01")
        by = scenarios.verifier()
        self.first = scenarios.published(self.here, by=by)
        self.second = scenarios.published(self.there, by=by)
        self.notice = editing.set_notice(actor=None, location=self.here, kind="warning", text="Осторожно")
        self.stranger = scenarios.published(by=by)

    def edit(self, step: str, row, **fields):
        """An `update_…` of what the database has now."""
        row.refresh_from_db()
        name = step.removeprefix("update_")
        return getattr(editing, step)(actor=None, expected_version=row.version, **{name: row}, **fields)


_ground, world = shared(World)


def shown(row) -> PublicListing | None:
    return PublicListing.objects.filter(pk=row.public_id).first()


def phones(row) -> set[str]:
    return {contact["value"] for contact in shown(row).contacts}


#: Every function that edits, as it is called once, and the listings of the world that its row covers.
EDITS = {
    "update_organization": (lambda w: w.edit("update_organization", w.owner, short_name="О"), {"first", "second"}),
    "set_member_status": (
        lambda w: editing.set_member_status(actor=None, organization=w.owner, status="associate"),
        {"first", "second"},
    ),
    "update_location": (lambda w: w.edit("update_location", w.here, directions="Вход со двора"), {"first"}),
    "stop_keeping_address": (
        lambda w: editing.stop_keeping_address(
            actor=None, location=w.here, expected_version=Location.objects.get(pk=w.here.pk).version
        ),
        {"first"},
    ),
    "create_contact": (
        lambda w: editing.create_contact(
            actor=None, organization=w.owner, channel="phone", value="+995 32 212 00 02", location=w.there
        ),
        {"second"},
    ),
    "update_contact": (lambda w: w.edit("update_contact", w.phone, location=w.there), {"first", "second"}),
    "delete_contact": (lambda w: editing.delete_contact(actor=None, contact=w.phone), {"first"}),
    "restore_contact": (
        lambda w: editing.restore_contact(actor=None, organization=w.owner, public_id=w.general.public_id),
        {"first", "second"},
    ),
    "update_service": (lambda w: w.edit("update_service", w.first.service, text="Без записи"), {"first"}),
    "update_listing": (lambda w: w.edit("update_listing", w.second, note="Второй этаж"), {"second"}),
    "set_notice": (
        lambda w: editing.set_notice(actor=None, organization=w.owner, kind="closure", text="Ремонт"),
        {"first", "second"},
    ),
    "end_notice": (lambda w: editing.end_notice(actor=None, notice=w.notice), {"first"}),
}
#: Nothing of these is on the map: a new row, a draft without a history, a value.
NOTHING_TO_NARROW = {
    "create_organization",
    "create_location",
    "create_service",
    "add_listing",
    "remove_listing",
    "clean_hours",
    "second_notice",
    "keep_address_again",
}


def test_every_function_of_the_door_is_looked_at_here():
    own = {name for name, found in vars(editing).items() if inspect.isfunction(found) and not name.startswith("_")}
    borrowed = {"let_narrow", "publish_again", "subject_of", "under", "publish_notice", "withdraw_notice"}
    borrowed |= {"forget_door", "lock_states", "merged_into"}
    assert own - borrowed == EDITS.keys() | NOTHING_TO_NARROW


def before(name: str, world: World) -> None:
    """What must have happened before the edit can be made."""
    if name == "restore_contact":
        editing.delete_contact(actor=None, contact=Contact.objects.get(pk=world.general.pk))


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_brings_all_that_its_row_covers_in_step_and_nothing_else(world, name, monkeypatch):
    edit, covered = EDITS[name]
    before(name, world)
    published = []
    for door in ("let_narrow", "publish_again"):
        original = getattr(editing, door)

        def seen(*arguments, original=original, **named):
            listings = list(named.pop("listings", None) or arguments[0])
            published.extend(listings)
            return original(listings=listings, **named) if original is verification.let_narrow else original(listings)

        monkeypatch.setattr(editing, door, seen)
    edit(world)
    assert {row.pk for row in published} == {getattr(world, which).pk for which in covered}
    assert not compare()


class Broken(Exception):
    """What comes last goes wrong."""


def everything() -> tuple:
    """All that an edit could write."""
    tables = (Organization, Location, Contact, Service, ServiceAtLocation, Notice, PublicListing, MemberListing)
    return tuple(list(model.objects.order_by("pk").values()) for model in tables)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_that_cannot_be_narrowed_is_not_made(world, name, monkeypatch):
    before(name, world)
    was = everything()

    def breaks(*_arguments, **_named):
        raise Broken

    for door in ("let_narrow", "publish_again"):
        monkeypatch.setattr(editing, door, breaks)
    with pytest.raises(Broken):
        EDITS[name][0](world)
    assert everything() == was


@pytest.mark.parametrize(
    ("step", "row", "fields"),
    [
        ("update_organization", "owner", {"name": ""}),
        ("update_location", "here", {"public_precision": "settlement", "country": "XX"}),
        ("update_contact", "phone", {"visibility": "members", "value": "nobody"}),
        ("update_listing", "first", {"hours": {"slots": [{"days": [9]}]}}),
    ],
)
def test_a_refused_edit_narrows_nothing(world, step, row, fields):
    was = everything()
    with pytest.raises(ValidationError):
        world.edit(step, getattr(world, row), **fields)
    assert everything() == was
    with pytest.raises(StaleWrite):
        found = getattr(world, row)
        found.refresh_from_db()
        getattr(editing, step)(actor=None, expected_version=99, **{step.removeprefix("update_"): found})
    with pytest.raises(NotAllowed):
        getattr(editing, step)(
            actor=scenarios.person(scenarios.organization()),
            expected_version=found.version,
            **{step.removeprefix("update_"): found},
        )


# --- what a reader sees after one call ----------------------------------------------------------------------------


def test_a_phone_that_became_one_for_members_leaves_the_map_at_once(world):
    assert world.phone.value in phones(world.first) and world.phone.value not in phones(world.second)
    world.edit("update_contact", world.phone, visibility="members")
    assert world.phone.value not in phones(world.first)
    assert world.phone.value in {c["value"] for c in MemberListing.objects.get(pk=world.first.public_id).contacts}


def test_a_phone_of_the_whole_organisation_leaves_every_listing_at_once(world):
    assert world.general.value in phones(world.second)
    world.edit("update_contact", world.general, audience="colleagues", visibility="members")
    assert world.general.value not in phones(world.first) | phones(world.second)


@pytest.mark.parametrize("to", ["there", "nowhere"])
def test_a_phone_that_moved_to_another_place_is_hidden_where_it_was_published_too(world, to):
    world.edit("update_contact", world.phone, location=world.there if to == "there" else None)
    assert world.phone.value in phones(world.first)  # moving it away waits for a review
    world.edit("update_contact", world.phone, visibility="members")
    assert world.phone.value not in phones(world.first)
    assert not compare()


def test_a_phone_chosen_for_a_listing_is_hidden_there_after_it_moved(world):
    world.edit("update_listing", world.first, contacts=[world.phone])
    world.edit("update_contact", world.phone, location=world.there)
    world.edit("update_contact", world.phone, visibility="members")
    assert world.phone.value not in phones(world.first)


def test_moving_and_narrowing_by_one_edit_counts_at_both_places(world):
    world.edit("update_contact", world.phone, location=world.there, visibility="members")
    assert world.phone.value not in phones(world.first) | phones(world.second)


def test_a_phone_that_was_narrowed_and_removed_stays_narrow_also_when_it_comes_back(world):
    world.edit("update_contact", world.phone, visibility="members")
    editing.delete_contact(actor=None, contact=Contact.objects.get(pk=world.phone.pk))
    assert world.phone.value not in phones(world.first)
    editing.restore_contact(actor=None, organization=world.owner, public_id=world.phone.public_id)
    assert world.phone.value not in phones(world.first)
    assert not compare()


def test_a_place_that_is_blurred_shows_no_address_and_its_neighbour_still_does(world):
    world.edit("update_location", world.here, public_precision="settlement")
    assert shown(world.first).precision == "settlement" and "address" not in shown(world.first).content["ru"]
    assert shown(world.second).precision == "exact" and shown(world.second).content["ru"]["address"]


def test_a_place_for_members_takes_its_listings_from_the_public_alone(world):
    world.edit("update_location", world.here, visibility="members")
    assert shown(world.first) is None and shown(world.second) is not None
    assert MemberListing.objects.filter(pk=world.first.public_id).exists()


def test_a_service_for_members_is_theirs_at_once(world):
    world.edit("update_service", world.first.service, visibility="members")
    assert shown(world.first) is None and MemberListing.objects.filter(pk=world.first.public_id).exists()


@pytest.mark.parametrize("how", ["update_organization", "set_member_status"])
def test_who_is_suspended_is_nowhere_and_who_is_back_is_back(world, how):
    def become(status: str) -> None:
        if how == "update_organization":
            world.edit(how, world.owner, member_status=status)
        else:
            world.owner.refresh_from_db()
            editing.set_member_status(actor=None, organization=world.owner, status=status)

    become("suspended")
    assert shown(world.first) is None and not MemberListing.objects.filter(pk=world.second.public_id).exists()
    become("member")
    assert shown(world.first) is not None and shown(world.second) is not None
    assert shown(world.stranger) is not None


def test_a_notice_is_on_the_map_as_long_as_it_stands(world):
    notice = editing.set_notice(actor=None, service=world.first.service, kind="hours", text="По субботам закрыто")
    assert {one["text"]["ru"] for one in shown(world.first).notices} == {"Осторожно", "По субботам закрыто"}
    assert not shown(world.second).notices
    editing.set_notice(actor=None, notice=notice, text="Закрыто всю неделю")
    assert {one["text"]["ru"] for one in shown(world.first).notices} == {"Осторожно", "Закрыто всю неделю"}
    editing.end_notice(actor=None, notice=notice)
    assert "Закрыто всю неделю" not in str(shown(world.first).notices)
    editing.end_notice(actor=None, notice=world.notice)
    assert not shown(world.first).notices


def test_an_edit_of_what_nobody_has_seen_shows_nothing(world):
    draft = scenarios.listing(world.there, title="Черновик")
    world.edit("update_service", draft.service, visibility="members")
    assert not MemberListing.objects.filter(pk=draft.public_id).exists()


def test_edits_of_a_batch_are_narrowed_once_and_before_their_rows_are_written(world, django_assert_max_num_queries):
    first, second = shown(world.first), shown(world.second)
    assert first and second and "+995 32 212 00 01" in phones(world.first)
    with verification.Together(None) as batch:
        world.edit("update_contact", world.phone, visibility="members", batch=batch)
        world.edit("update_service", world.second.service, visibility="members", batch=batch)
        with django_assert_max_num_queries(40):
            batch.narrow()
        assert not batch.touched
    assert "+995 32 212 00 01" not in phones(world.first) and shown(world.second) is None
    assert not compare()


def test_edits_of_a_batch_that_cannot_be_narrowed_are_not_made(world, monkeypatch):
    was = everything()

    def breaks(*_arguments, **_named):
        raise Broken

    monkeypatch.setattr("verification.services.edits.narrower", breaks)
    with pytest.raises(Broken), verification.Together(None) as batch:
        world.edit("update_contact", world.phone, visibility="members", batch=batch)
    assert everything() == was
