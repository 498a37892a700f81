"""Translators, and texts for them."""

from __future__ import annotations

from accounts.models import User
from accounts.services import create_person
from organizations.models import Membership, MembershipRole, Organization
from translations.models import Translation
from translations.rows import expected, row_of
from translations.services import check, write
from translations.texts.units import Unit, every
from verification.tests import scenarios

PASSWORD = "correct horse battery"  # of people who exist for one test


def translator(name: str, *languages: str, of: Organization | None = None) -> User:
    user = create_person(
        email=f"{name}@example.org", name=name.title(), password=PASSWORD, translates=languages or ("uz",)
    )
    if of is not None:
        Membership.objects.create(user=user, organization=of, role=MembershipRole.READER)
    return user


def unit_of(kind: str, field: str = "", source: str = "") -> Unit:
    found = (u for u in every() if u.kind == kind and u.field == field and (not source or source in u.source))
    return next(found)


def written(user: User, unit: Unit, text: str, language: str = "uz") -> Translation:
    row = write(actor=user, unit=unit, language=language, forms=[text])
    assert row is not None, "it says so already"
    return row


def checked(user: User, unit: Unit, language: str = "uz") -> Translation:
    return check(actor=user, unit=unit, language=language, seen=expected(unit, row_of(unit, language)))


def two_people() -> tuple[User, User]:
    """Of two organisations: what one writes, the other may check."""
    bridge, shore = two_organizations()
    return translator("vera", of=bridge), translator("nodir", of=shore)


def two_organizations() -> tuple[Organization, Organization]:
    return scenarios.organization("Мост", slug="most"), scenarios.organization("Берег", slug="bereg")
