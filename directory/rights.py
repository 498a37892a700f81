"""What the two roles of the public may read; `migrate` gives it to them, whichever of them there is by then.

A superuser makes the roles (docker/roles.sql), sometimes long after the tables: so the rights are no migration, which
runs once, but what every `migrate` ends with. It needs no right but that of the tables' owner.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from directory.listings import PUBLIC_MODELS, DirectoryRevision

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
        yield model._meta.db_table, COLUMNS.get(model) or tuple(each.column for each in model._meta.concrete_fields)


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
