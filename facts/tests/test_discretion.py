"""What a verifier of another organisation may read of a submission, field by field."""

from __future__ import annotations

import pytest
from django.utils import translation

from accounts.models import NetworkRole
from directory.crossing.content import LocationPart
from facts.discretion import HIDDEN, LINK, MEMBER, Reader, changes_for, content_for, place_for, reader_of
from facts.tests.makers import change, contact, content
from organizations.models import AddressPrecision
from organizations.tests.makers import make_location, make_organization, make_user

#: Whatever somebody does for the network, administrators too, they read what members may.
VERIFIER = MEMBER

#: Precision for members → what they do not get of a place. Whatever is not named here, everybody may read.
DOOR = {"address", "postal_code", "directions", "transit", "accessibility_note", "point"}
DOOR |= {"step_free", "accessible_toilet", "lift"}
DISTRICT = DOOR | {"district", "district_point"}
CITY = DISTRICT | {"name", "region", "city", "place_code", "settlement_point"}
SECRET = {
    AddressPrecision.EXACT: set(),
    AddressPrecision.DISTRICT: DOOR,
    AddressPrecision.SETTLEMENT: DISTRICT,
    AddressPrecision.COUNTRY: CITY,
    AddressPrecision.NONE: CITY | {"country"},
}
NEVER_SECRET = {"id", "type", "public_precision", "member_precision", "visibility", "timezone"}
NEVER_SECRET |= {"country_precision", "circle_precision"}


def place(precision):
    return content(location={"member_precision": precision})


@pytest.mark.parametrize("precision", AddressPrecision)
def test_by_precision_each_field_of_a_place_is_blank_or_as_it_was(precision):
    whole = place(precision)
    seen = dict(content_for(VERIFIER, whole)["location"] or {})
    changed = {name for name, value in dict(whole["location"]).items() if seen[name] != value}
    assert changed == SECRET[precision]
    assert {type(seen[name]) for name in changed} <= {dict, type(None)}
    assert not any(seen[name] for name in changed)


def test_every_field_of_a_place_is_spoken_about():
    """A new field must be put on one side or the other; forgotten, it would be shown."""
    assert set(LocationPart.__annotations__) == SECRET[AddressPrecision.NONE] | NEVER_SECRET


@pytest.mark.parametrize("precision", AddressPrecision)
def test_a_change_of_a_secret_field_is_told_without_either_value(precision):
    whole = place(precision)
    fields = sorted(SECRET[AddressPrecision.NONE])
    changes = [change(f"location.{name}", "before", "after") for name in fields]
    shown = {c.field: (c.old, c.new) for c in changes_for(VERIFIER, changes, whole, whole)}
    for name in fields:
        hidden = name in SECRET[precision]
        assert shown[name] == ((HIDDEN, HIDDEN) if hidden else ("before", "after")), name


def test_what_was_empty_stays_empty_so_that_new_and_changed_differ():
    whole = place(AddressPrecision.SETTLEMENT)
    (shown,) = changes_for(VERIFIER, [change("location.address", {}, {"en": "3 Mill Street"})], whole, whole)
    assert (shown.old, shown.new) == ({}, HIDDEN)


def test_each_side_follows_the_precision_of_its_own_time():
    """The address was open and is to be hidden: the verifier reads the old one, not the new one."""
    old, new = place(AddressPrecision.EXACT), place(AddressPrecision.SETTLEMENT)
    moved = change("location.address", {"en": "3 Mill Street"}, {"en": "13 Secret Street"})
    (shown,) = changes_for(VERIFIER, [moved], old, new)
    assert (shown.old, shown.new) == ({"en": "3 Mill Street"}, HIDDEN)
    (back,) = changes_for(VERIFIER, [moved], new, old)
    assert (back.old, back.new) == (HIDDEN, {"en": "13 Secret Street"})


def test_a_first_version_is_judged_by_itself():
    new = place(AddressPrecision.COUNTRY)
    (shown,) = changes_for(VERIFIER, [change("location.city", None, {"en": "Tbilisi"})], None, new)
    assert (shown.old, shown.new) == (None, HIDDEN)


