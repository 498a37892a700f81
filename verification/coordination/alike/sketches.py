"""A listing as the rule of likeness compares it: what members of the network may know of its working copy.

Rule: a likeness tells. "Both at one door" beside an address that everybody knows would give a hidden door away, so what
members may not know is compared with nothing, whoever asks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.db.models import Prefetch

from organizations.models import AddressPrecision, Channel, Contact, Location
from organizations.models.location import PRECISION_ORDER
from organizations.models.organization import FOR_MEMBERS
from services.models import ServiceAtLocation
from verification.coordination.alike.rule.likeness import Sketch
from verification.snapshots import contacts_of, texts

#: Sites that belong to everybody: an address there says nothing of whose it is.
_OF_EVERYBODY = (
    "facebook.com instagram.com t.me telegram.me vk.com ok.ru youtube.com tiktok.com linktr.ee google.com"
    " docs.google.com forms.gle wa.me signal.me viber.com twitter.com x.com linkedin.com"
)
_EVERYBODYS = frozenset(_OF_EVERYBODY.split())
_BY_PHONE = frozenset({Channel.PHONE, Channel.WHATSAPP, Channel.VIBER, Channel.SIGNAL})
#: What a sketch reads: sixty listings are read for each new one, so nothing else is.
_SERVICE = ("organization_id", "title", "types", "groups", "i18n")
_PLACE = ("country", "city", "place_code", "address", "point", "visibility", "member_precision", "i18n")
_OWNER = ("public_id", "name", "short_name", "website", "i18n")
_WAY = ("organization_id", "location_id", "channel", "value", "audience", "visibility", "position")


def sketches_of(keys: Iterable[int]) -> dict[int, Sketch]:
    """The sketches of these listings by key, in a constant number of queries."""
    ways = Contact.objects.only(*_WAY)
    columns = [f"service__{name}" for name in _SERVICE] + [f"location__{name}" for name in _PLACE]
    columns += [f"service__organization__{name}" for name in _OWNER] + ["remote_country"]
    rows = ServiceAtLocation.objects.filter(pk__in=set(keys)).select_related("service__organization", "location")
    rows = rows.only(*columns).prefetch_related(
        Prefetch("contacts", ways), Prefetch("service__organization__contacts", ways)
    )
    return {row.pk: sketch_of(row) for row in rows.order_by("pk")}


def sketch_of(listing: ServiceAtLocation) -> Sketch:
    """What members may know of it; the listing comes with its parts (`verification.snapshots.parts`)."""
    service, place, owner = listing.service, listing.location, listing.service.organization
    ways = [way for way in contacts_of(listing) if way.visibility in FOR_MEMBERS]
    door = place if place and _tells(place, AddressPrecision.EXACT) else None
    city = place if place and _tells(place, AddressPrecision.SETTLEMENT) else None
    return Sketch(
        kind="listing",
        names=tuple(texts(service, "title").values()),
        owner=owner.public_id,
        owners=(*texts(owner, "name").values(), *texts(owner, "short_name").values()),
        types=frozenset(service.types),
        groups=frozenset(service.groups),
        country=listing.country,
        cities=tuple(sorted({city.place_code, *texts(city, "city").values()} - {""})) if city else (),
        addresses=tuple(texts(door, "address").values()) if door else (),
        point=(door.point.x, door.point.y) if door and door.point else None,
        is_remote=place is None,
        phones=phones_in((way.channel, way.value) for way in _for_clients(ways)),
        handles=handles_in((way.channel, way.value) for way in _for_clients(ways)),
        mails=frozenset(way.value.lower() for way in _for_clients(ways) if way.channel == Channel.EMAIL),
        sites=sites_in([owner.website, *(way.value for way in ways if way.channel == Channel.FORM)]),
    )


def basis_of(sketch: Sketch) -> str:
    """A hash of the name, the phones and the place: while it is the same, what was said of the listing holds."""
    said = (
        sorted(sketch.names), sorted(sketch.phones), sketch.country, sorted(sketch.cities), sorted(sketch.addresses),
        sketch.point and [round(one, 6) for one in sketch.point], sketch.is_remote,
    )  # fmt: skip
    return hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest()


def phones_in(ways: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The digits of every number, without an extension: a messenger on a number is that number."""
    found = (_digits(value) for channel, value in ways if channel in _BY_PHONE)
    return frozenset(digits for digits in found if digits)


def handles_in(ways: Iterable[tuple[str, str]]) -> frozenset[str]:
    return frozenset(value.lower().lstrip("@") for channel, value in ways if channel == Channel.TELEGRAM)


def sites_in(addresses: Iterable[str]) -> frozenset[str]:
    """Hosts that are somebody's own."""
    hosts = {(urlsplit(address).hostname or "").removeprefix("www.") for address in addresses if address}
    return frozenset(hosts - _EVERYBODYS - {""})


def _tells(place: Location, precision: str) -> bool:
    """Whether all members may know where the place is, at least so exactly."""
    known = PRECISION_ORDER.index(place.member_precision) <= PRECISION_ORDER.index(precision)
    return place.visibility in FOR_MEMBERS and known


def _for_clients(ways: Iterable[Contact]) -> list[Contact]:
    return [way for way in ways if way.audience == "clients"]


def _digits(value: str) -> str:
    return "".join(sign for sign in value.split("ext.")[0] if sign.isdigit())
