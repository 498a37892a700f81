"""A text that may give the door of a hidden place away reaches nobody until a second person has agreed to it."""

from __future__ import annotations

import pytest
from django.test import Client

from core.errors import NotAllowed, WrongState
from directory.crossing.live import LiveState
from directory.tables.listings import MemberListing, PublicListing
from directory.tests.contents import CONTACT, content
from organizations.models import Location
from services import services
from verification import services as verification
from verification.editing import set_notice, update_location
from verification.giveaways.finding import hides_door, pieces_of, told
from verification.models import Agreement, Recheck, RecheckReason
from verification.tests import scenarios
from verification.upkeep.rebuild import compare
from verification.upkeep.triggers import ask_about_held_texts

LEAK = "Ждём на ул. Мельничной, домофон 38"
FINE = "Вход со двора, спросите на вахте"
BLURRED = {"public_precision": "settlement"}


def hidden(**fields):
    """A listing on the map whose place the public knows by its city only."""
    return scenarios.published(scenarios.place(scenarios.organization(), **BLURRED), **fields)


def words(row, table=PublicListing) -> str:
    return str([list(found.content.values()) + found.notices for found in table.objects.filter(pk=row.public_id)])


def found_by(words: str) -> int:
    """How many listings the public finds by these words."""
    answer = Client().post("/api/v1/search/", {"q": words}, content_type="application/json")
    return answer.json()["count"]


def asked(row) -> bool:
    return Recheck.objects.open().filter(listing=row, reason=RecheckReason.GIVEAWAY).exists()


# --- what is found and held ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("precisions", "public", "members"),
    [(("exact", "exact"), False, False), (("settlement", "exact"), True, False), (("none", "district"), True, True)],
)
def test_a_door_is_hidden_from_an_audience_that_knows_less(precisions, public, members):
    one = content(location=dict(zip(("public_precision", "member_precision"), precisions, strict=True)))
    assert (hides_door(one, "public"), hides_door(one, "members")) == (public, members)
    assert hides_door(one) is (public or members)
    assert not hides_door(content(location=None))


@pytest.mark.parametrize(("visibility", "audiences"), [("members", {"members"}), ("administrators", set())])
def test_nothing_is_hidden_from_those_who_do_not_see_the_listing(visibility, audiences):
    one = content(location={"public_precision": "none", "member_precision": "none"}, service={"visibility": visibility})
    assert {audience for audience in ("public", "members") if hides_door(one, audience)} == audiences
    assert hides_door(one) is bool(audiences)


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("service.summary", {"service": {"summary": {"ru": LEAK}}}),
        ("service.legal_risk_note", {"service": {"legal_risk_note": {"en": "12 Mill Street"}}}),
        ("listing.note", {"listing": {"note": {"ru": LEAK}}}),
        ("listing.hours", {"listing": {"hours": {"note": {"ru": LEAK}}}}),
        ("location.name", {"location": {"name": {"ru": "Дом на ул. Мельничной"}, **BLURRED}}),
        ("location.city", {"location": {"city": {"ru": "Тбилиси, ул. Мельничная, 3"}, **BLURRED}}),
        ("contacts.c1", {"contacts": [CONTACT | {"label": {"ru": LEAK}}]}),
        ("contacts.c1", {"contacts": [CONTACT | {"value": "https://maps.app.goo.gl/abc"}]}),
    ],
)
def test_every_text_is_looked_through_and_held_from_those_who_do_not_know_the_door(path, part):
    one = content(**{"location": BLURRED, **part})
    (piece, *_more) = pieces_of(one)
    assert piece.path == path
    shown = told(one, LiveState(), "public", set())
    assert shown is not None and piece.text not in str(shown[0])
    assert told(one, LiveState(), "members", set()) == (one, LiveState())  # members know the door
    assert told(one, LiveState(), "public", {found.mark for found in pieces_of(one)}) == (one, LiveState())


def test_what_only_those_get_who_know_the_door_is_not_looked_through():
    assert not pieces_of(content(location={**BLURRED, "directions": {"ru": LEAK}}))
    assert not pieces_of(content(service={"text": {"ru": LEAK}}))  # an exact place


def test_a_held_title_takes_the_listing_with_it():
    assert told(content(location=BLURRED, service={"title": {"ru": LEAK}}), LiveState(), "public", set()) is None


