"""Who translates into what: an administrator says which languages a person reads and writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.languages import LANGUAGES, MESSAGES, WHOLE
from organizations.models import Organization

if TYPE_CHECKING:
    from accounts.models import User


def translated_into() -> tuple[str, ...]:
    """The languages that texts are translated into: neither both sources, nor what is made of another one."""
    rows = (row for row in LANGUAGES if row.state != "trial" and not row.derived_from)
    return tuple(row.code for row in rows if row.code not in (WHOLE, MESSAGES))


def languages_of(user: User) -> tuple[str, ...]:
    """In the order of the registry."""
    known = user.translates if user.is_active else []
    return tuple(code for code in translated_into() if code in known)


def may_translate(user: User, language: str) -> bool:
    return language in languages_of(user)


def may_look(user: User) -> bool:
    """Whoever translates, and administrators, who see how far each language is."""
    return user.is_administrator or bool(languages_of(user))


def is_of_network(user: User) -> bool:
    """Whether they have a part in the network, beside the languages that they translate into."""
    return user.is_active and (user.is_verifier or bool(organizations_of(user)))


def organizations_of(user: User) -> Sequence[str]:
    """Organisations of the network for which the user works, by public id."""
    rows = Organization.objects.in_network().filter(memberships__user=user).order_by("pk")
    return list(rows.values_list("public_id", flat=True).distinct())
