"""Nothing is shown wider than its organisation wants it now, whatever was approved before.

What goes on the map is an approved snapshot. The organisation may have narrowed something after it was frozen: made
it for members only, blurred a place, hidden a phone. Narrowing never waits for anybody, so it is laid over every
snapshot at the door to the directory, by whichever way a listing comes there. Widening waits for a review, and so does
a pin that moves: a place is shown less exactly by the pin that its own snapshot has for that, never by another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict, TypeVar, cast

from directory.crossing.content import ContactPart, Content, LocationPart, ServicePart
from directory.crossing.records import risks_for
from organizations.models import Contact, Location
from organizations.models.location import PRECISION_ORDER
from organizations.models.organization import VISIBILITY_ORDER
from services.models import ServiceAtLocation

PartT = TypeVar("PartT", ServicePart, LocationPart, ContactPart)

PUBLIC_TO_NARROW: Mapping[str, Sequence[str]] = {
    "visibility": VISIBILITY_ORDER,
    "risk_visibility": VISIBILITY_ORDER,
    "public_precision": PRECISION_ORDER,
    "member_precision": PRECISION_ORDER,
    "country_precision": PRECISION_ORDER,
    "circle_precision": PRECISION_ORDER,
}

NARROWS_PLACES = tuple(name for name in PUBLIC_TO_NARROW if name != "risk_visibility")

#: Visibility and audience of contacts by their public ids.
Doors = dict[str, tuple[str, str]]


class Narrowness(TypedDict):
    """How narrow the working copy is: what `narrower` reads of it."""

    visibility: str
    risks: str
    location: Mapping[str, str] | None
    contacts: Doors


def narrowness(working: Content) -> Narrowness:
    """How narrow a whole content is."""
    return {
        "visibility": working["service"]["visibility"],
        "risks": risks_for(working),
        "location": _told(cast("Mapping[str, str]", working["location"])) if working["location"] else None,
        "contacts": {contact["id"]: (contact["visibility"], contact["audience"]) for contact in working["contacts"]},
    }


def narrower(published: Content, working: Content) -> Content:
    """The published content with every visibility and precision that the working copy has narrowed."""
    return _as_narrow(published, narrowness(working))


def _as_narrow(published: Content, wanted: Narrowness) -> Content:
    old = published["location"]
    result = published.copy()
    result["service"] = _narrow_service(published, wanted)
    result["contacts"] = [_narrow_contact(contact, wanted["contacts"]) for contact in published["contacts"]]
    place = wanted["location"]
    if old and place and old["id"] == place["id"]:
        result["location"] = _as_told(
            _narrowed(cast(LocationPart, {**old, **_told(cast("Mapping[str, str]", old))}), place)
        )
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
    now: Narrowness = {
        "visibility": listing.service.visibility,
        "risks": listing.service.risk_visibility,
        "location": _place(place) if place else None,
        "contacts": doors,
    }
    return _as_narrow(published, now)


def _seen(listing: ServiceAtLocation) -> ServiceAtLocation:
    place = [f"location__{name}" for name in ("public_id", *NARROWS_PLACES)]
    rows = ServiceAtLocation.objects.select_related("service", "location")
    return rows.only("service__visibility", "service__risk_visibility", *place).get(pk=listing.pk)


def _place(place: Location) -> Mapping[str, str]:
    return {"id": place.public_id, **_told({name: getattr(place, name) for name in NARROWS_PLACES})}


def _told(place: Mapping[str, str]) -> Mapping[str, str]:
    """How narrow a place is, with what a smaller circle gets where nothing of its own is said."""
    country = place.get("country_precision") or place["member_precision"]
    circle = place.get("circle_precision") or country
    return {**place, "country_precision": country, "circle_precision": circle}


def _as_told(place: LocationPart) -> LocationPart:
    """As a snapshot says it: nothing where a smaller circle gets what members get."""
    for name in ("country_precision", "circle_precision"):
        if place[name] == place["member_precision"]:  # type: ignore[literal-required]
            del place[name]  # type: ignore[misc]
    return place


def _narrowed(published: PartT, working: Mapping[str, str]) -> PartT:
    """A part as narrow as the narrower of both."""
    old = cast("Mapping[str, str]", published)
    changed = {
        name: working[name]
        for name, order in PUBLIC_TO_NARROW.items()
        if name in working and order.index(working[name]) > order.index(old[name])
    }
    return cast(PartT, {**old, **changed})


def _narrow_service(published: Content, wanted: Narrowness) -> ServicePart:
    told = cast(ServicePart, {**published["service"], "risk_visibility": risks_for(published)})
    narrow = _narrowed(told, {"visibility": wanted["visibility"], "risk_visibility": wanted["risks"]})
    if narrow["risk_visibility"] == "members":  # as a snapshot says it: nothing
        del narrow["risk_visibility"]
    return narrow


def _narrow_contact(contact: ContactPart, doors: Doors) -> ContactPart:
    """A contact that was removed disappears only by a review, unless its visibility was narrowed."""
    visibility, audience = doors.get(contact["id"], (contact["visibility"], contact["audience"]))
    narrowed = _narrowed(contact, {"visibility": visibility})
    narrowed["audience"] = "colleagues" if audience == "colleagues" else contact["audience"]
    return narrowed