# --- on the map ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["text", "summary", "eligibility_note", "documents_note"])
def test_an_edit_with_a_find_waits_for_a_verifier_and_search_does_not_know_it(field):
    row = hidden()
    scenarios.rename(row, **{field: LEAK})
    review = verification.submit(listing=row, actor=None)
    assert review.is_open
    assert "Мельничной" not in words(row)
    assert found_by("Мельничной") == 0
    verification.approve(review=review, actor=scenarios.verifier())
    assert "Мельничной" in words(row)  # a second person has read it
    assert found_by("Мельничной") == 1
    scenarios.rename(row, title="Иначе")
    verification.approve(review=verification.submit(listing=row, actor=None), actor=scenarios.verifier())
    assert "Мельничной" in words(row) and not asked(row)


@pytest.mark.django_db
def test_a_normal_text_goes_out_as_before():
    row = hidden()
    scenarios.rename(row, text=FINE)
    assert not verification.submit(listing=row, actor=None).is_open
    assert FINE in words(row) and not asked(row)


@pytest.mark.django_db
def test_an_address_in_a_text_is_held_when_its_place_hides():
    row = scenarios.published(text="Приходите: ул. Речная, 5")
    assert "Речная" in words(row)
    at = Location.objects.get(pk=row.location_id)
    update_location(actor=None, location=at, expected_version=at.version, public_precision="settlement")
    assert "Речная" not in words(row) and "Речная" in words(row, MemberListing)
    assert asked(row)


def _operation(row) -> None:
    verification.set_operation(listing=row, actor=None, operation="limited", operation_note=LEAK)


def _notice(row) -> None:
    set_notice(actor=None, kind="warning", text=LEAK, location=row.location, starts_on="2026-01-01")


def _capacity(row) -> None:
    verification.report_capacity(listing=row, actor=None, level="limited", note=LEAK)


@pytest.mark.django_db
@pytest.mark.parametrize("say", [_operation, _notice, _capacity])
def test_what_needs_no_review_is_held_until_somebody_agrees_and_then_for_good(say):
    row = hidden()
    say(row)
    assert "Мельничной" not in words(row) + str(PublicListing.objects.values_list("capacity_note", flat=True))
    assert asked(row) and not compare()
    (piece,) = verification.held_of(row.state)
    with pytest.raises(NotAllowed):
        verification.agree_to_texts(listing=row, actor=scenarios.person(row.service.organization), marks=[piece.mark])
    with pytest.raises(WrongState):
        verification.agree_to_texts(listing=row, actor=scenarios.verifier(), marks=["another"])
    assert verification.agree_to_texts(listing=row, actor=scenarios.verifier(), marks=[piece.mark]) == 1
    assert "Мельничной" in words(row) + str(PublicListing.objects.values_list("capacity_note", flat=True))
    assert not asked(row) and Agreement.objects.filter(mark=piece.mark).exists() and not compare()
    say(row)
    assert not asked(row)


@pytest.mark.django_db
def test_a_check_does_not_answer_for_texts():
    row = hidden()
    _operation(row)
    verification.record_check(listing=row, actor=scenarios.verifier(), method="call")
    assert asked(row)


@pytest.mark.django_db
def test_other_words_are_asked_about_anew_and_the_owner_may_take_them_back():
    row = hidden()
    _operation(row)
    verification.set_operation(listing=row, actor=None, operation="limited", operation_note=FINE)
    assert FINE in words(row) and not asked(row)


@pytest.mark.django_db
def test_what_nobody_was_asked_about_is_found_by_the_worker():
    row = hidden()
    _operation(row)
    Recheck.objects.all().delete()
    assert ask_about_held_texts() == 1 and asked(row)
    assert ask_about_held_texts() == 0


@pytest.mark.django_db
def test_notices_of_a_service_without_a_place_are_not_looked_through():
    row = hidden()
    remote = services.add_listing(
        actor=None, service=row.service, location=None, remote_country="GE", hours=scenarios.WEEK
    )
    verification.approve(review=verification.submit(listing=remote, actor=None), actor=scenarios.verifier())
    _operation(remote)
    assert "Мельничной" in words(remote) and "Мельничной" not in words(row)
