"""The public may know when what it sees was changed, and not when anything else was."""

from typing import Any

from django.conf import settings
from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION directory_public_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM touched) THEN
        INSERT INTO directory_directoryrevision (id, number, public_number, public_changed_at)
        VALUES (1, 0, 1, clock_timestamp())
        ON CONFLICT (id) DO UPDATE
        SET public_number = directory_directoryrevision.public_number + 1, public_changed_at = clock_timestamp();
    END IF;
    RETURN NULL;
END $$
"""
BEFORE = """
CREATE OR REPLACE FUNCTION directory_public_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM touched) THEN
        INSERT INTO directory_directoryrevision (id, number, public_number) VALUES (1, 0, 1)
        ON CONFLICT (id) DO UPDATE SET public_number = directory_directoryrevision.public_number + 1;
    END IF;
    RETURN NULL;
END $$
"""


def take_the_table(apps: Any, schema_editor: Any) -> None:
    """What `migrate` gives at its end are some columns of it."""
    role = schema_editor.connection.ops.quote_name(settings.PUBLIC_DATABASE_ROLE)
    schema_editor.execute(f"REVOKE SELECT ON directory_directoryrevision FROM {role}")


def give_the_table(apps: Any, schema_editor: Any) -> None:
    role = schema_editor.connection.ops.quote_name(settings.PUBLIC_DATABASE_ROLE)
    schema_editor.execute(f"GRANT SELECT ON directory_directoryrevision TO {role}")


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_words_are_mended_from_a_lexicon")]
    operations = [
        migrations.AddField("directoryrevision", "public_changed_at", models.DateTimeField(null=True)),
        migrations.RunSQL(FUNCTION, BEFORE),
        migrations.RunPython(take_the_table, give_the_table),
    ]
