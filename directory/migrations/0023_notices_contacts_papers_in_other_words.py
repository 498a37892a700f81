"""Texts in other languages of notices over listings, of contacts and of papers go with them, too."""

from django.db import migrations

#: What a row said of a part in Russian and says no more, and no other row of the public says, is said in no language.
OF_PARTS = """
CREATE FUNCTION directory_wording_of_parts_goes_along() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said jsonb := OLD.contacts;
BEGIN
    IF TG_TABLE_NAME = 'directory_publiclisting' THEN said := said || OLD.notices; END IF;
    IF TG_OP = 'UPDATE' THEN
        IF TG_TABLE_NAME = 'directory_publiclisting' THEN
            IF said = NEW.contacts || NEW.notices THEN RETURN NULL; END IF;
        ELSIF said = NEW.contacts THEN RETURN NULL; END IF;
    END IF;
    PERFORM 1 FROM directory_directoryrevision WHERE id = 1 FOR UPDATE;
    DELETE FROM directory_publicwording word USING (
        SELECT DISTINCT part ->> 'id' AS id, field.name,
            jsonb_build_array(jsonb_build_object('id', part ->> 'id', field.name,
                jsonb_build_object('ru', part -> field.name ->> 'ru'))) AS says,
            part -> field.name ->> 'ru' AS text
        FROM jsonb_array_elements(said) part, (VALUES ('text'), ('label'), ('hours_note')) field (name)
        WHERE part -> field.name ->> 'ru' IS NOT NULL
    ) before
    WHERE word.kind IN ('notice', 'contact') AND word.key = before.id AND word.field = before.name
    AND NOT EXISTS (
        SELECT 1 FROM directory_publiclisting other WHERE other.contacts @> before.says OR other.notices @> before.says)
    AND NOT EXISTS (SELECT 1 FROM directory_publicorganization other WHERE other.contacts @> before.says)
    AND NOT EXISTS (
        SELECT 1 FROM directory_publiccountrynotice other
        WHERE other.id = before.id AND other.text ->> 'ru' = before.text);
    RETURN NULL;
END $$
"""
#: Of a paper all of it, with its title: what is still said comes back with the worker's round.
OF_PAPERS = """
CREATE FUNCTION directory_wording_of_papers_goes_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM directory_publicwording word WHERE word.kind = 'paper'
    AND (word.key = OLD.paper OR starts_with(word.key, OLD.paper || ':'));
    RETURN NULL;
END $$
"""
TRIGGERS = {
    "directory_publiclisting": "AFTER UPDATE OF contacts, notices OR DELETE ON directory_publiclisting FOR EACH ROW "
    "EXECUTE FUNCTION directory_wording_of_parts_goes_along()",
    "directory_publicorganization": "AFTER UPDATE OF contacts OR DELETE ON directory_publicorganization FOR EACH ROW "
    "EXECUTE FUNCTION directory_wording_of_parts_goes_along()",
    "directory_publicpaper": "AFTER DELETE ON directory_publicpaper FOR EACH ROW "
    "EXECUTE FUNCTION directory_wording_of_papers_goes_along()",
}
CHANGED = (
    "CREATE TRIGGER directory_publicpaper_wording_changed AFTER UPDATE ON directory_publicpaper FOR EACH ROW "
    "WHEN ((NEW.title, NEW.text, NEW.paper) IS DISTINCT FROM (OLD.title, OLD.text, OLD.paper)) "
    "EXECUTE FUNCTION directory_wording_of_papers_goes_along()"
)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0022_what_a_centre_offers_waits_too"),
    ]

    operations = [
        migrations.RunSQL(OF_PARTS, "DROP FUNCTION directory_wording_of_parts_goes_along()"),
        migrations.RunSQL(OF_PAPERS, "DROP FUNCTION directory_wording_of_papers_goes_along()"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_wording_parts {when}", f"DROP TRIGGER {table}_wording_parts ON {table}"
            )
            for table, when in TRIGGERS.items()
        ),
        migrations.RunSQL(CHANGED, "DROP TRIGGER directory_publicpaper_wording_changed ON directory_publicpaper"),
    ]
