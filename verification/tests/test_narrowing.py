"""Nothing is wider than the working copy: each field that narrows, every order of two values, what never changes."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import pytest

from core.tests.shared import shared
from directory.tests.contents import CONTACT, CONTENT, content
from verification.narrowing import doors_of_contacts, narrowed_now, narrower, narrowness
from verification.snapshots import freeze
from verification.tests import scenarios

WIDTHS = ("public", "members", "administrators")
PRECISIONS = ("exact", "district", "settlement", "country", "none")


def pairs(order: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(itertools.product(order, repeat=2))


def narrowest(order: tuple[str, ...], *values: str) -> str:
    return max(values, key=order.index)


def of(part: str, **fields: Any) -> Any:
    return content(**{part: fields})


@pytest.mark.parametrize("part", ["service", "location"])
@pytest.mark.parametrize(("published", "working"), pairs(WIDTHS))
def test_who_may_see_a_service_and_a_place(part, published, working):
    found = narrower(of(part, visibility=published), of(part, visibility=working))
    assert found == of(part, visibility=narrowest(WIDTHS, published, working))


@pytest.mark.parametrize(("published", "working"), pairs(WIDTHS[1:]))
def test_who_reads_of_legal_risks(published, working):
    """A snapshot says it only where it is narrower than all members."""

    def risks(who: str) -> Any:
        return of("service", **({} if who == "members" else {"risk_visibility": who}))

    assert narrower(risks(published), risks(working)) == risks(narrowest(WIDTHS, published, working))


@pytest.mark.parametrize("field", ["public_precision", "member_precision"])
@pytest.mark.parametrize(("published", "working"), pairs(PRECISIONS))
def test_how_exactly_a_place_is_shown(field, published, working):
    found = narrower(of("location", **{field: published}), of("location", **{field: working}))
    assert found == of("location", **{field: narrowest(PRECISIONS, published, working)})


def moved(**fields: Any) -> Any:
    """A working copy whose centres, point and words are others."""
    return of("location", district_point=[1.0, 2.0], settlement_point=[3.0, 4.0], point=[5.0, 6.0], name={}, **fields)


@pytest.mark.parametrize("narrow", [{"public_precision": "settlement"}, {"member_precision": "district"}])
def test_a_precision_that_narrows_brings_nothing_else_of_the_place_along(narrow):
    """Least of all another pin: it would be public in the same second, and nobody has looked at it."""
    assert narrower(CONTENT, moved(**narrow)) == of("location", **narrow)


@pytest.mark.parametrize("working", [{}, {"visibility": "members"}])
def test_without_a_narrower_precision_the_centres_stay(working):
    assert narrower(CONTENT, moved(**working)) == of("location", **working)


@pytest.mark.parametrize("missing", ["published", "working", "another"])
def test_a_place_is_narrowed_by_itself_alone(missing):
    narrow = content(location={"visibility": "members", "public_precision": "none"}, service={"visibility": "members"})
    published = CONTENT
    if missing == "published":
        published = content(location=None)
    elif missing == "working":
        narrow["location"] = None
    else:
        narrow["location"]["id"] = "place2"
    found = narrower(published, narrow)
    assert found["location"] == published["location"] and found["service"]["visibility"] == "members"


@pytest.mark.parametrize(("published", "working"), pairs(WIDTHS))
def test_who_may_see_a_contact(published, working):
    found = narrower(
        content(contacts=[CONTACT | {"visibility": published}]), content(contacts=[CONTACT | {"visibility": working}])
    )
    assert found["contacts"] == [CONTACT | {"visibility": narrowest(WIDTHS, published, working)}]


@pytest.mark.parametrize(("published", "working"), pairs(("clients", "colleagues")))
def test_for_whom_a_contact_is(published, working):
    found = narrower(
        content(contacts=[CONTACT | {"audience": published}]), content(contacts=[CONTACT | {"audience": working}])
    )
    expected = "colleagues" if "colleagues" in (published, working) else "clients"
    assert found["contacts"] == [CONTACT | {"audience": expected}]


def test_each_contact_has_a_door_of_its_own_and_a_removed_one_keeps_what_it_had():
    three = [CONTACT | {"id": name, "value": name} for name in ("c1", "c2", "c3")]
    three[2]["visibility"], three[2]["audience"] = "members", "colleagues"
    working = content(contacts=[three[0], three[1] | {"visibility": "administrators"}, CONTACT | {"id": "new"}])
    found = narrower(content(contacts=three), working)
    assert found["contacts"] == [three[0], three[1] | {"visibility": "administrators"}, three[2]]


def test_what_is_compared_is_not_changed():
    published, working = copy.deepcopy(CONTENT), of("service", visibility="members", title={"ru": "Иначе"})
    found = narrower(published, working)
    assert published == CONTENT and found["service"]["title"] == CONTENT["service"]["title"]
    assert narrower(found, CONTENT) == found and narrower(found, working) == found


def test_how_narrow_a_content_is():
    assert narrowness(CONTENT) == {
        "visibility": "public",
        "risks": "members",
        "location": {**CONTENT["location"], **dict.fromkeys(("country_precision", "circle_precision"), "exact")},
        "contacts": {"c1": ("public", "clients")},
    }


# --- by what the rows say now -------------------------------------------------------------------------------------


def make_row():
    return scenarios.published()


_ground, row = shared(make_row, "row")


def narrow_everything(row) -> None:
    """By hand, as a repair would: no service is asked."""
    row.service.__class__.objects.filter(pk=row.service_id).update(visibility="members")
    row.location.__class__.objects.filter(pk=row.location_id).update(public_precision="settlement")
    row.service.organization.contacts.update(visibility="members")


@pytest.mark.parametrize("narrow", [lambda row: None, narrow_everything], ids=["as it was", "everything"])
def test_the_rows_say_the_same_as_the_frozen_working_copy(row, narrow):
    published = row.state.published.content
    narrow(row)
    stale = row  # loaded before somebody narrowed it
    fresh = row.__class__.objects.get(pk=row.pk)
    expected = narrower(published, freeze(fresh))
    assert narrowed_now(published, stale) == expected
    assert narrowed_now(published, fresh, doors_of_contacts()) == expected
    assert (expected == published) is (narrow is not narrow_everything)


def test_a_place_that_moved_and_hid_is_hidden_where_it_was(row):
    """The new point waits for its review, and so does everything that follows from it."""
    published = row.state.published.content
    row.location.__class__.objects.filter(pk=row.location_id).update(point="SRID=4326;POINT(44.9 41.8)")
    narrow_everything(row)
    found = narrowed_now(published, row)["location"]
    assert found["settlement_point"] == published["location"]["settlement_point"]


def test_a_remote_listing_has_no_place_to_narrow(row):
    published = row.state.published.content
    remote = scenarios.services.add_listing(actor=None, service=row.service, location=None, remote_country="GE")
    assert narrowed_now(published, remote) == published


def test_doors_of_all_contacts_and_of_some(row):
    owner = row.service.organization
    other = scenarios.phone(owner, None, "+995 32 212 34 99", audience="colleagues", visibility="members")
    (first,) = owner.contacts.exclude(pk=other.pk)
    everything = {first.public_id: ("public", "clients"), other.public_id: ("members", "colleagues")}
    assert doors_of_contacts() == everything
    assert doors_of_contacts(iter([other.public_id, "nobody"])) == {other.public_id: ("members", "colleagues")}
    assert doors_of_contacts([]) == {}
