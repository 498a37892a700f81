"""Where the services of a letter are: cities, counts and dates.

Rule: a letter names no service. It is read on lock screens, by families and by employers, and a title says what a
person is. A city is told only where everybody may read it on the map; the page behind the link says the rest.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.crossing.content import Content
from directory.vocabulary import localised
from organizations.models import AddressPrecision, Visibility
from verification.models import ListingState

#: How exactly everybody may know a place whose city a letter may name.
_CITY_IS_PUBLIC = (AddressPrecision.EXACT, AddressPrecision.DISTRICT, AddressPrecision.SETTLEMENT)
#: A letter lists so many cities; the page behind the link has all.
CITIES = 25


@dataclass(frozen=True)
class Where:
    """How many services a city has of those that the letter speaks about, and the first of their dates."""

    city: str
    count: int
    day: dt.date | None


def by_city(states: Iterable[tuple[ListingState, dt.date | None]]) -> tuple[list[Where], int]:
    """The cities in the order of their first dates, and how many services are named on the page only."""
    found: dict[str, list[dt.date | None]] = defaultdict(list)
    unnamed = 0
    for state, day in states:
        city = _city(state.published.content) if state.published else ""
        if city and (city in found or len(found) < CITIES):
            found[city].append(day)
        else:
            unnamed += 1
    rows = [Where(city, len(days), min(filter(None, days), default=None)) for city, days in found.items()]
    return sorted(rows, key=lambda row: (row.day or dt.date.max, row.city)), unnamed


def _city(content: Content) -> str:
    """The city of a listing in words, "" where not everybody may know it."""
    place = content["location"]
    if content["service"]["visibility"] != Visibility.PUBLIC:
        return ""
    if place is None:
        return _("remotely")
    is_public = place["visibility"] == Visibility.PUBLIC and place["public_precision"] in _CITY_IS_PUBLIC
    return localised(place["city"]) if is_public else ""
