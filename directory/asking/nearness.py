"""Which countries are near the place of a question: that of the place itself first."""

from __future__ import annotations

import math
from functools import cache

from core.geo import gazetteer
from core.geo.gazetteer import Place
from directory.asking.filters import Filters
from directory.filtering.declared import ANY_COUNTRY

#: Further away nobody asks for the next one.
_MOST = 12


def countries_by_nearness(filters: Filters) -> list[str]:
    """Codes of countries, the nearest first; none where the question names no place."""
    named = [code for code in filters.country if code != ANY_COUNTRY]
    city = next((place for code in filters.city if (place := gazetteer.place(code))), None)
    if filters.near:
        home = filters.near.country
        return _around(filters.near.lat, filters.near.lon, [home] if home else [])
    start = city or next((_main_places()[code] for code in named if code in _main_places()), None)
    return _around(start.lat, start.lon, [*named, start.country]) if start else named


def _around(lat: float, lon: float, first: list[str]) -> list[str]:
    def distance(place: Place) -> float:
        east = (place.lon - lon + 540) % 360 - 180
        return math.hypot(place.lat - lat, east * math.cos(math.radians(lat)))

    near = sorted(_main_places().values(), key=distance)[:_MOST]
    return list(dict.fromkeys([*first, *(place.country for place in near)]))


@cache
def _main_places() -> dict[str, Place]:
    """The largest place of each country."""
    found: dict[str, Place] = {}
    for place in gazetteer.places().values():
        found.setdefault(place.country, place)
    return found
