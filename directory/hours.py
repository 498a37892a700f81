"""Is it open at an instant, and when does that change. Evaluated from the OSM string, in the zone of the place.

Public holidays count when the hours say so ("PH off") and the calendar of the country is known to the library;
for other countries the weekly hours are shown as they are. The words for people are in `reading.hours`.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from opening_hours import OpeningHours, ParserError, UnknownCountryError  # type: ignore[attr-defined]

from core import clock

#: A change further away than this is not worth announcing.
_HORIZON_DAYS = 366


def is_open(osm: str, country: str, zone_name: str, at: dt.datetime) -> bool:
    """Whether the doors are open at that instant; False when the hours are unknown."""
    return moment(osm, country, zone_name, whole_minute(at))[0] in ("open", "always")


@lru_cache(maxsize=4096)
def moment(osm: str, country: str, zone_name: str, at: dt.datetime) -> tuple[str, dt.datetime | None]:
    """(state, next change): open, closed, always or unknown at a whole minute."""
    parsed = _parsed(osm, country, zone_name)
    if parsed is None:
        return "unknown", None
    local = at.astimezone(clock.zone(zone_name))
    change = parsed.next_change(local)
    if parsed.is_unknown(local):
        return "unknown", None
    if not parsed.is_open(local):
        return "closed", change
    return ("open", change) if change else ("always", None)


@lru_cache(maxsize=2048)
def _parsed(osm: str, country: str, zone_name: str) -> OpeningHours | None:
    """None for nothing, and for text that is not opening hours."""
    if not osm.strip():
        return None
    options: dict[str, Any] = {"timezone": clock.zone(zone_name), "max_interval_days": _HORIZON_DAYS}
    try:
        return OpeningHours(osm, country=country or None, **options)
    except UnknownCountryError:
        return OpeningHours(osm, **options)
    except ParserError:
        return None


def whole_minute(at: dt.datetime) -> dt.datetime:
    """The minute of an instant: answers are kept by it."""
    return at.replace(second=0, microsecond=0)
