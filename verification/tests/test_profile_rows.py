"""The directory's row of an organisation: whose words it holds, and that it follows from states and snapshots alone."""

import pytest

from directory.models import DirectoryRevision, MemberOrganization, PublicOrganization
from organizations.models import Organization
from verification import services as verification
from verification.models import ListingState
from verification.tests import scenarios
from verification.tests.test_profiles import another_listing, day, describe, on_map
from verification.upkeep.rebuild import compare, rebuild

pytestmark = pytest.mark.django_db


def said():
    return {model.__name__[0]: model.objects.get().content["ru"]["description"]
            for model in (PublicOrganization, MemberOrganization) if model.objects.exists()}  # fmt: skip


def test_the_newest_approved_version_speaks_whatever_is_published_again():
    organization = on_map(on=day("2026-01-10"))
    old = ListingState.objects.get().listing
    describe(organization, "Новые слова.")
    newer = another_listing(organization, "Психолог", on=day("2026-02-10"))
    assert said() == {"P": "Новые слова.", "M": "Новые слова."}
    verification.set_operation(listing=old, actor=None, operation="paused")  # publishes the older version again
    assert said() == {"P": "Новые слова.", "M": "Новые слова."} and not compare()
    verification.hide(listing=newer, actor=None, reason="Переезд")
    assert said() == {"P": "Помогаем в пути.", "M": "Помогаем в пути."} and not compare()
    verification.restore(listing=newer, actor=None)
    assert said() == {"P": "Новые слова.", "M": "Новые слова."} and not compare()


def test_what_only_members_see_moves_nothing_that_the_public_reads():
    organization = on_map(on=day("2026-01-10"))
    describe(organization, "Слова для своих.")
    revision = DirectoryRevision.objects.get()
    another_listing(organization, "Для коллег", visibility="members")
    assert said() == {"P": "Помогаем в пути.", "M": "Слова для своих."} and not compare()
    after = DirectoryRevision.objects.get()
    assert after.public_number == revision.public_number and after.number > revision.number


def test_the_directory_is_disposable_with_its_organisations():
    organization = on_map(on=day("2026-01-10"))
    another_listing(organization, "Для коллег", visibility="members")
    on_map()
    verification.confirm_profile(organization=organization, actor=None)
    assert not compare()
    PublicOrganization.objects.filter(pk=organization.public_id).update(website="https://other.example/", level=0)
    MemberOrganization.objects.exclude(pk=organization.public_id).delete()
    found = compare()
    assert found.changed == [("public", f"organization/{organization.public_id}", ["level", "website"])]
    assert [audience for audience, _key in found.missing] == ["members"]
    rebuild()
    assert not compare()


def test_a_takedown_and_a_suspension_by_hand_take_the_organisation_out():
    organization = on_map()
    someone = scenarios.coordinator()
    takedown = verification.take_down(actor=someone, organization=organization, reason="Опасно")
    assert not PublicOrganization.objects.exists() and MemberOrganization.objects.exists() and not compare()
    verification.lift(takedown=takedown, actor=someone, reason="Спокойно")
    assert PublicOrganization.objects.exists() and not compare()
    Organization.objects.filter(pk=organization.pk).update(member_status="suspended")
    assert not PublicOrganization.objects.exists() and not MemberOrganization.objects.exists() and not compare()
