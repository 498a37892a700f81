"""Whether a point can lie in a country, by outlines that are a little wider than the country.

Rule: they tell a slip (0,0 or swapped numbers) from a place, and which countries are near a point; nothing is drawn
of them. A place that several countries claim lies inside each; a country without an outline holds every point. Rows
come from `fixtures/outlines/countries.json.gz`; `fixtures/build/build_outlines.py` says what they are made of.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from itertools import pairwise

from django.conf import settings

FILE = settings.BASE_DIR / "fixtures" / "outlines" / "countries.json.gz"

#: Longitude and latitude of each corner, the first one again at the end.
Ring = list[tuple[float, float]]


def may_hold(country: str, lon: float, lat: float) -> bool:
    """Whether the point may lie in the country (ISO code)."""
    rings = _outlines().get(country.upper())
    return rings is None or any(_is_inside(ring, lon, lat) for ring in rings)


def holding(lon: float, lat: float) -> list[str]:
    """The countries in whose outline the point lies: none at sea, several near a border."""
    return [
        code
        for code, west, south, east, north in _widest()
        if south <= lat <= north and west <= lon <= east and may_hold(code, lon, lat)
    ]


@cache
def _outlines() -> dict[str, list[Ring]]:
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        found: dict[str, list[Ring]] = json.load(file)
    return found


def _is_inside(ring: Ring, lon: float, lat: float) -> bool:
    """An odd number of edges lies east of the point."""
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


@cache
def _widest() -> list[tuple[str, float, float, float, float]]:
    """Each country with west, south, east and north of all that it is made of."""
    found = [(code, tuple(zip(*boxes(code), strict=True))) for code in _outlines()]
    return [(code, min(west), min(south), max(east), max(north)) for code, (west, south, east, north) in found]


def boxes(country: str) -> list[tuple[float, float, float, float]]:
    """West, south, east, north of each part of the country; none for one without an outline."""
    rings = _outlines().get(country.upper(), [])
    found = [([lon for lon, _lat in ring], [lat for _lon, lat in ring]) for ring in rings]
    return [(min(lons), min(lats), max(lons), max(lats)) for lons, lats in found]
