"""The area that a service comes to, or is given in from afar: checked, and in its stored shape.

JSON shape (`directory.crossing.content.AreaJson`), a list of parts; `[]` means that nothing is said:
    {"kind": "country", "code": "GE"}
    {"kind": "region", "code": "GE.68"}                          the region of that code in the gazetteer
    {"kind": "city", "code": "612287"}
    {"kind": "district", "code": "611717", "name": "Vera"}
    {"kind": "circle", "km": 30}                                 around the place itself
    {"kind": "circle", "km": 30, "code": "612287"}               around a settlement
    {"kind": "polygon", "ring": [[44.7, 41.6], …]}               longitude first; the first corner again at the end
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from django.contrib.gis.geos import GEOSException
from django.utils.translation import gettext_lazy as _

from core.errors import HouseError
from core.geo import gazetteer
from core.geo.countries import country_codes
from core.geo.shapes import drawn, size_of
from core.types import Json

MOST_PARTS: Final = 40
MOST_CORNERS: Final = 120
LONGEST_NAME: Final = 60
LEAST_KM: Final = 1.0
MOST_KM: Final = 500.0
#: What is smaller tells rather who lives there than where help comes to, in km².
LEAST_SIZE: Final = 1.0
MOST_SIZE: Final = 3_000_000.0


class AreaError(HouseError):
    """An area that cannot be understood."""

    code = "area"


def clean_area(given: object, *, has_place: bool) -> list[dict[str, Json]]:
    """The parts in their stored shape, each once; raises AreaError with a message for people."""
    if not isinstance(given, list | tuple):
        raise AreaError(_("The area could not be read."))
    if len(given) > MOST_PARTS:
        raise AreaError(
            _("At most %(count)d parts, please: name a region or a country instead.") % {"count": MOST_PARTS}
        )
    found: list[dict[str, Json]] = []
    for item in given:
        part = _part(item, has_place=has_place)
        if part not in found:
            found.append(part)
    return found


def _part(item: object, *, has_place: bool) -> dict[str, Json]:
    if not isinstance(item, Mapping):
        raise AreaError(_("The area could not be read."))
    kind, code = item.get("kind"), str(item.get("code") or "")
    if kind == "country" and code in country_codes():
        return {"kind": "country", "code": code}
    if kind == "region" and gazetteer.towns_of(code):
        return {"kind": "region", "code": code}
    if kind == "city" and gazetteer.place(code):
        return {"kind": "city", "code": code}
    if kind == "district" and gazetteer.place(code) and (name := _line(item.get("name"))):
        return {"kind": "district", "code": code, "name": name}
    if kind == "circle" and (not code or gazetteer.place(code)):
        return _circle(item.get("km"), code, has_place=has_place)
    if kind == "polygon":
        return {"kind": "polygon", "ring": _ring(item.get("ring"))}
    raise AreaError(_("The area could not be read."))


def _circle(km: object, code: str, *, has_place: bool) -> dict[str, Json]:
    if isinstance(km, bool) or not isinstance(km, int | float) or not LEAST_KM <= km <= MOST_KM:
        raise AreaError(_("A circle is between %(least)d and %(most)d km wide.") % {"least": LEAST_KM, "most": MOST_KM})
    if not code and not has_place:
        raise AreaError(_("Say around which city: this service has no place of its own."))
    width = round(float(km), 1)
    return {"kind": "circle", "km": width, "code": code} if code else {"kind": "circle", "km": width}


def _ring(given: object) -> list[list[float]]:
    if not isinstance(given, list | tuple):
        raise AreaError(_("The area could not be read."))
    corners = [_corner(pair) for pair in given]
    if corners and corners[0] != corners[-1]:
        corners.append(corners[0])
    if not 4 <= len(corners) <= MOST_CORNERS:
        raise AreaError(_("What you draw has between 3 and %(count)d corners.") % {"count": MOST_CORNERS - 1})
    try:
        shape = drawn(corners)
    except GEOSException as error:
        raise AreaError(_("The area could not be read.")) from error
    if not shape.valid:
        raise AreaError(_("The line that you drew crosses itself."))
    if not LEAST_SIZE <= size_of(shape) <= MOST_SIZE:
        raise AreaError(_("What you draw is at least a square kilometre, and no larger than a country."))
    return corners if shape.exterior_ring.is_counterclockwise else corners[::-1]


def _corner(pair: object) -> list[float]:
    if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
        raise AreaError(_("The area could not be read."))
    for number, limit in zip(pair, (180, 90), strict=True):
        if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
            raise AreaError(_("The area could not be read."))
        if abs(number) > limit:
            raise AreaError(_("What you draw lies beyond the edge of the map."))
    return [round(float(pair[0]), 5), round(float(pair[1]), 5)]


def _line(given: object) -> str:
    return " ".join(given.split())[:LONGEST_NAME].strip() if isinstance(given, str) else ""
