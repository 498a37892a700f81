"""How far two points lie from each other.

geopy brings its geocoders and two HTTP clients along, a fifth of what a program needs to start: it is imported when
somebody asks for the first distance.
"""

from __future__ import annotations


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Along the great circle, between two points of (latitude, longitude)."""
    from geopy.distance import great_circle

    return float(great_circle(one, other).km)
