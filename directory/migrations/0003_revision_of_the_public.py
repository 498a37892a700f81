"""A revision for the public alone: what only members see must not move anything that the public can read.

Triggers count, so that no way of writing can forget to. A statement that touched no row counts for nothing.
"""

from django.db import migrations

TABLES = ("directory_publiclisting", "directory_publicorganization", "directory_directoryterm")
SEEN_IN = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}

FUNCTION = """
CREATE FUNCTION directory_public_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM touched) THEN
        INSERT INTO directory_directoryrevision (id, number, public_number) VALUES (1, 0, 1)
        ON CONFLICT (id) DO UPDATE SET public_number = directory_directoryrevision.public_number + 1;
    END IF;
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER {table}_{event} AFTER {event} ON {table} REFERENCING {image} TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION directory_public_change()
"""


def _triggers() -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(
            TRIGGER.format(table=table, event=event, image=image), f"DROP TRIGGER {table}_{event} ON {table}"
        )
        for table in TABLES
        for event, image in SEEN_IN.items()
    ]


class Migration(migrations.Migration):
    replaces = [("directory", "0004_public_revision")]
    dependencies = [("directory", "0002_rights_of_the_public")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION directory_public_change()"), *_triggers()]
