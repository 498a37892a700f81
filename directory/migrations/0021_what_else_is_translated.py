"""Texts in other languages of what is said of countries, in digests and of learning go with it, too."""

from django.db import migrations

#: By kind. A text that changed in any language takes its translations along; those of a source that stayed come back
#: with the worker's round.
TABLES = {
    "fact": "directory_publiccountryfact",
    "notice": "directory_publiccountrynotice",
    "digest": "directory_publicdigest",
    "digestline": "directory_publicdigestline",
    "material": "directory_publicmaterial",
    "training": "directory_publictraining",
    "centre": "directory_publiccentre",
}
FUNCTION = """
CREATE FUNCTION directory_wording_of_column_goes_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM directory_publicwording word WHERE word.kind = TG_ARGV[0] AND word.key = OLD.id
    AND (TG_OP = 'DELETE' OR to_jsonb(NEW) -> word.field IS DISTINCT FROM to_jsonb(OLD) -> word.field);
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER {table}_wording AFTER UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION directory_wording_of_column_goes_along('{kind}')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0020_what_hides_its_door_waits_for_a_check"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION directory_wording_of_column_goes_along()"),
        *(
            migrations.RunSQL(TRIGGER.format(table=table, kind=kind), f"DROP TRIGGER {table}_wording ON {table}")
            for kind, table in TABLES.items()
        ),
    ]
