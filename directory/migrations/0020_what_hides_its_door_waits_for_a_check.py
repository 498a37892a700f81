"""Texts in other languages that nobody has checked go when a listing comes to hide its door, in the same transaction.

Both triggers first take the row of the revision, which every change of the public holds: whoever writes a text takes
it before reading what the listing says, so that neither can pass the other.
"""

import importlib

from django.db import migrations

BEFORE = importlib.import_module("directory.migrations.0018_what_is_translated")
TABLE = "directory_publiclisting"
HOLD = "PERFORM 1 FROM directory_directoryrevision WHERE id = 1 FOR UPDATE;"
ALONG = BEFORE.FUNCTION.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
HELD = ALONG.replace("    IF TG_TABLE_NAME", f"    {HOLD}\n    IF TG_TABLE_NAME", 1)
FUNCTION = f"""
CREATE FUNCTION directory_wording_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {HOLD}
    DELETE FROM directory_publicwording word
    WHERE word.kind <> 'message' AND word.checked_on IS NULL AND (word.kind, word.key) IN (
        ('service', NEW.service_id), ('place', NEW.place_id), ('listing', NEW.id),
        ('organization', NEW.organization_id));
    RETURN NULL;
END $$
"""
HIDES = "NEW.precision <> 'exact' AND NEW.place_id <> ''"
TRIGGERS = {
    "waits_new": f"AFTER INSERT ON {TABLE} FOR EACH ROW WHEN ({HIDES})",
    "waits": f"AFTER UPDATE OF precision, place_id, service_id ON {TABLE} FOR EACH ROW WHEN ({HIDES} AND "
    "(OLD.precision, OLD.place_id, OLD.service_id) IS DISTINCT FROM (NEW.precision, NEW.place_id, NEW.service_id))",
}


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0019_sites_that_may_not_show_the_map"),
    ]

    operations = [
        migrations.RunSQL(HELD, ALONG),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION directory_wording_waits()"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {TABLE}_{name} {when} EXECUTE FUNCTION directory_wording_waits()",
                f"DROP TRIGGER {TABLE}_{name} ON {TABLE}",
            )
            for name, when in TRIGGERS.items()
        ),
    ]
