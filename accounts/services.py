"""What happens to people: they are let in, their address is confirmed, a lost second factor is taken off."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from accounts.entering.sessions import end_sessions
from accounts.models import User
from core.languages import SOURCE


@transaction.atomic
def create_person(
    *,
    email: str,
    name: str,
    password: str | None = None,
    language: str = SOURCE,
    network_role: str = "",
    countries: Iterable[str] = (),
    translates: Iterable[str] = (),
    is_staff: bool = False,
) -> User:
    """A person who may log in at once: the address counts as confirmed.

    Without a password the person sets one through “forgotten password”. ValidationError for an address that is
    taken or malformed.
    """
    user = User.objects.create_user(
        email,
        password,
        name=name,
        language=language,
        network_role=network_role,
        countries=list(countries),
        translates=list(translates),
        is_staff=is_staff,
    )
    user.confirm_address()
    return user


@transaction.atomic
def enable_totp(*, user: User, secret: str) -> None:
    """Give the user an authenticator app with this base32 secret, and recovery codes."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    end_sessions(user)


@transaction.atomic
def remove_second_factor(*, user: User) -> int:
    """Take every second factor off, for a person who lost theirs. Returns how many there were."""
    removed, _ = Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    return removed
