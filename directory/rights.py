"""What the two roles of the public may read; `migrate` gives it to them, whichever of them there is by then.

A superuser makes the roles (docker/roles.sql), sometimes long after the tables: so the rights are no migration, which
runs once, but what every `migrate` ends with. It needs no right but that of the tables' owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import LiteralString

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from directory.tables.listings import PUBLIC_MODELS, DirectoryRevision

#: What public pages read under inside of the product's own process (directory/access.py).
PUBLIC_ROLE = "servicemap_public"
#: The login of a process that serves the public and nothing else.
READER_LOGIN = "servicemap_reader"
#: Of these tables some columns only: when members' rows change stays among members.
COLUMNS: dict[type[Model], tuple[str, ...]] = {DirectoryRevision: ("id", "public_number", "public_changed_at")}
#: Beside the tables of the public, what the reader's login needs: /readyz compares the schema with the code.
MIGRATIONS = MigrationRecorder.Migration


def readable(role: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each table with the columns that the role may read."""
    models: tuple[type[Model], ...] = (*PUBLIC_MODELS, MIGRATIONS) if role == READER_LOGIN else PUBLIC_MODELS
    for model in models:
        every = tuple(str(each.column) for each in model._meta.concrete_fields)
        yield model._meta.db_table, COLUMNS.get(model, every)


def give_rights(connection: BaseDatabaseWrapper) -> None:
    """To each of the two roles that is there, for what there is of the tables; nothing where nothing is missing."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[PUBLIC_ROLE, READER_LOGIN]])
        for (role,) in cursor.fetchall():
            for table, columns in readable(role):
                if missing := _missing(cursor, role, table, columns):
                    names = ", ".join(map(quote, missing))
                    cursor.execute(f"GRANT SELECT ({names}) ON {quote(table)} TO {quote(role)}")


def _missing(cursor: CursorWrapper, role: str, table: str, columns: tuple[str, ...]) -> list[str]:
    """Columns of the table, as it is by now, that the role should read and may not."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = ANY(%s)"
        " AND NOT has_column_privilege(%s, attrelid, attnum, 'SELECT')",
        [table, list(columns), role],
    )
    return [name for (name,) in cursor.fetchall()]


#: Who has a right beyond what it should: whether it reads another table, is told of one, or may become somebody else.
_BEYOND: tuple[LiteralString, ...] = (
    """
        SELECT 'read ' || oid::regclass::text FROM pg_class
        WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace = 'public'::regnamespace
        AND has_any_column_privilege(%(role)s, oid, 'SELECT') AND relname <> ALL (%(tables)s)
    """,
    """
        SELECT 'write ' || oid::regclass::text FROM pg_class
        WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
        AND has_table_privilege(%(role)s, oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
    """,
    """
        SELECT 'ask ' || oid::regprocedure::text FROM pg_proc
        WHERE proname IN ('pg_stat_get_live_tuples', 'pg_relation_size', '_postgis_selectivity', 'st_estimatedextent')
        AND has_function_privilege(%(role)s, oid, 'EXECUTE')
    """,
    """
        SELECT 'count the rows of every table' WHERE has_column_privilege(%(role)s, 'pg_class', 'reltuples', 'SELECT')
    """,
    """
        SELECT 'become ' || rolname FROM pg_roles WHERE rolname <> %(role)s AND pg_has_role(%(role)s, oid, 'MEMBER')
    """,
)
#: What PostGIS says of the earth and of the columns that the asking role may read.
_OF_POSTGIS = ("spatial_ref_sys", "geometry_columns", "geography_columns")


def rights_beyond(connection: BaseDatabaseWrapper, *, is_reader: bool) -> Iterator[tuple[str, str]]:
    """(role, what it may and should not) for the roles that are there; of a reader's process, for its own login."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CURRENT_USER" if is_reader else "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)",
            None if is_reader else [[PUBLIC_ROLE, READER_LOGIN]],
        )
        for (role,) in cursor.fetchall():
            known = PUBLIC_ROLE if role == PUBLIC_ROLE else READER_LOGIN
            tables = [*(table for table, _columns in readable(known)), *_OF_POSTGIS]
            for question in _BEYOND:
                cursor.execute(question, {"role": role, "tables": tables})
                yield from ((role, right) for (right,) in cursor.fetchall())
