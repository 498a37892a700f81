"""Who reads of a service's legal risks narrows like its visibility: the rows that say it go at once."""

from django.db import migrations

WIDTHS = "ARRAY['public','members','country','circle','administrators']"


def narrower(column: str) -> str:
    """Whether the new value is narrower than the old one."""
    new, old = (f"array_position({WIDTHS}, {row}.{column}::text)" for row in ("NEW", "OLD"))
    return f"coalesce({new} > {old}, true)"


FUNCTION = """
CREATE OR REPLACE FUNCTION verification_narrow_service() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.visibility <> 'public' THEN PERFORM verification_forget('public', 'service_id', NEW.public_id); END IF;
    IF NEW.visibility NOT IN ('public', 'members'){more} THEN
        PERFORM verification_forget('member', 'service_id', NEW.public_id); END IF;
    PERFORM verification_forget_circles('service_id', NEW.public_id);
    RETURN NEW;
END $$;
DROP TRIGGER verification_narrow_service ON services_service;
CREATE TRIGGER verification_narrow_service AFTER UPDATE OF {columns} ON services_service FOR EACH ROW
    WHEN ({when})
    EXECUTE FUNCTION verification_narrow_service();
"""
FORWARD = FUNCTION.format(
    more=f" OR {narrower('risk_visibility')}",
    columns="visibility, risk_visibility",
    when=f"{narrower('visibility')} OR {narrower('risk_visibility')}",
)
BACK = FUNCTION.format(more="", columns="visibility", when=narrower("visibility"))


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0009_who_reads_of_risks"),
        ("verification", "0021_answers_in_the_bot"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
