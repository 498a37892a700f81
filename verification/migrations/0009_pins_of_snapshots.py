"""What was frozen and published before has the pins that its own point and settlement give, not typed ones.

The same function of the database decides as for the places themselves, so a snapshot and its place stay alike. A
centre that somebody typed for a place without a point becomes that point, as in the places.
"""

import hashlib
import json

from django.contrib.gis.geos import Point
from django.db import migrations

from core.geo import gazetteer

PINS = """
SELECT ST_X(district), ST_Y(district), ST_X(settlement), ST_Y(settlement)
FROM organizations_areas(ST_SetSRID(ST_MakePoint(%s, %s), 4326), %s)
"""
#: Rows of the map that show such a pin get the one of their snapshot; the number of the directory moves with them.
REPUBLISH = """
WITH pins AS (
    SELECT l.public_id AS id, p.content -> 'location' -> 'district_point' AS district,
           p.content -> 'location' -> 'settlement_point' AS settlement
    FROM services_serviceatlocation l
    JOIN verification_listingstate s ON s.listing_id = l.id
    JOIN verification_snapshot p ON p.id = s.published_id
)
UPDATE directory_{audience}listing d
SET point = ST_SetSRID(ST_MakePoint((pin ->> 0)::float8, (pin ->> 1)::float8), 4326)
FROM (SELECT id, 'district' AS precision, district AS pin FROM pins
      UNION ALL SELECT id, 'settlement', settlement FROM pins) AS wanted
WHERE d.id = wanted.id AND d.precision = wanted.precision
"""
MOVED = "UPDATE directory_directoryrevision SET number = number + 1, changed_at = now()"


def place_pins(apps, schema_editor):
    snapshots = apps.get_model("verification", "Snapshot").objects.order_by("pk")
    settlement = apps.get_model("organizations", "Settlement")
    known = {}
    with schema_editor.connection.cursor() as cursor:
        for snapshot in snapshots.iterator(chunk_size=500):
            place = snapshot.content.get("location")
            if not place:
                continue
            code = _kept(place["place_code"], settlement)
            typed = None if code else place["settlement_point"] or place["district_point"]
            point = place["point"] or typed
            key = (tuple(point or ()), code)
            if key not in known:
                cursor.execute(PINS, [*(point or (None, None)), code])
                known[key] = _pairs(cursor.fetchone())
            place |= {"point": point, "place_code": code} | known[key]
            snapshot.content_hash = _hash(snapshot.content)
            snapshot.save(update_fields=["content", "content_hash"])
        for audience in ("public", "member"):
            cursor.execute(REPUBLISH.format(audience=audience))
            if cursor.rowcount:
                cursor.execute(MOVED)


def _kept(code, settlement):
    """The code when the house keeps its centre; a settlement that only an old snapshot names is kept now."""
    found = gazetteer.place(code) if code else None
    if found:
        about = {"point": Point(found.lon, found.lat, srid=4326), "is_large": found.population >= 100_000}
        settlement.objects.get_or_create(code=code, defaults=about)
    return code if found else ""


def _pairs(row):
    return {"district_point": _pair(*row[:2]), "settlement_point": _pair(*row[2:])}


def _pair(lon, lat):
    """As snapshots keep a position."""
    return None if lon is None else [round(lon, 6), round(lat, 6)]


def _hash(content):
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0002_areas"),
        ("verification", "0008_narrowing"),
    ]
    operations = [migrations.RunPython(place_pins, migrations.RunPython.noop)]
