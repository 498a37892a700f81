"""The triggers that empty the directory forget the organisation too, once nothing of it is left.

Until now a suspension by another way than the services took the listings out and left the organisation's own row.
"""

from django.db import migrations

HEAD = """
CREATE OR REPLACE FUNCTION verification_forget(audience text, key text, value text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE gone integer;
BEGIN
    EXECUTE format('DELETE FROM directory_%slisting WHERE %I = $1', audience, key) USING value;
    GET DIAGNOSTICS gone = ROW_COUNT;  -- EXECUTE does not set FOUND
"""
FORGET = """
    IF gone > 0 THEN
        EXECUTE format('DELETE FROM directory_%1$sorganization o WHERE NOT EXISTS '
                       '(SELECT 1 FROM directory_%1$slisting l WHERE l.organization_id = o.id)', audience);
    END IF;
"""
TAIL = """
    IF gone > 0 THEN UPDATE directory_directoryrevision SET number = number + 1, changed_at = now(); END IF;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("verification", "0012_profiles"), ("directory", "0007_profiles_age")]
    operations = [migrations.RunSQL(HEAD + FORGET + TAIL, HEAD + TAIL)]
