"""Triggers: whoever narrows what an audience may see, by whatever way, takes the rows out of the directory at once.

The services do the same and publish the narrower row again; these triggers are the lock for every other way
(the admin, `.update()`, a repair by hand). An organisation of which nothing is left on the map is forgotten too.
"""

from django.db import migrations

PRECISIONS = "ARRAY['exact','district','settlement','country','none']"
WIDTHS = "ARRAY['public','members','administrators']"

FORGET = """
CREATE FUNCTION verification_forget(audience text, key text, value text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE gone integer;
BEGIN
    EXECUTE format('DELETE FROM directory_%slisting WHERE %I = $1', audience, key) USING value;
    GET DIAGNOSTICS gone = ROW_COUNT;  -- EXECUTE does not set FOUND

    IF gone > 0 THEN
        EXECUTE format('DELETE FROM directory_%1$sorganization o WHERE NOT EXISTS '
                       '(SELECT 1 FROM directory_%1$slisting l WHERE l.organization_id = o.id)', audience);
    END IF;

    IF gone > 0 THEN UPDATE directory_directoryrevision SET number = number + 1, changed_at = now(); END IF;
END $$;
"""

CREATE = f"""
CREATE FUNCTION verification_narrow_service() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.visibility <> 'public' THEN PERFORM verification_forget('public', 'service_id', NEW.public_id); END IF;
    IF NEW.visibility = 'administrators' THEN
        PERFORM verification_forget('member', 'service_id', NEW.public_id); END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verification_narrow_service AFTER UPDATE OF visibility ON services_service FOR EACH ROW
    WHEN (array_position({WIDTHS}, NEW.visibility::text) > array_position({WIDTHS}, OLD.visibility::text))
    EXECUTE FUNCTION verification_narrow_service();

CREATE FUNCTION verification_narrow_location() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.visibility <> 'public'
       OR array_position({PRECISIONS}, NEW.public_precision::text)
          > array_position({PRECISIONS}, OLD.public_precision::text)
    THEN PERFORM verification_forget('public', 'place_id', NEW.public_id); END IF;
    IF NEW.visibility = 'administrators'
       OR array_position({PRECISIONS}, NEW.member_precision::text)
          > array_position({PRECISIONS}, OLD.member_precision::text)
    THEN PERFORM verification_forget('member', 'place_id', NEW.public_id); END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verification_narrow_location
    AFTER UPDATE OF visibility, public_precision, member_precision ON organizations_location FOR EACH ROW
    WHEN (array_position({WIDTHS}, NEW.visibility::text) > array_position({WIDTHS}, OLD.visibility::text)
          OR array_position({PRECISIONS}, NEW.public_precision::text)
             > array_position({PRECISIONS}, OLD.public_precision::text)
          OR array_position({PRECISIONS}, NEW.member_precision::text)
             > array_position({PRECISIONS}, OLD.member_precision::text))
    EXECUTE FUNCTION verification_narrow_location();

CREATE FUNCTION verification_suspend() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM verification_forget('public', 'organization_id', NEW.public_id);
    PERFORM verification_forget('member', 'organization_id', NEW.public_id);
    RETURN NEW;
END $$;
CREATE TRIGGER verification_suspend AFTER UPDATE OF member_status ON organizations_organization FOR EACH ROW
    WHEN (NEW.member_status IN ('suspended', 'left') AND OLD.member_status NOT IN ('suspended', 'left'))
    EXECUTE FUNCTION verification_suspend();

CREATE FUNCTION verification_forget_listing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM verification_forget('public', 'id', OLD.public_id);
    PERFORM verification_forget('member', 'id', OLD.public_id);
    RETURN OLD;
END $$;
CREATE TRIGGER verification_forget_listing AFTER DELETE ON services_serviceatlocation FOR EACH ROW
    EXECUTE FUNCTION verification_forget_listing();
"""

DROP = """
DROP TRIGGER verification_forget_listing ON services_serviceatlocation;
DROP TRIGGER verification_suspend ON organizations_organization;
DROP TRIGGER verification_narrow_location ON organizations_location;
DROP TRIGGER verification_narrow_service ON services_service;
DROP FUNCTION verification_forget_listing();
DROP FUNCTION verification_suspend();
DROP FUNCTION verification_narrow_location();
DROP FUNCTION verification_narrow_service();
DROP FUNCTION verification_forget(text, text, text);
"""


class Migration(migrations.Migration):
    replaces = [("verification", "0003_narrowing"), ("verification", "0013_forget_organizations")]
    dependencies = [
        ("directory", "0003_revision_of_the_public"),
        ("organizations", "0001_organizations"),
        ("services", "0001_services"),
        ("verification", "0007_profiles"),
    ]
    operations = [migrations.RunSQL(FORGET + CREATE, DROP)]
