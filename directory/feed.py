"""A database for the public that holds the public's tables and nothing else, on a host of its own.

Home fills it: a process that may itself read nothing but these tables (rights.py) compares both sides and writes what
differs. The other way round the public's host would hold a login of home's, and PostgreSQL gives whoever may replicate
the changes of every table, whatever they may read: a seized host would lead home (docs/adr/0042).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from psycopg import sql

from directory.rights import MIGRATIONS, READER_LOGIN, readable
from directory.tables.listings import PUBLIC_MODELS, DirectoryRevision

MODELS: tuple[type[Model], ...] = (*PUBLIC_MODELS, MIGRATIONS)
#: As core/migrations/0001_extensions.py makes them.
EXTENSIONS = ("postgis", "pg_trgm", "unaccent", "btree_gin")
#: So often is home changed while it is read that it is better to wait for the next round.
TRIES = 5


@dataclass(frozen=True)
class Copied:
    """A table, its key, and the columns that the public may read."""

    table: str
    key: str
    columns: tuple[str, ...]


def copied() -> Iterator[Copied]:
    for model, (table, columns) in zip(MODELS, readable(READER_LOGIN), strict=True):
        yield Copied(table, str(model._meta.pk.column), columns)


def tables_of_the_face(connection: BaseDatabaseWrapper) -> list[str]:
    """SQL that makes the tables in an empty database, as its owner. Triggers stay at home."""
    with connection.schema_editor(collect_sql=True) as editor:
        for model in MODELS:
            editor.create_model(model)
    revision = connection.ops.quote_name(DirectoryRevision._meta.db_table)
    return [
        *(f"CREATE EXTENSION IF NOT EXISTS {name};" for name in EXTENSIONS),
        *editor.collected_sql,
        f"ALTER TABLE {revision} ALTER number SET DEFAULT 0;",  # the members' counter stays at home
        *(f"GRANT SELECT ON {connection.ops.quote_name(each.table)} TO {READER_LOGIN};" for each in copied()),
    ]


class HomeKeepsChangingError(Exception):
    """Nothing was written; the next round will find a quieter moment."""


def feed(home: BaseDatabaseWrapper, face: psycopg.Connection) -> int:
    """Make the face's rows equal to home's, in one transaction of the face; how many differed.

    Everything that the public sees moves the revision in its own transaction: where that is the same before and after
    reading, what was read belongs together. `changed_at` of the face says when this was last found out.
    """
    for _attempt in range(TRIES):
        with face.transaction(), face.cursor() as there:
            there.execute("SET LOCAL timezone = 'UTC'")  # as Django reads at home: rows are compared as texts
            before = _revision(home)
            differed = sum(_copy(home, there, each) for each in copied())
            if _revision(home) == before:
                there.execute("UPDATE directory_directoryrevision SET changed_at = now()")
                return differed
            raise psycopg.Rollback
    raise HomeKeepsChangingError


def _revision(home: BaseDatabaseWrapper) -> tuple[object, ...] | None:
    with home.cursor() as cursor:
        cursor.execute("SELECT public_number, public_changed_at FROM directory_directoryrevision")
        found: tuple[object, ...] | None = cursor.fetchone()
        return found


def _copy(home: BaseDatabaseWrapper, there: psycopg.Cursor, each: Copied) -> int:
    """One table: rows that are gone or differ are deleted, those that are new or differ are written."""
    names = {"table": sql.Identifier(each.table), "key": sql.Identifier(each.key)}
    columns = sql.SQL(", ").join(map(sql.Identifier, each.columns))
    look = sql.SQL("SELECT {key}, md5(ROW({columns})::text) FROM {table}").format(columns=columns, **names)
    with home.cursor() as here:
        here.execute(look)
        wanted = dict(here.fetchall())
        there.execute(look)
        present = dict(there.fetchall())
        stale = [key for key, row in present.items() if wanted.get(key) != row]
        new = [key for key, row in wanted.items() if present.get(key) != row]
        there.execute(sql.SQL("DELETE FROM {table} WHERE {key} = ANY(%s)").format(**names), [stale])
        if new:
            chosen = sql.SQL("SELECT {columns} FROM {table} WHERE {key} = ANY({keys})").format(
                columns=columns, keys=sql.Literal(new), **names
            )
            into = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(columns=columns, **names)
            with here.copy(sql.SQL("COPY ({}) TO STDOUT").format(chosen)) as rows, there.copy(into) as written:
                for part in rows:
                    written.write(part)
    return len({*stale, *new})
