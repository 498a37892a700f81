"""How the public reads: a read-only transaction under a database role that knows the public tables and nothing else.

Even a query that somebody writes wrongly cannot leak: the role has no right to read anything private.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

#: What the database is told for one transaction; its policies read them (migration 0007).
READER_COUNTRIES, READER_ORGANIZATIONS = "servicemap.reader_countries", "servicemap.reader_organizations"
WRITER = "servicemap.writer"
#: A public question that takes longer is an abuse or a bug; the visitor is told to try again.
STATEMENT_TIMEOUT_MS = 3000


@contextmanager
def public_read() -> Iterator[None]:
    """Everything inside reads as the public's role. Works as a decorator too.

    The transaction is always rolled back: nothing was written, and inside a surrounding transaction the roll-back to
    the savepoint is what gives the role back.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                f"SET TRANSACTION READ ONLY; {_take_role()}SET LOCAL statement_timeout = {STATEMENT_TIMEOUT_MS}"
            )
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _take_role() -> str:
    """Nothing to take on where the whole process logs in as the public's reader."""
    name = settings.PUBLIC_DATABASE_ROLE
    return f"SET LOCAL ROLE {connection.ops.quote_name(name)}; " if name else ""


_seen: ContextVar[set[str] | None] = ContextVar("listings that were read in this answer to a member", default=None)


@contextmanager
def members_read(user: object) -> Iterator[None]:
    """Everything inside answers somebody of the network; what listings they got is told to the private side.

    The database learns in which countries they work and for which organisations, for this transaction alone, and gives
    them the rows of their circles (row-level security).
    """
    seen: set[str] = set()
    before = _seen.set(seen)
    try:
        with transaction.atomic():
            _say_who_reads(*import_string(settings.MEMBERS_STANDING)(user))
            yield
            if seen:
                import_string(settings.MEMBERS_WATCH)(user, seen)
            _say_who_reads((), ())
    finally:
        _seen.reset(before)


def _say_who_reads(countries: Iterable[str], organizations: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, %s, true), set_config(%s, %s, true), set_config(%s, '', true)",
            [READER_COUNTRIES, ",".join(countries), READER_ORGANIZATIONS, ",".join(organizations), WRITER],
        )


@contextmanager
def circles_open() -> Iterator[None]:
    """For whoever writes the read model or compares it: the rows of every circle are there, and only in here."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            question = "SELECT coalesce(current_setting(%s, true), ''), set_config(%s, 'on', true)"
            cursor.execute(question, [WRITER, WRITER])
            before, _on = cursor.fetchone()
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [WRITER, before])


def note_read(ids: Iterable[str]) -> None:
    """What a member gets in this answer: listings, or places of the map. Nothing where somebody else is answered."""
    if (seen := _seen.get()) is not None:
        seen.update(ids)


def may_read_members(user: object) -> bool:
    """Whether a person may read the members' tables. Who may is decided by the private side, named in the settings."""
    if not getattr(user, "is_authenticated", False):
        return False
    return bool(import_string(settings.MEMBERS_PERMISSION)(user))
