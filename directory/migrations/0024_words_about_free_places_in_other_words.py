"""Texts in other languages of a word about free places go with it."""

from django.db import migrations

#: Another word, or none, takes those of the earlier one along: whether there is a bed is not said by what was true.
FUNCTION = """
CREATE FUNCTION directory_wording_of_capacity_goes_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM directory_directoryrevision WHERE id = 1 FOR UPDATE;
    DELETE FROM directory_publicwording word WHERE word.kind = 'capacity' AND word.key = OLD.id;
    RETURN NULL;
END $$
"""
TABLE = "directory_publiclisting"
CHANGED = f"""
CREATE TRIGGER {TABLE}_wording_capacity AFTER UPDATE OF capacity_note ON {TABLE} FOR EACH ROW
    WHEN (NEW.capacity_note ->> 'ru' IS DISTINCT FROM OLD.capacity_note ->> 'ru')
    EXECUTE FUNCTION directory_wording_of_capacity_goes_along()
"""
GONE = f"""
CREATE TRIGGER {TABLE}_wording_capacity_gone AFTER DELETE ON {TABLE} FOR EACH ROW
    WHEN (OLD.capacity_note ->> 'ru' IS NOT NULL)
    EXECUTE FUNCTION directory_wording_of_capacity_goes_along()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0023_notices_contacts_papers_in_other_words"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION directory_wording_of_capacity_goes_along()"),
        migrations.RunSQL(CHANGED, f"DROP TRIGGER {TABLE}_wording_capacity ON {TABLE}"),
        migrations.RunSQL(GONE, f"DROP TRIGGER {TABLE}_wording_capacity_gone ON {TABLE}"),
    ]
