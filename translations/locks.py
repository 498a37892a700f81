"""Who writes texts, one after another: two people in one language, and the round that tells readers all of them.

Rule: this is taken first, the directory's revision (`wordstore.hold`) last, so nobody waits for anybody in a circle.
"""

from __future__ import annotations

from django.db import connection


def hold(language: str) -> None:
    """Until the end of the transaction nobody else writes in this language, and the round waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext('translations'))")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('translations'), hashtext(%s))", [language])


def hold_all() -> None:
    """Until the end of the transaction nobody writes in any language."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('translations'))")
