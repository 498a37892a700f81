"""Regions of countries: the list of places has a code for each, and no name. A region is called by its biggest town."""

from __future__ import annotations

from functools import cache

from core.gazetteer.places import Place, place, places
from core.gazetteer.whereabouts import nearest

#: Up to so many people a settlement is so wide, in km from its middle.
_WIDTHS = ((20_000, 4.0), (100_000, 6.0), (500_000, 10.0), (2_000_000, 15.0))
_WIDEST = 25.0


def region_of(town: Place) -> str:
    """The code of the region in which a town lies, with that of its country: "GE.68"."""
    return f"{town.country}.{town.admin1}"


def region_at(lat: float, lon: float, place_id: str = "") -> str:
    """The region of a place, else that of the nearest town; "" where there is none."""
    known = place(place_id) if place_id else None
    near = None if known else nearest(lat, lon)
    return region_of(known) if known else region_of(near[0]) if near else ""


def towns_of(region: str) -> tuple[Place, ...]:
    """The towns of a region, the biggest first; none for an unknown one."""
    return _regions().get(region, ())


@cache
def _regions() -> dict[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for one in places().values():
        found[region_of(one)] = (*found.get(region_of(one), ()), one)
    return found


def width_of(town: Place) -> float:
    """How far a settlement reaches from its middle, in km."""
    return next((km for people, km in _WIDTHS if town.population < people), _WIDEST)
