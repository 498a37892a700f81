"""Calling a stop of a mobile point off for a day, and taking that back: on the map at once, without a review."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.constraints import save_version
from core.errors import WrongState
from directory.crossing.content import StopJson
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
    """The stop is called off on that day, for every service of the point; with `is_back` it takes place after all.

    Doing it twice changes nothing.
    """
    listing = load(listing)
    require_owner(listing, actor)
    today = place_today(listing)
    if not today <= on <= today + _AHEAD or stop not in _ids(listing):
        raise WrongState(_("This stop is not in the timetable of that day any more."))
    day: DayOff = {"stop": stop, "on": on.isoformat()}
    with audit("stop", actor):
        changed = [one for one in _of_the_point(listing) if stop in _ids(one) and _write(one, day, today, is_back)]
        publish_again(changed)
    return listing


def _write(listing: ServiceAtLocation, day: DayOff, today: dt.date, is_back: bool) -> bool:
    others = [one for one in listing.stops_off if one != day]
    wanted = without_past(others if is_back else [*others, day], _ids(listing), today)
    if wanted == listing.stops_off:
        return False
    listing.stops_off = wanted
    save_version(listing, expected=listing.version, fields=["stops_off"])
    return True


def _of_the_point(listing: ServiceAtLocation) -> list[ServiceAtLocation]:
    """The listing, and those of its organisation at its place: a bus that does not come brings none of its services."""
    rows = ServiceAtLocation.objects.filter(
        service__organization=listing.service.organization_id, location=listing.location_id
    )
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def _ids(listing: ServiceAtLocation) -> set[str]:
    return {one["id"] for one in stops_of(listing)}


def stops_of(listing: ServiceAtLocation) -> list[StopJson]:
    """Those that the map shows, and those that the working copy has beside them."""
    state = ListingState.objects.select_related("published").filter(listing=listing).first()
    published = state.published.content["listing"].get("stops", []) if state and state.published else []
    ids = {stop["id"] for stop in published}
    return [*published, *(stop for stop in listing.stops if stop["id"] not in ids)]
