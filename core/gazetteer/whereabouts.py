"""In which country a point lies: by the outlines, and where those of two countries overlap by the nearest town.

Nothing is remembered between questions: a point may be where somebody stands.
"""

from __future__ import annotations

import math

from core.gazetteer.places import places
from core.outlines import holding


def country_at(lat: float, lon: float) -> str:
    """The code of the country, "" at sea."""
    found = holding(lon, lat)
    if len(found) < 2:
        return next(iter(found), "")
    width = math.cos(math.radians(lat))
    towns = [town for town in places().values() if town.country in found]
    near = min(towns, key=lambda town: math.hypot(town.lat - lat, (town.lon - lon) * width), default=None)
    return near.country if near else found[0]
