"""Where the pin of a place stands for those who may not know its door.

Rule: such a pin is never typed, by nobody and in no form, file or repair. It is a function of the true point and of
the settlement, so the same place has one and the same pin for ever, and the database computes it anew in every write
(the trigger of migration 0002). A settlement of the gazetteer is shown by its centre. A district, which only a large
city has, and a settlement that the gazetteer does not know are shown by a node of a fixed grid: the nearest of those
that are at least a kilometre, or five, away from the door. The grid lies differently in every deployment.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.gis.geos import GEOSGeometry, Point
from django.db import connection

from core.geo import gazetteer
from organizations.models.settlement import LARGE_FROM, Settlement

#: The last degree of latitude at which a village that no list knows surely has a node of the grid.
GRID_ENDS_AT = 84


@dataclass(frozen=True)
class Areas:
    """The two pins of a place; None where nobody can say."""

    district: Point | None
    settlement: Point | None


def areas_of(door: Point | None, place_code: str) -> Areas:
    """The pins of a place by its true point and the code of its settlement ("" for one that no list knows)."""
    if place_code:
        remember(place_code)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_AsEWKB(district), ST_AsEWKB(settlement) FROM organizations_areas(ST_GeomFromEWKB(%s), %s)",
            [bytes(door.ewkb) if door else None, place_code],
        )
        return Areas(*map(_point, cursor.fetchone()))


def remember(*place_codes: str) -> None:
    """Keep the centres of settlements of the gazetteer that are not kept yet. Unknown codes are nobody's."""
    found = {code: place for code in set(place_codes) if (place := gazetteer.place(code))}
    missing = found.keys() - set(Settlement.objects.filter(pk__in=found).order_by().values_list("pk", flat=True))
    Settlement.objects.bulk_create(
        (
            Settlement(code=code, point=Point(place.lon, place.lat, srid=4326), is_large=place.population >= LARGE_FROM)
            for code, place in found.items()
            if code in missing
        ),
        ignore_conflicts=True,
    )


def _point(ewkb: memoryview | bytes | None) -> Point | None:
    found = GEOSGeometry(memoryview(ewkb)) if ewkb is not None else None
    return found if isinstance(found, Point) else None
