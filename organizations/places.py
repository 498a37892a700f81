"""What the house knows of a place without being told: its centre, its time zone, and how much may be shown."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.geo import gazetteer
from core.geo.distance import kilometres
from core.geo.outlines import may_hold
from core.languages import columns
from organizations import areas, careful
from organizations.models import AddressPrecision, Location, LocationType

#: Beside which field the message of a constraint belongs.
FAULTS = {
    "location_exact_needs_point": "point",
    "location_district_needs_centre": "city",
    "location_settlement_needs_centre": "city",
    "location_district_is_not_the_door": "point",
    "location_settlement_is_not_the_door": "point",
    "location_shelter_is_not_exact_for_the_public": "public_precision",
    "location_not_kept_has_no_address": "address",
    "location_imported_once": "external_id",
}
#: A point farther from the centre of its own city than this was put in the wrong place, or lat and lon are swapped.
FARTHEST_KM = 150


def safe_defaults(location: Location, *, given: Collection[str]) -> None:
    """Choose visibility and precision of a new place where the caller did not.

    Who sees it: `careful.for_place`. A shelter shows its city at most. Others are exact when there is a point, else
    the city, else the country.
    """
    is_shelter = location.type == LocationType.SHELTER
    if "visibility" not in given:
        location.visibility = careful.for_place(location)
    best = AddressPrecision.EXACT if location.point and not is_shelter else AddressPrecision.SETTLEMENT
    if best == AddressPrecision.SETTLEMENT and not _has_settlement(location):
        best = AddressPrecision.COUNTRY
    if "public_precision" not in given:
        location.public_precision = best
    if "member_precision" not in given:
        location.member_precision = location.public_precision


def _has_settlement(location: Location) -> bool:
    """Whether there will be a pin of its settlement. Near the poles no list knows a place, and no grid reaches."""
    if location.place_code or location.settlement_point is not None:
        return True
    return location.point is not None and abs(location.point.y) < areas.GRID_ENDS_AT


def fill_from_gazetteer(location: Location, *, given: Collection[str]) -> None:
    """A city of the gazetteer brings its names and its time zone where they were not given."""
    if "place_code" not in given or not location.place_code:
        return
    found = gazetteer.place(location.place_code)
    if found is None:
        raise ValidationError({"city": _("This city is not in the gazetteer. Choose one from the list.")})
    if found.country != location.country:
        raise ValidationError({"city": _("This city is in another country.")})
    if "city" not in given:
        for at, language in columns("city"):
            setattr(location, at, found.name(language))
    if "timezone" not in given and clock.is_zone(found.timezone):
        location.timezone = found.timezone


def where(location: Location) -> tuple[object, ...]:
    """What decides whether its points fit."""
    return (location.country, location.place_code, location.point)


def refuse_far_point(location: Location) -> None:
    """A point must lie on the earth, in its own country and not far from the centre of its own city."""
    place = location.point
    if place is None:
        return
    if not (-180 <= place.x <= 180 and -90 <= place.y <= 90):
        raise ValidationError({"point": _("Latitude goes from −90 to 90, longitude from −180 to 180.")})
    _refuse_abroad("point", place, location.country)
    city = gazetteer.place(location.place_code)
    if city and kilometres((place.y, place.x), (city.lat, city.lon)) > FARTHEST_KM:
        raise ValidationError({"point": _("This point is far from the city that you chose.")})


def _refuse_abroad(name: str, place: Point, country: str) -> None:
    if may_hold(country, place.x, place.y):
        return
    if may_hold(country, place.y, place.x):
        raise ValidationError({name: _("This point lies in another country: latitude and longitude are swapped.")})
    raise ValidationError({name: _("This point lies in another country than the place.")})


def choose_areas(location: Location) -> None:
    """What audiences get that may not know the door. The database says the same when it writes the row."""
    found = areas.areas_of(location.point, location.place_code)
    location.district_point, location.settlement_point = found.district, found.settlement
