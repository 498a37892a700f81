"""Phones that people work with where there is no signal, and what was pressed there: each press is done once.

Rule: a phone is let to send for 72 hours after it was last in touch, by its own secret and in a session of its person.
It ends with the sign-out, with “end the other sign-ins”, with another password or role, and with the account; at its
next contact it learns that and wipes itself, even where nobody is signed in on it (ADR 0163).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.models import OutreachCopy, Session, User
from core import clock

LIFE = dt.timedelta(hours=72)


def begin(user: User, session_key: str) -> str:
    """A new phone; returns its secret, of which only a hash is kept."""
    secret = secrets.token_urlsafe(24)
    OutreachCopy.objects.create(user=user, secret=_hash(secret), session=_mark(session_key), bond=_bond(user))
    return secret


def find(secret: str) -> OutreachCopy | None:
    """The phone of this secret while it may send."""
    copy = _living().select_related("user").filter(secret=_hash(secret)).first() if secret else None
    return copy if copy is not None and copy.bond == _bond(copy.user) else None


def meet(copy: OutreachCopy, session_key: str) -> None:
    """It was in touch, in this session of its person."""
    OutreachCopy.objects.filter(pk=copy.pk).update(met_at=clock.now(), session=_mark(session_key))


def once(copy: OutreachCopy, key: str, call: Callable[[], object]) -> None:
    """Do what the press asks for, unless it was done. Whoever sends it at the same moment waits for the first one."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO accounts_outreachpress (copy_id, key, done_at) VALUES (%s, %s, %s)"
                " ON CONFLICT DO NOTHING RETURNING id",
                [copy.pk, _hash(key), clock.now()],
            )
            is_first = cursor.fetchone() is not None
        if is_first:
            call()


def end_copies(user: User, *, session: str = "", but: str = "") -> int:
    """End the person's phones: all, those of one sign-in, or all but those of one (marks). Returns how many."""
    rows = OutreachCopy.objects.filter(user=user)
    if session:
        rows = rows.filter(session=session)
    if but:
        rows = rows.exclude(session=but)
    return _count_of(rows)


def end_of_session(user: User, session_key: str) -> int:
    return end_copies(user, session=_mark(session_key))


def forget_copies() -> int:
    """Delete phones that were not in touch for 72 hours, with what they have sent; returns how many."""
    return _count_of(OutreachCopy.objects.filter(met_at__lte=clock.now() - LIFE))


def _count_of(rows: QuerySet[OutreachCopy]) -> int:
    return rows.delete()[1].get("accounts.OutreachCopy", 0)


def _living() -> QuerySet[OutreachCopy]:
    return OutreachCopy.objects.filter(met_at__gt=clock.now() - LIFE, user__is_active=True)


def _mark(session_key: str) -> str:
    return Session(session_key=session_key).mark


def _bond(user: User) -> str:
    return _hash(user.get_session_auth_hash())


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
