"""Where a foreign row is, and how exactly it may say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.geo import gazetteer
from core.phrasing.sentences import joined
from exchange.importing.errors import MappingFault
from exchange.importing.reading.rows import MAIN, Path_, Row, lookup
from organizations.places import FARTHEST_KM

#: What the points of a file may be: the door, or somewhere in its district or settlement. Where the pin of the latter
#: two stands is never a file's to say: see `organizations.areas`.
MEANINGS = ("exact", "district", "settlement")
PARSERS = ("geometry", "lon", "lat", "means")
#: Cities that a slip of the pen may have meant.
MOST_MEANT = 3


@dataclass(frozen=True)
class PointMapping:
    """A GeoJSON geometry, or two columns. `means` says what the points are, and so how exactly places are shown."""

    means: str
    geometry: Path_ = ()
    lon: Path_ = ()
    lat: Path_ = ()

    def read(self, row: Row) -> Point | None:
        """The point; None when the row has none. ValidationError for one that is not on the earth."""
        data = row.parts[MAIN]
        if self.geometry:
            return _from_geometry(lookup(data, self.geometry))
        lon, lat = lookup(data, self.lon), lookup(data, self.lat)
        if lon in (None, "") and lat in (None, ""):
            return None
        return _point(lon, lat)

    def paths(self) -> list[tuple[str, Path_]]:
        """What it reads of the file."""
        if self.geometry:
            return [(MAIN, (*self.geometry, "coordinates"))]
        return [(MAIN, self.lon), (MAIN, self.lat)]

    def fields(self, point: Point | None) -> dict[str, object]:
        """The point and the precision, as fields of a place."""
        if point is None:
            return {}
        return {"point": point, "public_precision": self.means, "member_precision": self.means}


def parse_point(data: object, where: str, parse_path: Callable[[object, str], Path_]) -> PointMapping:
    """The `point` of a mapping file. Raises MappingFault."""
    if not isinstance(data, dict) or set(data) - set(PARSERS):
        raise MappingFault(_("geometry, or lon and lat, and means are needed."), where=where)
    if data.get("means", "exact") not in MEANINGS:
        raise MappingFault(_("means is one of %(words)s.") % {"words": ", ".join(MEANINGS)}, where=where)
    if ("geometry" in data) == ("lon" in data and "lat" in data):
        raise MappingFault(_("geometry, or lon and lat, and means are needed."), where=where)
    paths = {name: parse_path(data[name], where) for name in ("geometry", "lon", "lat") if name in data}
    return PointMapping(means=data.get("means", "exact"), **paths)


def city_of(city: str, country: str, point: Point | None) -> tuple[gazetteer.Place | None, str]:
    """(the city of this name that the point fits, what to tell where none is certain).

    Of several places of one name a point says which is meant. Without one, only a name that one place has today is
    certain; whatever else the name may mean is told and not guessed.
    """
    found = gazetteer.namesakes(city, country)
    if point is not None and (fitting := found.nearest(point.y, point.x, within_km=FARTHEST_KM)):
        return fitting, ""
    if found.only or (point is not None and found.called):
        return found.called[0], ""  # a point far from every city that is called so is refused
    if not found.all:
        return None, _slip(city, country)
    names = "; ".join(f"{one.name()} ({one.id}; {one.lat:.2f}, {one.lon:.2f})" for one in found.all)
    if point is None:
        message = _(
            "Which place this is, is not certain, so the city has no code: %(names)s. Give a point or place_code."
        )
    else:
        message = _("No place of this name is near the point, so the city has no code: %(names)s. Or give place_code.")
    return None, message % {"names": names}


def _slip(city: str, country: str) -> str:
    """Many villages are not among the places that we know; what looks like a slip of the pen is told."""
    meant = gazetteer.slipped(city, country)[:MOST_MEANT]
    if not meant:
        return ""
    message = _("No city is called so, and it has no code. Did the list mean %(names)s?")
    return message % {"names": joined([one.name() for one in meant])}


def centre_of(place: gazetteer.Place) -> dict[str, object]:
    """What the gazetteer knows of a city: code and zone."""
    return {"place_code": place.id, "timezone": place.timezone}


def _from_geometry(geometry: object) -> Point | None:
    if geometry is None:
        return None
    pair = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
    if not isinstance(pair, list) or len(pair) < 2:
        raise ValidationError(_("A point was expected."))
    return _point(pair[0], pair[1])


def _point(lon: object, lat: object) -> Point:
    try:
        x, y = (float(str(value).strip().replace(",", ".")) for value in (lon, lat))
    except ValueError as error:
        raise ValidationError(_("“%(lon)s, %(lat)s” are not coordinates.") % {"lon": lon, "lat": lat}) from error
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise ValidationError(_("Latitude goes from −90 to 90, longitude from −180 to 180."))
    return Point(round(x, 6), round(y, 6), srid=4326)
