"""What the map shows first, in the page itself: its pins are there before anything is asked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypedDict

from directory.asking.facets import Counts
from directory.asking.filters import Filters
from directory.asking.mapview import MapCluster, MapPoint
from reading import answers
from reading.asked import Asked

#: Pixels of map that a small phone, a phone and a desk have for what is fitted into them.
ROOMS = ((295, 420), (332, 480), (750, 640))
TILE = 256
#: As static/js/map/view.js fits: half a zoom at a time, and no closer than a town.
CLOSEST = 12
MOST_MARKS = 120


class Drawn(TypedDict):
    clusters: list[MapCluster]
    points: list[MapPoint]


class FirstView(TypedDict):
    """An answer of the map for everywhere, by zoom; a page that fits otherwise asks."""

    total: int
    places: int
    unplaced: int
    counts: dict[str, dict[str, int]]
    zooms: dict[str, Drawn]


def first_view(asked: Asked, filters: Filters, counts: Counts, box: Sequence[float] | None) -> FirstView | None:
    """None where there is nothing to fit, and where a question is of a position."""
    if box is None or filters.near or filters.is_lost or not counts.total:
        return None
    whole = filters.replace(bbox=None)
    found = {zoom: answers.map_answer(asked, whole, zoom, counts=counts) for zoom in zooms(box)}
    one = next(iter(found.values()))
    return {
        "total": one["total"],
        "places": one["places"],
        "unplaced": one["unplaced"],
        "counts": one["counts"],
        "zooms": {
            str(zoom): {"clusters": each["clusters"], "points": each["points"]}
            for zoom, each in found.items()
            if len(each["clusters"]) + len(each["points"]) <= MOST_MARKS
        },
    }


def zooms(box: Sequence[float]) -> list[int]:
    """At which a box of degrees is seen first, on phones and on a desk."""
    west, south, east, north = box
    wide, high = (east - west) / 360, (_row(south) - _row(north))
    fits = [min(_zoom(width, wide), _zoom(height, high)) for width, height in ROOMS]
    return sorted({math.floor(min(CLOSEST, math.floor(fit * 2) / 2) + 0.5) for fit in fits})


def _zoom(pixels: float, share: float) -> float:
    return math.log2(pixels / (TILE * share)) if share > 0 else CLOSEST


def _row(latitude: float) -> float:
    """From 0 at the northern edge of the square world to 1."""
    return (1 - math.asinh(math.tan(math.radians(max(-85.0, min(85.0, latitude))))) / math.pi) / 2
