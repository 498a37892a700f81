"""Areas of services: what readers get of them, which ground they cover, whether they cover a place.

Rule: an area never tells more of a place than its precision lets readers know. Where the door is not shown, a circle
around it goes around the pin that stands for it and is no narrower than the area in which the door may be; what was
drawn by hand becomes the settlements inside it; of a place that shows its country only, the countries are left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from django.contrib.gis.geos import MultiPoint, MultiPolygon, Point, Polygon

from core.geo import gazetteer
from core.geo.gazetteer import Place, towns_of, width_of
from core.geo.shapes import circle, drawn
from directory.crossing.content import AreaJson, AreaKind, AreaShown, LocationPart, Pair

#: So wide is the area in which a door may be that is not shown (also drawn so: static/js/map/areas.js), in km.
LEAST_KM = {"district": 2.5, "settlement": 9.0}
#: Around the settlements of a region, in degrees.
_MARGIN = 0.1


def shown(
    parts: Sequence[AreaJson], location: LocationPart | None, precision: str, pin: Pair | None
) -> list[AreaShown]:
    """What an audience gets of an area; `precision` and `pin` are what it knows of the place. A part comes once."""
    if not parts or (location and precision == "none"):
        return []
    known: Iterable[AreaShown]
    if location is None:
        known = (one for part in parts if (one := told(part, None)))
    elif precision == "country":
        known = (_country(code) for part in parts if (code := _country_of(part) or location["country"]))
    elif precision == "exact":
        known = (one for part in parts if (one := told(part, pin)))
    else:
        known = _blurred(parts, location["place_code"], pin, LEAST_KM[precision])
    found: list[AreaShown] = []
    for one in known:
        if one not in found:
            found.append(one)
    return found


def codes_of(areas: Iterable[AreaShown]) -> list[str]:
    """Countries and regions that are covered as a whole."""
    return sorted({one["code"] for one in areas if one["kind"] in ("country", "region")})


def ground_of(areas: Iterable[AreaShown]) -> MultiPolygon | None:
    """The ground that the parts cover which are neither a country nor a region."""
    pieces = [shape for one in areas if (shape := _shape(one))]
    if not pieces:
        return None
    whole = MultiPolygon(pieces, srid=4326).unary_union
    return whole if isinstance(whole, MultiPolygon) else MultiPolygon(whole, srid=4326)


def covering(areas: Iterable[AreaShown], lat: float, lon: float, codes: Sequence[str]) -> AreaShown | None:
    """The narrowest part that covers a place, of settlements the nearest; `codes` are its country and region."""
    point = Point(lon, lat, srid=4326)

    def order(one: AreaShown) -> tuple[int, float, bool]:
        away = point.distance(Point(one["lon"], one["lat"], srid=4326)) if one["kind"] in _SETTLED else 0.0
        return _WIDER.index(one["kind"]) if one["kind"] in _WIDER else -1, away, one["kind"] != "district"

    held = [one for one in areas if one["code"] in codes or ((shape := _shape(one)) and shape.intersects(point))]
    return min(held, key=order, default=None)


_SETTLED: frozenset[AreaKind] = frozenset({"city", "district"})
#: What is wider than they are, the narrowest first.
_WIDER: Sequence[AreaKind] = ("circle", "polygon", "region", "country")


def inside(ring: list[Pair]) -> list[Place]:
    """Settlements of the gazetteer whose middle lies in what was drawn, the biggest first."""
    shape = drawn(ring)
    west, south, east, north = shape.extent
    near = (p for p in gazetteer.places().values() if west <= p.lon <= east and south <= p.lat <= north)
    return [place for place in near if shape.intersects(Point(place.lon, place.lat, srid=4326))]


def told(part: AreaJson, middle: Pair | None = None) -> AreaShown | None:
    """A part as it was said; None for a settlement that the gazetteer has lost. `middle`: of the place itself."""
    code, kind = part.get("code", ""), part["kind"]
    if kind == "country":
        return _country(code)
    if kind == "region":
        return _region(code)
    if kind == "polygon":
        return _piece("polygon", ring=part["ring"])
    place = gazetteer.place(code) if code else None
    if kind == "circle":
        if place:
            return _piece("circle", code, place.country, middle=[place.lon, place.lat], km=part["km"])
        return _piece("circle", middle=middle, km=part["km"])
    if place is None:
        return None
    return _piece(
        kind, code, place.country, name=part.get("name", ""), middle=[place.lon, place.lat], km=width_of(place)
    )


def _blurred(parts: Iterable[AreaJson], own: str, pin: Pair | None, least: float) -> Iterator[AreaShown]:
    """Parts of a place that shows its district or its settlement only."""
    for part in parts:
        if part["kind"] == "polygon":
            codes = [place.id for place in inside(part["ring"])]
            pieces: list[AreaJson] = [{"kind": "city", "code": code} for code in dict.fromkeys([own, *codes]) if code]
            pieces = pieces or [{"kind": "circle", "km": least}]
        elif part["kind"] == "district":
            pieces = [{"kind": "city", "code": part["code"]}]
        elif part["kind"] == "circle":
            pieces = [{**part, "km": max(part["km"], least)}]
        else:
            pieces = [part]
        yield from (one for piece in pieces if (one := told(piece, pin)))


def _country_of(part: AreaJson) -> str:
    """The country of a part that is named by a code; "" for what is drawn, and around the place itself."""
    code = part.get("code", "")
    if part["kind"] in ("country", "region"):
        return code.partition(".")[0]
    place = gazetteer.place(code) if code else None
    return place.country if place else ""


def _country(code: str) -> AreaShown:
    return _piece("country", code, code)


def _region(code: str) -> AreaShown | None:
    towns = towns_of(code)
    if not towns:
        return None
    hull = cast(Polygon, MultiPoint([Point(one.lon, one.lat) for one in towns]).convex_hull.buffer(_MARGIN, quadsegs=2))
    ring: list[Pair] = [[round(x, 4), round(y, 4)] for x, y in hull.coords[0]]
    return _piece("region", code, code.partition(".")[0], name=towns[0].id, ring=ring)


def _piece(
    kind: AreaKind,
    code: str = "",
    country: str = "",
    *,
    name: str = "",
    middle: Pair | None = None,
    km: float | None = None,
    ring: list[Pair] | None = None,
) -> AreaShown:
    lon, lat = (round(middle[0], 6), round(middle[1], 6)) if middle else (None, None)
    return {
        "kind": kind,
        "code": code,
        "country": country,
        "name": name,
        "lon": lon,
        "lat": lat,
        "km": km,
        "ring": ring or [],
    }


def _shape(area: AreaShown) -> Polygon | None:
    """The ground of a part; None for what is asked by its code alone."""
    if area["kind"] == "polygon":
        return drawn(area["ring"])
    if area["lon"] is None or area["lat"] is None or area["km"] is None:
        return None
    return circle(area["lon"], area["lat"], area["km"])
