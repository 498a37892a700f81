"""Circles and drawn shapes on the ground. Degrees, WGS 84, longitude first."""

from __future__ import annotations

import math
from collections.abc import Sequence

from django.contrib.gis.geos import Polygon

KM_PER_DEGREE = 111.32
_CORNERS = 36


def circle(lon: float, lat: float, km: float) -> Polygon:
    """A circle on the ground as a polygon."""
    high = km / KM_PER_DEGREE
    wide = high / max(math.cos(math.radians(lat)), 0.05)
    turns = [2 * math.pi * step / _CORNERS for step in range(_CORNERS)]
    ring = [(_within(lon + wide * math.cos(turn), 180.0), _within(lat + high * math.sin(turn), 90.0)) for turn in turns]
    return Polygon([*ring, ring[0]], srid=4326)


def drawn(ring: Sequence[Sequence[float]]) -> Polygon:
    """What was drawn by hand; the first corner stands again at the end."""
    return Polygon([tuple(corner) for corner in ring], srid=4326)


def size_of(shape: Polygon) -> float:
    """In square kilometres, roughly."""
    return float(shape.area) * KM_PER_DEGREE**2 * math.cos(math.radians(shape.centroid.y))


def _within(degrees: float, limit: float) -> float:
    return min(max(degrees, -limit), limit)
