"""The database role of the public: it may read the public tables and nothing else."""

from typing import Any

from django.conf import settings
from django.db import migrations

TABLES = (
    "directory_publiclisting",
    "directory_publicorganization",
    "directory_directoryterm",
    "directory_directoryrevision",
)


def create_role(apps: Any, schema_editor: Any) -> None:
    quote = schema_editor.connection.ops.quote_name
    role = quote(settings.PUBLIC_DATABASE_ROLE)
    with schema_editor.connection.cursor() as cursor:
        # Roles belong to the whole cluster: an operator or another database of it may have made the role, perhaps this
        # very moment. PostgreSQL asks for the right to make one before it looks whether it is there, so we look first.
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.PUBLIC_DATABASE_ROLE])
        if cursor.fetchone() is None:
            cursor.execute(
                f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; "
                "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
            )
        cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [settings.PUBLIC_DATABASE_ROLE])
        if not cursor.fetchone()[0]:
            cursor.execute(f"GRANT {role} TO CURRENT_USER")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT ON {', '.join(TABLES)} TO {role}")


def revoke(apps: Any, schema_editor: Any) -> None:
    role = schema_editor.connection.ops.quote_name(settings.PUBLIC_DATABASE_ROLE)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"REVOKE ALL ON {', '.join(TABLES)} FROM {role}")


class Migration(migrations.Migration):
    replaces = [("directory", "0002_public_role")]
    dependencies = [("directory", "0001_tables_of_the_audiences")]
    operations = [migrations.RunPython(create_role, revoke)]
