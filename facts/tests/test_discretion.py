"""What a verifier of another organisation may read of a submission, field by field."""

from __future__ import annotations

import pytest

from accounts.models import NetworkRole, User
from directory.content import LocationPart
from facts.discretion import HIDDEN, changes_for, content_for
from facts.tests.makers import change, contact, content
from organizations.models import AddressPrecision

VERIFIER = User(network_role=NetworkRole.VERIFIER)
ADMINISTRATOR = User(network_role=NetworkRole.ADMINISTRATOR)

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


def test_an_administrator_reads_everything():
    whole = content(location={"member_precision": "none"}, contacts=[contact(visibility="administrators")])
    assert content_for(ADMINISTRATOR, whole) is whole
    secret = change("location.address", {}, {"en": "13 Secret Street"})
    assert changes_for(ADMINISTRATOR, [secret], None, whole) == [secret]


def test_without_a_reader_the_strictest_view_is_given():
    assert content_for(None, place(AddressPrecision.NONE))["location"]["country"] is None


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
