"""In which country a point lies: by the outlines, and where those of two countries overlap by the nearest town.

Nothing is remembered between questions: a point may be where somebody stands.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from functools import cache

from core.geo.gazetteer.places import Place, places
from core.geo.outlines import holding

KM_PER_DEGREE = 111.32
#: Degrees of latitude to either side; and so many that nothing is left outside.
_FIRST_LOOK, _WHOLE = 1.0, 180.0


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

    reach = _FIRST_LOOK
    while True:
        towns = [town for town in _between(lat - reach, lat + reach) if not countries or town.country in countries]
        found = min(towns, key=degrees, default=None)
        # whatever lies outside of the band is farther away than the band is wide
        if (found and degrees(found) <= reach) or reach >= _WHOLE:
            return (found, degrees(found) * KM_PER_DEGREE) if found else None
        reach *= 4


def _between(south: float, north: float) -> Sequence[Place]:
    """Towns between two latitudes."""
    towns, latitudes = _from_south()
    return towns[bisect_left(latitudes, south) : bisect_right(latitudes, north)]


@cache
def _from_south() -> tuple[Sequence[Place], list[float]]:
    towns = sorted(places().values(), key=lambda town: town.lat)
    return towns, [town.lat for town in towns]
