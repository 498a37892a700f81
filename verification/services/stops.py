"""Calling a stop of a mobile point off for a day, and taking that back: on the map at once, without a review."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.constraints import save_version
from core.errors import WrongState
from directory.content import StopJson
from services.models import ServiceAtLocation
from services.stops import DayOff, without_past
from verification.access import require_owner
from verification.models import ListingState
from verification.services.changing import audit, load, place_today
from verification.services.edits import publish_again

if TYPE_CHECKING:
    from accounts.models import User

#: Nobody knows so early that a stop is called off.
_AHEAD = dt.timedelta(days=366)


@transaction.atomic
def call_off(
    *, listing: ServiceAtLocation, actor: User | None, stop: str, on: dt.date, is_back: bool = False
) -> ServiceAtLocation:
    """The stop is called off on that day; with `is_back` it takes place after all. Doing it twice changes nothing."""
    listing = load(listing)
    require_owner(listing, actor)
    today = place_today(listing)
    known = {one["id"] for one in stops_of(listing)}
    if stop not in known or not today <= on <= today + _AHEAD:
        raise WrongState(_("This stop is not in the timetable of that day any more."))
    day: DayOff = {"stop": stop, "on": on.isoformat()}
    others = [one for one in listing.stops_off if one != day]
    with audit("stop", actor):
        wanted = without_past(others if is_back else [*others, day], known, today)
        if wanted != listing.stops_off:
            listing.stops_off = wanted
            save_version(listing, expected=listing.version, fields=["stops_off"])
            publish_again([listing])
    return listing


def stops_of(listing: ServiceAtLocation) -> list[StopJson]:
    """Those that the map shows, and those that the working copy has beside them."""
    state = ListingState.objects.select_related("published").filter(listing=listing).first()
    published = state.published.content["listing"].get("stops", []) if state and state.published else []
    ids = {stop["id"] for stop in published}
    return [*published, *(stop for stop in listing.stops if stop["id"] not in ids)]
