"""What an organisation says about itself gives no door of its hidden places away."""

from __future__ import annotations

import pytest

from directory.tables.listings import MemberOrganization, PublicOrganization
from organizations import services as organizations
from organizations.models import Location
from verification import services as verification
from verification.editing import update_location, update_organization
from verification.giveaways.house import houses
from verification.models import Recheck, RecheckReason
from verification.tests import scenarios
from verification.upkeep.rebuild import compare
from verification.upkeep.triggers import ask_about_held_texts

pytestmark = pytest.mark.django_db
LEAK = "Помогаем с 2010 года. Ждём на ул. Мельничной, домофон 38"
FINE = "Помогаем с 2010 года, спросите на вахте"


def described(text: str = LEAK, **place):
    """A listing of an organisation with these words, at its only place, published."""
    own = scenarios.organization(description=text)
    return scenarios.published(scenarios.place(own, name="Кабинет", **place))


def profile(row, table=PublicOrganization) -> str:
    one = table.objects.get(pk=row.service.organization.public_id)
    return str([one.content, one.contacts, one.links, one.website])


def asked(row) -> bool:
    return Recheck.objects.open().filter(listing=row, reason=RecheckReason.GIVEAWAY).exists()


def narrow(row, **fields) -> None:
    at = Location.objects.get(pk=row.location_id)
    update_location(actor=None, location=at, expected_version=at.version, **fields)


@pytest.mark.parametrize("fields", [{"public_precision": "settlement"}, {"visibility": "members"}])
def test_when_a_place_hides_the_profile_is_held_until_somebody_agrees(fields):
    row = described()
    office = scenarios.published(scenarios.place(row.service.organization, name="Бюро"))
    assert "Мельничной" in profile(office)  # both doors are known to everybody
    narrow(row, **fields)
    assert "Мельничной" not in profile(office) and asked(row) and not asked(office) and not compare()
    assert "Мельничной" in profile(row, MemberOrganization)  # members know the door
    marks = [piece.mark for piece in verification.held_of(row.state.__class__.objects.get(pk=row.pk))]
    assert verification.agree_to_texts(listing=row, actor=scenarios.verifier(), marks=marks) == 1
    assert "Мельничной" in profile(office) and not asked(row) and not compare()


def test_a_new_text_waits_for_a_verifier_whatever_listing_brings_it():
    row = described(FINE, public_precision="settlement")
    office = scenarios.published(scenarios.place(row.service.organization, name="Бюро"))
    own = row.service.organization
    own.refresh_from_db()
    update_organization(actor=None, organization=own, expected_version=own.version, description=LEAK)
    review = verification.submit(listing=office, actor=None)
    assert review.is_open and [piece.path for piece in verification.doubtful(review.snapshot.content)] == [
        "organization.description"
    ]
    assert FINE in profile(row)
    verification.approve(review=review, actor=scenarios.verifier())
    assert "Мельничной" in profile(row) and not compare() and ask_about_held_texts() == 0


def test_another_hidden_place_is_another_question():
    row = described(public_precision="settlement")
    assert "Мельничной" in profile(row)  # its verifier has read it
    scenarios.published(scenarios.place(row.service.organization, name="Бюро"))
    assert "Мельничной" in profile(row)
    second = scenarios.published(scenarios.place(row.service.organization, name="Приют"))
    narrow(second, public_precision="none")
    assert "Мельничной" not in profile(row) and asked(second) and not compare()


def test_links_and_contacts_of_the_whole_organisation_are_looked_through():
    own = scenarios.organization(
        short_name="Мост", website="https://maps.app.goo.gl/abc", links=[{"label": "", "url": "https://example.org/"}]
    )
    office = scenarios.published(scenarios.place(own, name="Кабинет"))
    contact = organizations.create_contact(
        actor=None, organization=own, channel="phone", value="+995322000000", label="Спросите на ул. Мельничной, 3"
    )
    verification.approve(review=verification.submit(listing=office, actor=None), actor=scenarios.verifier())
    assert "goo.gl" in profile(office) and "Мельничной" in profile(office)
    narrow(office, public_precision="district")
    said = profile(office)
    assert "goo.gl" not in said and "Мельничной" not in said and "example.org" in said
    held = verification.held_of(office.state.__class__.objects.get(pk=office.pk))
    assert {piece.path for piece in held} == {"organization.website", f"contacts.{contact.public_id}"}


def test_what_hides_nothing_is_no_house():
    row = described()
    assert houses([row.service.organization.public_id]) == {}
