"""The ground of every test: what migrations and the vocabulary wrote, again after each test that commits.

Such a test ends with a flush, which empties every table of a model, those that migrations fill too (clocks, countries
of high risk, revisions). Ours empties the tables that the test filled, and lays back, row for row, what stood there at
the session's start and was changed, so that neither the next test nor what a process keeps in memory meets other keys.
Django's own makes the files of every table and index anew, and all permissions: a second each time, for a dozen rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from psycopg import sql


def lay_ground() -> Ground:
    """Once in a session, in a migrated database: the vocabulary is loaded, and from now on a flush gives all back."""
    call_command("load_vocabulary", verbosity=0)
    return keep(Ground())


def keep(ground: Ground) -> Ground:
    def flush(_case: TransactionTestCase) -> None:
        ground.lay_back()

    setattr(TransactionTestCase, "_fixture_teardown", flush)  # noqa: B010  (a method, which mypy lets nobody replace)
    return ground


class Ground:
    """The rows of each table that is not empty."""

    def __init__(self) -> None:
        self.rows = {table: rows for table in _tables() if (rows := self._rows(table))}

    def _rows(self, table: str) -> bytes:
        copy = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
        with connection.cursor() as cursor, cursor.copy(copy) as rows:
            return b"".join(sorted(b"".join(bytes(part) for part in rows).splitlines(keepends=True)))

    def lay_back(self) -> None:
        """Without triggers: what they would write is among the rows. Keys wait until all rows are there."""
        with transaction.atomic(), connection.cursor() as cursor:
            filled = [table for table in _filled(cursor) if table not in self.rows]
            changed = [table for table, rows in self.rows.items() if self._rows(table) != rows]
            others = [*filled, *changed]
            _each(cursor, others, "ALTER TABLE {} DISABLE TRIGGER USER")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            _each(cursor, others, "DELETE FROM {}")
            _each(cursor, _guarded(cursor), "TRUNCATE {}")
            _without_jobs(cursor)
            for table in changed:
                copy = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
                with cursor.copy(copy) as written:
                    written.write(self.rows[table])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            _each(cursor, others, "ALTER TABLE {} ENABLE TRIGGER USER")
        ContentType.objects.clear_cache()


def _tables() -> list[str]:
    return sorted(connection.introspection.django_table_names(only_existing=True, include_views=False))


def _filled(cursor: CursorWrapper) -> list[str]:
    one = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
    cursor.execute(sql.SQL(" UNION ALL ").join(one.format(table, sql.Identifier(table)) for table in _tables()))
    return [table for (table,) in cursor.fetchall()]


def _guarded(cursor: CursorWrapper) -> list[str]:
    """Tables whose rows show to nobody who has not said who they are, us included; no table points at them."""
    cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
    return [table for (table,) in cursor.fetchall()]


def _without_jobs(cursor: CursorWrapper) -> None:
    """Jobs and workers lie in tables of their library, which Django does not keep and no flush empties."""
    if ProcrastinateJob.objects.exists() or ProcrastinateWorker.objects.exists():
        tables = ("events", "periodic_defers", "jobs", "workers")
        names = sql.SQL(", ").join(sql.Identifier(f"procrastinate_{name}") for name in tables)
        cursor.execute(sql.SQL("TRUNCATE {}").format(names))


def _each(cursor: CursorWrapper, tables: Iterable[str], statement: LiteralString) -> None:
    for table in tables:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(table)))
