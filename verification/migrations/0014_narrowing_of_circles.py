"""The triggers of 0008, with the smaller circles: whatever is narrowed takes their rows along.

A circle's rows are for whoever writes the read model alone (row-level security), which the trigger says it is.
"""

from django.db import migrations

PRECISIONS = "ARRAY['exact','district','settlement','country','none']"
WIDTHS = "ARRAY['public','members','country','circle','administrators']"
COLUMNS = ("public_precision", "member_precision", "country_precision", "circle_precision")


def wider(column: str, order: str) -> str:
    """Whether the new value is narrower than the old one; for a smaller circle "" is what members see."""
    new, old = (
        f"coalesce(nullif({row}.{column}::text, ''), {row}.member_precision::text)"
        if column in COLUMNS
        else f"{row}.{column}::text"
        for row in ("NEW", "OLD")
    )
    return f"coalesce(array_position({order}, {new}) > array_position({order}, {old}), true)"


NARROWED = " OR ".join([wider("visibility", WIDTHS), *(wider(column, PRECISIONS) for column in COLUMNS)])

FORGET = """
CREATE FUNCTION verification_forget_circles(key text, value text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE was text := coalesce(current_setting('servicemap.writer', true), '');
DECLARE gone integer; more integer;
BEGIN
    PERFORM set_config('servicemap.writer', 'on', true);
    EXECUTE format('DELETE FROM directory_countrylisting WHERE %I = $1', key) USING value;
    GET DIAGNOSTICS gone = ROW_COUNT;
    EXECUTE format('DELETE FROM directory_circlelisting WHERE %I = $1', key) USING value;
    GET DIAGNOSTICS more = ROW_COUNT;
    PERFORM set_config('servicemap.writer', was, true);
    IF gone + more > 0 THEN UPDATE directory_directoryrevision SET number = number + 1, changed_at = now(); END IF;
END $$;
"""

CREATE = f"""
CREATE OR REPLACE FUNCTION verification_narrow_service() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.visibility <> 'public' THEN PERFORM verification_forget('public', 'service_id', NEW.public_id); END IF;
    IF NEW.visibility NOT IN ('public', 'members') THEN
        PERFORM verification_forget('member', 'service_id', NEW.public_id); END IF;
    PERFORM verification_forget_circles('service_id', NEW.public_id);
    RETURN NEW;
END $$;
DROP TRIGGER verification_narrow_service ON services_service;
CREATE TRIGGER verification_narrow_service AFTER UPDATE OF visibility ON services_service FOR EACH ROW
    WHEN ({wider("visibility", WIDTHS)})
    EXECUTE FUNCTION verification_narrow_service();

CREATE OR REPLACE FUNCTION verification_narrow_location() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.visibility <> 'public' OR {wider("public_precision", PRECISIONS)}
    THEN PERFORM verification_forget('public', 'place_id', NEW.public_id); END IF;
    IF NEW.visibility NOT IN ('public', 'members') OR {wider("member_precision", PRECISIONS)}
    THEN PERFORM verification_forget('member', 'place_id', NEW.public_id); END IF;
    PERFORM verification_forget_circles('place_id', NEW.public_id);
    RETURN NEW;
END $$;
DROP TRIGGER verification_narrow_location ON organizations_location;
CREATE TRIGGER verification_narrow_location
    AFTER UPDATE OF visibility, {", ".join(COLUMNS)} ON organizations_location FOR EACH ROW
    WHEN ({NARROWED})
    EXECUTE FUNCTION verification_narrow_location();

CREATE OR REPLACE FUNCTION verification_suspend() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM verification_forget('public', 'organization_id', NEW.public_id);
    PERFORM verification_forget('member', 'organization_id', NEW.public_id);
    PERFORM verification_forget_circles('organization_id', NEW.public_id);
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION verification_forget_listing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM verification_forget('public', 'id', OLD.public_id);
    PERFORM verification_forget('member', 'id', OLD.public_id);
    PERFORM verification_forget_circles('id', OLD.public_id);
    RETURN OLD;
END $$;

CREATE FUNCTION verification_leave_circle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE was text := coalesce(current_setting('servicemap.writer', true), '');
BEGIN
    PERFORM set_config('servicemap.writer', 'on', true);
    UPDATE directory_circlelisting SET reader_organizations = array_remove(
        reader_organizations, (SELECT public_id FROM organizations_organization WHERE id = OLD.member_id)::varchar)
    WHERE organization_id = (SELECT public_id FROM organizations_organization WHERE id = OLD.organization_id);
    PERFORM set_config('servicemap.writer', was, true);
    RETURN OLD;
END $$;
CREATE TRIGGER verification_leave_circle AFTER DELETE OR UPDATE OF agreed_at ON organizations_circlemember FOR EACH ROW
    EXECUTE FUNCTION verification_leave_circle();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0007_rows_of_smaller_circles"),
        ("organizations", "0005_circles"),
        ("services", "0004_audiences"),
        ("verification", "0013_intervals"),
    ]
    operations = [migrations.RunSQL(FORGET + CREATE)]
