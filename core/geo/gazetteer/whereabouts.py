"""In which country a point lies: by the outlines, and where those of two countries overlap by the nearest town.

Nothing is remembered between questions: a point may be where somebody stands.
"""

from __future__ import annotations

import math
from collections.abc import Collection

from core.geo.gazetteer.places import Place, places
from core.geo.outlines import holding

KM_PER_DEGREE = 111.32


def country_at(lat: float, lon: float) -> str:
    """The code of the country, "" at sea."""
    found = holding(lon, lat)
    if len(found) < 2:
        return next(iter(found), "")
    near = nearest(lat, lon, countries=found)
    return near[0].country if near else found[0]


def nearest(lat: float, lon: float, *, countries: Collection[str] = ()) -> tuple[Place, float] | None:
    """The nearest town (in these countries, when there are any), and how many kilometres away its middle is."""
    width = math.cos(math.radians(lat))

    def degrees(town: Place) -> float:
        return math.hypot(town.lat - lat, ((town.lon - lon + 540) % 360 - 180) * width)

    towns = [town for town in places().values() if not countries or town.country in countries]
    found = min(towns, key=degrees, default=None)
    return (found, degrees(found) * KM_PER_DEGREE) if found else None
