"""An attribute that becomes one for members takes itself and the rows that answer it from the public at once.

Whoever narrows it publishes these rows anew, without the answer.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION verification_narrow_attribute() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM directory_publiclisting WHERE EXISTS (
        SELECT 1 FROM unnest(attributes) AS answer WHERE split_part(answer, '-', 1) = NEW.code);
    DELETE FROM directory_directoryterm
    WHERE scheme = 'attribute' AND (code = NEW.code OR parent = NEW.code);
    UPDATE directory_directoryrevision SET number = number + 1, changed_at = now();
    RETURN NEW;
END $$;
CREATE TRIGGER verification_narrow_attribute AFTER UPDATE OF members_only ON services_attribute FOR EACH ROW
    WHEN (NEW.members_only AND NOT OLD.members_only) EXECUTE FUNCTION verification_narrow_attribute();
"""
DROP = """
DROP TRIGGER verification_narrow_attribute ON services_attribute;
DROP FUNCTION verification_narrow_attribute();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0010_attributes_and_words_of_members"),
        ("services", "0006_attributes_of_services"),
        ("verification", "0016_duplicates_and_merges"),
    ]
    operations = [migrations.RunSQL(CREATE, DROP)]
