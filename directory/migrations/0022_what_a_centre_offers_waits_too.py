"""What a place offers as a centre goes with its other texts when it hides its door; of digests, what waits from now on."""

import importlib

from django.db import migrations

BEFORE = importlib.import_module("directory.migrations.0020_what_hides_its_door_waits_for_a_check")
ALONE = BEFORE.FUNCTION.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
WITH_CENTRE = ALONE.replace("('place', NEW.place_id)", "('place', NEW.place_id), ('centre', NEW.place_id)", 1)
#: Told before they waited; what was said of them comes back when a second person has read it.
UNCHECKED = """
DELETE FROM directory_publicwording word WHERE word.checked_on IS NULL AND (
    word.kind = 'digest'
    OR (word.kind = 'digestline' AND word.key IN (
        SELECT line.id FROM directory_publicdigestline line WHERE line.about IN ('fact', 'notice')))
    OR (word.kind = 'centre' AND word.key IN (
        SELECT row.place_id FROM directory_publiclisting row WHERE row.precision <> 'exact')))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0021_what_else_is_translated"),
    ]

    operations = [
        migrations.RunSQL(WITH_CENTRE, ALONE),
        migrations.RunSQL(UNCHECKED, migrations.RunSQL.noop),
    ]
