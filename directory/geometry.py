"""Boxes and places in questions. Degrees, WGS 84, longitude first where both stand together."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.gis.geos import Polygon
from django.db.models import Q
from django.utils.translation import gettext as _

from core.geo import gazetteer
from directory.numbers import as_decimal

#: Maps that repeat the world send longitudes beyond ±180.
_MOST_LONGITUDE = 720.0
MAX_RADIUS_KM = 20_040.0


@dataclass(frozen=True)
class Box:
    """A rectangle of the map. `west` > `east` means that it crosses the 180th meridian (Chukotka does)."""

    west: float
    south: float
    east: float
    north: float

    def __str__(self) -> str:
        return ",".join(
            f"{value:.6f}".rstrip("0").rstrip(".") for value in (self.west, self.south, self.east, self.north)
        )

    def parts(self) -> list[tuple[float, float, float, float]]:
        """One or two rectangles with west ≤ east."""
        if self.west <= self.east:
            return [(self.west, self.south, self.east, self.north)]
        return [(self.west, self.south, 180.0, self.north), (-180.0, self.south, self.east, self.north)]

    @property
    def middle(self) -> Near:
        width = self.east - self.west if self.west <= self.east else self.east - self.west + 360
        return Near((self.south + self.north) / 2, wrap(self.west + width / 2))

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a point lies inside."""
        return any(west <= lon <= east and south <= lat <= north for west, south, east, north in self.parts())

    def condition(self) -> Q:
        """Rows whose point lies inside."""
        inside = Q()
        for part in self.parts():
            polygon = Polygon.from_bbox(part)
            polygon.srid = 4326
            inside |= Q(point__bboverlaps=polygon)
        return inside


@dataclass(frozen=True)
class Near:
    """A place to measure distances from; with a radius (km) it also filters. `place` is a gazetteer id or ""."""

    lat: float
    lon: float
    radius_km: float | None = None
    place: str = ""

    @cached_property
    def country(self) -> str:
        """The code of the country in which it lies, "" at sea."""
        place = gazetteer.place(self.place) if self.place else None
        return place.country if place else gazetteer.country_at(self.lat, self.lon)

    @cached_property
    def region(self) -> str:
        """The code of the region in which it lies, "" at sea."""
        return gazetteer.region_at(self.lat, self.lon, self.place) if self.country else ""

    @property
    def codes(self) -> list[str]:
        """What an area names that covers it as a whole."""
        return [code for code in (self.country, self.region) if code]

    def replace_radius(self, radius_km: float | None) -> Near:
        return dataclasses.replace(self, radius_km=radius_km)

    def to_pairs(self) -> list[tuple[str, str]]:
        where = [("near", self.place)] if self.place else [("lat", f"{self.lat:.6g}"), ("lon", f"{self.lon:.6g}")]
        return where + ([("radius", f"{self.radius_km:g}")] if self.radius_km is not None else [])


def parse_box(text: str) -> Box:
    """`west,south,east,north`; raises ValueError with a message for people."""
    parts = text.split(",")
    if len(parts) != 4:
        raise ValueError(_("Four numbers were expected: west, south, east, north."))
    west, east = (as_decimal(parts[i].strip(), -_MOST_LONGITUDE, _MOST_LONGITUDE) for i in (0, 2))
    south, north = (as_decimal(parts[i].strip(), -90, 90) for i in (1, 3))
    if south > north:
        raise ValueError(_("The southern edge lies north of the northern one."))
    if east - west >= 360:
        return Box(-180.0, south, 180.0, north)
    wide = east - west if west <= east else east - west + 360
    if west > east and not 0 <= wide <= 180:
        raise ValueError(_("The western edge lies east of the eastern one."))
    west, east = wrap(west), wrap(east)
    # A box that ends exactly at the meridian stays in one piece.
    return Box(west, south, 180.0 if east == -180.0 and wide > 0 else east, north)


def wrap(longitude: float) -> float:
    """The same meridian between -180 and 180."""
    return longitude if -180 <= longitude <= 180 else (longitude + 180) % 360 - 180


def parse_near(*, lat: str, lon: str, radius: str, near: str, error: Callable[[str, object], Exception]) -> Near | None:
    """A place from `lat` and `lon`, or from a gazetteer id in `near`. `error(param, message)` makes what is raised."""

    def number(name: str, text: str, least: float, most: float) -> float:
        try:
            return as_decimal(text, least, most)
        except ValueError as fault:
            raise error(name, fault) from fault

    radius_km = number("radius", radius, 0.1, MAX_RADIUS_KM) if radius else None
    if lat and lon:
        return Near(number("lat", lat, -90, 90), wrap(number("lon", lon, -_MOST_LONGITUDE, _MOST_LONGITUDE)), radius_km)
    if not near:
        if radius:
            raise error("radius", _("A radius needs a place: lat and lon, or near."))
        return None
    place = gazetteer.place(near)
    if place is None:
        raise error("near", _("This place is not in our list of cities."))
    return Near(place.lat, place.lon, radius_km, place.id)
