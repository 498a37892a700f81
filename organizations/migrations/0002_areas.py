"""The pins of places that hide their door are derived by the database; nobody types them any more.

Rows that there are get theirs, too. A centre that somebody typed for a place without a point of its own was the best
that the house knew of it: it becomes that point, which nobody but the owner sees.
"""

import secrets

import django.contrib.gis.db.models.fields
from django.contrib.gis.geos import Point
from django.db import migrations, models

from core.geo import gazetteer

#: Where the grid begins, as two parts of a cell: drawn once for a database, and kept in its schema for ever.
ORIGIN = ", ".join(f"{secrets.randbelow(10**6) / 10**6:.6f}" for _part in range(2))

CREATE = f"""
CREATE FUNCTION organizations_grid_origin() RETURNS double precision[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY[{ORIGIN}]::double precision[]
$$;
""" + """
-- The nearest node of the grid that is at least `away` km from the door. Rows of nodes lie `pitch` km apart, so do
-- the nodes of a row, which go round the earth without a seam. NULL near the poles.
CREATE FUNCTION organizations_cell(door geometry, pitch double precision, away double precision)
RETURNS geometry LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
    origin CONSTANT double precision[] := organizations_grid_origin();
    degree CONSTANT double precision := 111.195;
    tall CONSTANT double precision := pitch / degree;
    first_row CONSTANT integer := floor(ST_Y(door) / tall - origin[1])::integer - 2;
    lat double precision; lon double precision; wide double precision; first_column integer;
    node geometry; far double precision; found geometry; nearest double precision := 'Infinity';
BEGIN
    FOR line IN first_row .. first_row + 5 LOOP
        lat := (line + origin[1]) * tall;
        CONTINUE WHEN abs(lat) > 85;
        wide := 360 / floor(360 * degree * cos(radians(lat)) / pitch);
        first_column := floor(ST_X(door) / wide - origin[2])::integer - 2;
        FOR place IN first_column .. first_column + 5 LOOP
            lon := (place + origin[2]) * wide;
            lon := lon - 360 * floor((lon + 180) / 360);
            node := ST_SetSRID(ST_MakePoint(round(lon::numeric, 6), round(lat::numeric, 6)), 4326);
            far := ST_DistanceSphere(door, node) / 1000;
            IF far >= away * 1.001 AND far < nearest THEN found := node; nearest := far; END IF;
        END LOOP;
    END LOOP;
    RETURN found;
END $$;

CREATE FUNCTION organizations_areas(door geometry, code text, OUT district geometry, OUT settlement geometry)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE large boolean := false;
BEGIN
    IF code = '' THEN
        settlement := organizations_cell(door, 7.5, 5);
    ELSE
        SELECT s.point, s.is_large INTO settlement, large FROM organizations_settlement s WHERE s.code = $2;
        IF NOT FOUND THEN
            RAISE foreign_key_violation USING
                MESSAGE = format('The settlement %s of a place is not known.', code),
                CONSTRAINT = 'location_settlement_is_known';
        END IF;
    END IF;
    district := CASE WHEN large AND door IS NOT NULL THEN organizations_cell(door, 1.5, 1) ELSE settlement END;
END $$;

CREATE FUNCTION organizations_derive_areas() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    SELECT a.district, a.settlement INTO NEW.district_point, NEW.settlement_point
    FROM organizations_areas(NEW.point, NEW.place_code) a;
    RETURN NEW;
END $$;
CREATE TRIGGER organizations_derive_areas BEFORE INSERT OR UPDATE ON organizations_location
    FOR EACH ROW EXECUTE FUNCTION organizations_derive_areas();
"""

DROP = """
DROP TRIGGER organizations_derive_areas ON organizations_location;
DROP FUNCTION organizations_derive_areas();
DROP FUNCTION organizations_areas(geometry, text);
DROP FUNCTION organizations_cell(geometry, double precision, double precision);
DROP FUNCTION organizations_grid_origin();
"""

