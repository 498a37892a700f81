"""Texts in other languages; they move the public's revision, and go with the text that they were written of."""

import importlib

from django.db import migrations, models

import core.clock

BEFORE = importlib.import_module("directory.migrations.0003_revision_of_the_public")
TABLE = "directory_publicwording"
#: When a text leaves the public's tables, or says something else, so do its translations, in the same transaction:
#: nobody keeps in another language what was taken back in the first.
FUNCTION = """
CREATE FUNCTION directory_wording_goes_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.content -> 'ru' IS NOT DISTINCT FROM OLD.content -> 'ru' THEN RETURN NULL; END IF;
    END IF;
    IF TG_TABLE_NAME = 'directory_publicorganization' THEN
        DELETE FROM directory_publicwording word WHERE word.kind = 'organization' AND word.key = OLD.id
        AND NOT EXISTS (
            SELECT 1 FROM directory_publicorganization other WHERE other.id = OLD.id
            AND other.content -> 'ru' ->> word.field = OLD.content -> 'ru' ->> word.field);
        RETURN NULL;
    END IF;
    DELETE FROM directory_publicwording word
    WHERE word.kind IN ('service', 'place', 'listing') AND word.key IN (OLD.id, OLD.service_id, OLD.place_id)
    AND NOT EXISTS (
        SELECT 1 FROM directory_publiclisting other
        WHERE CASE word.kind WHEN 'service' THEN other.service_id WHEN 'place' THEN other.place_id ELSE other.id END
            = word.key
        AND (other.service_id = OLD.service_id OR other.place_id = OLD.place_id OR other.id = OLD.id)
        AND other.content -> 'ru' ->> word.field = OLD.content -> 'ru' ->> word.field);
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER {table}_wording AFTER UPDATE OF content OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION directory_wording_goes_along()
"""
SOURCES = ("directory_publiclisting", "directory_publicorganization")


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0017_open_calls_in_digests"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicWording",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=12)),
                ("key", models.TextField()),
                ("field", models.CharField(blank=True, max_length=24)),
                ("language", models.CharField(max_length=8)),
                ("source_hash", models.CharField(max_length=64)),
                ("forms", models.JSONField(default=list)),
                ("checked_on", models.DateField(null=True)),
                ("changed_at", models.DateTimeField(default=core.clock.now)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["language", "kind", "changed_at"], name="publicwording_read"),
                    models.Index(
                        condition=models.Q(("kind", "message"), _negated=True), fields=["key"], name="publicwording_key"
                    ),
                ],
            },
        ),
        *(
            migrations.RunSQL(
                BEFORE.TRIGGER.format(table=TABLE, event=event, image=image), f"DROP TRIGGER {TABLE}_{event} ON {TABLE}"
            )
            for event, image in BEFORE.SEEN_IN.items()
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION directory_wording_goes_along()"),
        *(
            migrations.RunSQL(TRIGGER.format(table=table), f"DROP TRIGGER {table}_wording ON {table}")
            for table in SOURCES
        ),
    ]
