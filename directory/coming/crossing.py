"""What of areas and stops comes to the rows of an audience, by what it may know of the place.

Rule: stops are places in the open, with a name and a point. They are told where the door is shown, and where there is
no door; a place that hides its door has none for whom it hides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib.gis.geos import MultiPolygon

from core.geo import gazetteer
from core.languages import codes
from directory.coming import areas, stops
from directory.crossing.content import AreaShown, Content, HoursJson, Pair, StopShown, Texts
from directory.crossing.live import LiveState

#: The kind of place of which all services move together.
MOBILE: Final = "mobile_stop"
#: A settlement whose middle is farther away is not where a stop is.
_NEAR_KM = 25.0


@dataclass(frozen=True)
class Crossed:
    """`spot` is where the pin stands of what has stops and no place of its own, in the settlement `city`."""

    areas: list[AreaShown]
    area_codes: list[str]
    area: MultiPolygon | None
    stops: list[StopShown]
    hours: HoursJson
    spot: Pair | None
    city: str
    place_id: str

    @property
    def city_name(self) -> Texts:
        place = gazetteer.place(self.city) if self.city else None
        return {code: place.name(code) for code in codes()} if place else {}


def coming_of(content: Content, live: LiveState, precision: str, pin: Pair | None) -> Crossed:
    """`precision` and `pin` are what the audience knows of the place."""
    listing, location = content["listing"], content["location"]
    told = areas.shown(listing.get("area", []), location, precision, pin)
    own = listing["hours"]
    is_open_air = location is None or precision == "exact"
    found = stops.shown(listing.get("stops", []), live.stops_off, own.get("holidays", "")) if is_open_air else []
    spot = [found[0]["lon"], found[0]["lat"]] if found and location is None else None
    return Crossed(
        areas=told,
        area_codes=areas.codes_of(told),
        area=areas.ground_of(told),
        stops=found,
        hours=stops.hours_of(found, own, location["country"] if location else listing.get("remote_country", "")),
        spot=spot,
        city=_city_at(spot) if spot else "",
        place_id=place_of(content) if found else location["id"] if location else listing["id"],
    )


def place_of(content: Content) -> str:
    """The id of the place at which it is read where its stops are told: what moves has left the house of the others."""
    location = content["location"]
    return location["id"] if location and location["type"] == MOBILE else content["listing"]["id"]


def _city_at(spot: Pair) -> str:
    near = gazetteer.nearest(spot[1], spot[0])
    return near[0].id if near and near[1] <= _NEAR_KM else ""