@pytest.mark.parametrize(("visibility", "is_read"), [("public", True), ("members", True), ("administrators", False)])
def test_a_contact_of_the_organisation_itself_stays_at_home(visibility, is_read):
    number = contact(visibility=visibility)
    whole = content(contacts=[number, contact(id="c2", value="+995 32 200 00 00")])
    seen = [c["value"] for c in content_for(VERIFIER, whole)["contacts"]]
    assert ("+995 32 212 34 56" in seen) is is_read
    assert "+995 32 200 00 00" in seen
    (shown,) = changes_for(VERIFIER, [change("contacts.c1", None, number)], None, whole)
    assert shown.new == (number if is_read else HIDDEN)
    (gone,) = changes_for(VERIFIER, [change("contacts.c1", number, None)], whole, whole)
    assert (gone.old, gone.new) == (number if is_read else HIDDEN, None)


def test_whoever_it_is_disclosed_to_reads_everything():
    whole = content(location={"member_precision": "none"}, contacts=[contact(visibility="administrators")])
    reader = Reader(frozenset({whole["organization"]["id"]}))
    assert content_for(reader, whole) is whole
    secret = change("location.address", {}, {"en": "13 Secret Street"})
    assert changes_for(reader, [secret], None, whole) == [secret]


def test_without_a_reader_the_strictest_view_is_given():
    assert content_for(MEMBER, place(AddressPrecision.NONE))["location"]["country"] is None


def test_the_rest_of_the_listing_is_untouched_and_so_is_the_original():
    whole = place(AddressPrecision.NONE)
    seen = content_for(VERIFIER, whole)
    assert all(seen[part] == whole[part] for part in ("service", "listing", "organization"))
    assert whole["location"]["address"] == {"en": "3 Mill Street"}


def test_a_remote_service_has_no_place_to_hide():
    remote = content(location=None)
    assert content_for(VERIFIER, remote)["location"] is None
    cost = change("service.cost", "free", "paid")
    assert changes_for(VERIFIER, [cost], remote, remote) == [cost]


# --- who reads ----------------------------------------------------------------------------------------------------


def test_the_owner_s_people_read_everything_of_theirs_and_no_more_of_others():
    mine = place(AddressPrecision.NONE)
    theirs = content(location={"member_precision": AddressPrecision.NONE}, organization={"id": "another"})
    owner = Reader(own=frozenset({mine["organization"]["id"]}))
    assert content_for(owner, mine) is mine
    assert content_for(owner, theirs)["location"] == content_for(MEMBER, theirs)["location"]


def test_a_place_for_its_organization_alone_is_nowhere_for_others():
    whole = content(location={"member_precision": AddressPrecision.EXACT, "visibility": "administrators"})
    seen = dict(content_for(MEMBER, whole)["location"] or {})
    assert not any(seen[name] for name in SECRET[AddressPrecision.NONE])


@pytest.mark.parametrize(
    ("service", "at", "shown"),
    [
        ({}, {}, True),
        ({"visibility": "members"}, {}, False),
        ({}, {"visibility": "members"}, False),
        ({}, {"public_precision": "district"}, False),
    ],
)
def test_a_link_shows_the_address_that_everybody_knows(service, at, shown):
    whole = content(service=service, location={"public_precision": "exact", "visibility": "public", **at})
    seen = dict(content_for(LINK, whole)["location"] or {})
    assert bool(seen["address"]) is shown and seen["city"]


def test_a_link_shows_no_contact_that_not_everybody_may_call():
    whole = content(contacts=[contact(id="c1"), contact(id="c2", visibility="members")])
    assert [c["id"] for c in content_for(LINK, whole)["contacts"]] == ["c1"]


@pytest.mark.django_db
def test_who_reads_is_read_from_roles_and_memberships():
    own = make_organization()
    editor = make_user(own)
    assert reader_of(editor) == Reader(own=frozenset({own.public_id}))
    assert reader_of(make_user(network_role=NetworkRole.COORDINATOR)) == MEMBER
    assert reader_of(make_user(network_role=NetworkRole.ADMINISTRATOR)) == MEMBER


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, {"name": "Кабинет на Мельничной", "city": "Тбилиси"}),
        ({"member_precision": "country", "public_precision": "country"}, {"name": "", "city": ""}),
        ({"visibility": "administrators"}, {"name": "", "city": ""}),
    ],
)
def test_a_row_s_place_in_words_that_the_reader_may_know(change, words):
    own = make_organization()
    row = make_location(own, **change)
    with translation.override("ru"):
        assert place_for(MEMBER, row, own) == words
        assert place_for(Reader(frozenset({own.public_id})), row, own)["name"] == "Кабинет на Мельничной"
    assert place_for(MEMBER, None, own) == {"name": "", "city": ""}
