"""The ground of every test: what migrations and the vocabulary wrote, again after each test that commits.

Such a test ends with a flush, which empties every table of a model, those that migrations fill too (clocks, countries
of high risk, revisions). What stood there at the session's start is kept and laid back, row for row, so that neither
the next test nor what a process keeps in memory meets other keys.
"""

from __future__ import annotations

from typing import Any, LiteralString

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models.signals import post_migrate
from psycopg import sql


def lay_ground() -> Ground:
    """Once in a session, in a migrated database: the vocabulary is loaded, and from now on a flush gives all back."""
    call_command("load_vocabulary", verbosity=0)
    return keep(Ground())


def keep(ground: Ground) -> Ground:
    # A flush says post_migrate for each app; after the last one nobody else writes any more.
    post_migrate.connect(ground.lay_back, sender=list(apps.get_app_configs())[-1], weak=False)
    return ground


class Ground:
    """The rows of each table that is not empty."""

    def __init__(self) -> None:
        self.tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        read = {table: self._rows(table) for table in self.tables}
        self.rows = {table: rows for table, rows in read.items() if rows}

    def _rows(self, table: str) -> bytes:
        copy = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
        with connection.cursor() as cursor, cursor.copy(copy) as rows:
            return b"".join(sorted(b"".join(bytes(part) for part in rows).splitlines(keepends=True)))

    def lay_back(self, **named: Any) -> None:
        """Without triggers: what they would write is among the rows. Keys wait until all rows are there."""
        with transaction.atomic(), connection.cursor() as cursor:
            self._each(cursor, "ALTER TABLE {} DISABLE TRIGGER USER")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            self._each(cursor, "DELETE FROM {}")
            for table, rows in self.rows.items():
                copy = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
                with cursor.copy(copy) as written:
                    written.write(rows)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            self._each(cursor, "ALTER TABLE {} ENABLE TRIGGER USER")
        ContentType.objects.clear_cache()

    def _each(self, cursor: CursorWrapper, statement: LiteralString) -> None:
        for table in self.rows:
            cursor.execute(sql.SQL(statement).format(sql.Identifier(table)))
