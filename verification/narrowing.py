"""Nothing is shown wider than its organisation wants it now, whatever was approved before.

What goes on the map is an approved snapshot. The organisation may have narrowed something after it was frozen: made
it for members only, blurred a place, hidden a phone. Narrowing never waits for anybody, so it is laid over every
snapshot at the door to the directory, by whichever way a listing comes there. Widening waits for a review.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from organizations.models import Contact, Location
from organizations.models.location import PRECISION_ORDER
from organizations.models.organization import VISIBILITY_ORDER
from services.models import ServiceAtLocation
from verification.snapshots import Content, pair

_PUBLIC_TO_NARROW = {
    "visibility": VISIBILITY_ORDER,
    "public_precision": PRECISION_ORDER,
    "member_precision": PRECISION_ORDER,
}
_CENTRES = ("district_point", "settlement_point")

#: Visibility and audience of contacts by their public ids.
Doors = dict[str, tuple[str, str]]


def narrower(published: Content, working: Content) -> Content:
    """The published content with every visibility and precision that the working copy has narrowed.

    Of `working` it reads the visibility of service, place and contacts, and the place's precisions with their points.
    """
    result: dict[str, Any] = published | {
        "service": _narrow_part(published["service"], working["service"]),
        "contacts": _narrow_contacts(published["contacts"], working["contacts"]),
    }
    if published["location"] and working["location"] and published["location"]["id"] == working["location"]["id"]:
        result["location"] = _narrow_part(published["location"], working["location"])
    return result


def doors_of_contacts(ids: Iterable[str] | None = None) -> Doors:
    """Who may know which contact now; of all contacts without `ids`."""
    contacts = Contact.objects.all() if ids is None else Contact.objects.filter(public_id__in=list(ids))
    rows = contacts.order_by().values_list("public_id", "visibility", "audience")
    return {public_id: (visibility, audience) for public_id, visibility, audience in rows}


def narrowed_now(published: Content, listing: ServiceAtLocation, doors: Doors | None = None) -> Content:
    """The published content as narrow as the listing's rows are at this moment.

    Reads the rows anew: whoever holds the lock of the state may have loaded the listing before somebody narrowed it.
    With `doors` the caller vouches for the listing that it gives, and saves the queries.
    """
    if doors is None:
        listing = _seen(listing)
        doors = doors_of_contacts(contact["id"] for contact in published["contacts"])
    place = listing.location
    working: Content = {
        "service": {"visibility": listing.service.visibility},
        "contacts": [{"id": key, "visibility": seen, "audience": whom} for key, (seen, whom) in doors.items()],
        "location": _place(place) if place else None,
    }
    return narrower(published, working)


def _seen(listing: ServiceAtLocation) -> ServiceAtLocation:
    place = [f"location__{name}" for name in ("public_id", *_PUBLIC_TO_NARROW, *_CENTRES)]
    rows = ServiceAtLocation.objects.select_related("service", "location")
    return rows.only("service__visibility", *place).get(pk=listing.pk)


def _place(place: Location) -> Content:
    plain = {name: getattr(place, name) for name in _PUBLIC_TO_NARROW}
    return plain | {name: pair(getattr(place, name)) for name in _CENTRES} | {"id": place.public_id}


def _narrow_part(published: dict[str, Any], working: dict[str, Any]) -> dict[str, Any]:
    changed = {
        name: working[name]
        for name, order in _PUBLIC_TO_NARROW.items()
        if name in working and order.index(working[name]) > order.index(published[name])
    }
    if {"public_precision", "member_precision"} & changed.keys():
        changed |= {name: working[name] for name in _CENTRES if working[name]}
    return published | changed


def _narrow_contacts(published: list[dict[str, Any]], working: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A contact that was removed disappears only by a review, unless its visibility was narrowed."""
    now = {contact["id"]: contact for contact in working}
    narrowed = []
    for contact in published:
        new = now.get(contact["id"], contact)
        changed = _narrow_part({"visibility": contact["visibility"]}, {"visibility": new["visibility"]})
        audience = "colleagues" if new["audience"] == "colleagues" else contact["audience"]
        narrowed.append(contact | changed | {"audience": audience})
    return narrowed
