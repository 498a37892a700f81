"""The next stays of a mobile point, each with the one press that calls it off or takes that back."""

from __future__ import annotations

from dataclasses import dataclass

from core import clock
from directory.coming.stops import shown, stays
from reading.presenters.coming import stay_told
from services.models import ServiceAtLocation
from verification.services.asked.stops import stops_of

_MOST = 10


@dataclass(frozen=True)
class StayLine:
    """`on` is the day in ISO form."""

    stop: str
    on: str
    text: str
    is_off: bool


def next_stays(listing: ServiceAtLocation) -> list[StayLine]:
    """Those that the map shows, and those that will be sent; none for what does not stop anywhere."""
    at, zone, own = clock.now(), listing.timezone, listing.hours or {}
    stops = shown(stops_of(listing), [(day["stop"], day["on"]) for day in listing.stops_off], own.get("holidays", ""))
    today = clock.today(zone)
    return [
        StayLine(stay.stop["id"], stay.date.isoformat(), stay_told(stay, today, at)["text"], stay.is_off)
        for stay in stays(stops, listing.country, zone, at)[:_MOST]
    ]