#: A typed centre becomes the point of a place that has none; then every row is written once, for its pins.
DERIVE = """
UPDATE organizations_location SET point = COALESCE(
    point, CASE WHEN place_code = '' THEN COALESCE(settlement_point, district_point) END)
"""


def keep_settlements(apps, schema_editor):
    """The settlements that places are in; a code that the gazetteer does not have (any more) is taken off."""
    location, settlement = (apps.get_model("organizations", name) for name in ("Location", "Settlement"))
    codes = set(location.objects.exclude(place_code="").order_by().values_list("place_code", flat=True).distinct())
    known = {code: found for code in codes if (found := gazetteer.place(code))}
    settlement.objects.bulk_create(
        settlement(code=code, point=Point(one.lon, one.lat, srid=4326), is_large=one.population >= 100_000)
        for code, one in known.items()
    )
    location.objects.filter(place_code__in=codes - known.keys()).update(place_code="")


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0001_organizations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('code', models.CharField(max_length=16, primary_key=True, serialize=False, verbose_name='place in the gazetteer')),
                ('point', django.contrib.gis.db.models.fields.PointField(srid=4326, verbose_name='centre of the city or village')),
                ('is_large', models.BooleanField(verbose_name='has districts')),
            ],
            options={
                'verbose_name': 'settlement',
                'verbose_name_plural': 'settlements',
                'ordering': ['code'],
            },
        ),
        migrations.AlterField(
            model_name='location',
            name='district_point',
            field=django.contrib.gis.db.models.fields.PointField(blank=True, editable=False, null=True, srid=4326, verbose_name='centre of the district'),
        ),
        migrations.AlterField(
            model_name='location',
            name='settlement_point',
            field=django.contrib.gis.db.models.fields.PointField(blank=True, editable=False, null=True, srid=4326, verbose_name='centre of the city or village'),
        ),
        migrations.AlterField(
            model_name='locationevent',
            name='district_point',
            field=django.contrib.gis.db.models.fields.PointField(blank=True, editable=False, null=True, srid=4326, verbose_name='centre of the district'),
        ),
        migrations.AlterField(
            model_name='locationevent',
            name='settlement_point',
            field=django.contrib.gis.db.models.fields.PointField(blank=True, editable=False, null=True, srid=4326, verbose_name='centre of the city or village'),
        ),
        migrations.RunPython(keep_settlements, migrations.RunPython.noop),
        migrations.RunSQL(CREATE, DROP),
        migrations.RunSQL(DERIVE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='location',
            constraint=models.CheckConstraint(condition=models.Q(('district_point__isnull', True), ('district_point', models.F('settlement_point')), models.Q(('point__distance_gte', (models.F('district_point'), 1000)), ('point__isnull', False)), _connector='OR'), name='location_district_is_not_the_door', violation_error_message='The pin of a district never stands near the door.'),
        ),
        migrations.AddConstraint(
            model_name='location',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('place_code', ''), _negated=True), ('settlement_point__isnull', True), models.Q(('point__distance_gte', (models.F('settlement_point'), 5000)), ('point__isnull', False)), _connector='OR'), name='location_settlement_is_not_the_door', violation_error_message='The pin of a village that no list knows never stands near the door.'),
        ),
        migrations.AlterConstraint(
            model_name='location',
            name='location_district_needs_centre',
            constraint=models.CheckConstraint(condition=models.Q(('district_point__isnull', False), models.Q(models.Q(('public_precision', 'district'), _negated=True), models.Q(('member_precision', 'district'), _negated=True)), _connector='OR'), name='location_district_needs_centre', violation_error_message='Choose the city, or put the pin: the area around it is chosen by itself.'),
        ),
        migrations.AlterConstraint(
            model_name='location',
            name='location_settlement_needs_centre',
            constraint=models.CheckConstraint(condition=models.Q(('settlement_point__isnull', False), models.Q(models.Q(('public_precision', 'settlement'), _negated=True), models.Q(('member_precision', 'settlement'), _negated=True)), _connector='OR'), name='location_settlement_needs_centre', violation_error_message='Choose the city from the list, or put the pin: its area is chosen by itself.'),
        ),
    ]
