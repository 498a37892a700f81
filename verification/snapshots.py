"""Freezing a listing, and comparing two frozen listings field by field. Shape: `directory.crossing.content.Content`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypedDict, TypeVar, cast

from django.contrib.gis.geos import Point
from django.db.models import Model, QuerySet

from core.constraints import Editable
from core.languages import columns
from directory.crossing.content import (
    CRITICAL,
    PARTS,
    SCHEMA,
    SILENT,
    AreaJson,
    ContactPart,
    Content,
    HoursJson,
    LocationPart,
    OrganizationPart,
    Pair,
    ServicePart,
    StopJson,
    Texts,
    plain_of,
    points_of,
    texts_of,
)
from directory.hours.osm import osm
from organizations.models import Contact, Location, Organization, Visibility
from services.hours import OpeningHours
from services.models import Service, ServiceAtLocation


class ComingSaid(TypedDict, total=False):
    """The two fields of a listing that are absent where nothing is said."""

    area: list[AreaJson]
    stops: list[StopJson]


ListingsT = TypeVar("ListingsT", bound=QuerySet[ServiceAtLocation])


@dataclass(frozen=True)
class FieldChange:
    """One field that differs. `path` is "part.field" ("contacts.<id>" for a contact); old or new may be None."""

    path: str
    part: str
    field: str
    old: Any
    new: Any
    critical: bool


def texts(instance: Model, name: str) -> Texts:
    """A translated field in every language that it has."""
    kept = {name: getattr(instance, name), **(getattr(instance, "i18n", None) or {})}
    return {language: kept[at] for at, language in columns(name) if kept.get(at)}


def freeze(listing: ServiceAtLocation, contacts: Iterable[Contact] | None = None) -> Content:
    """The working copy of a listing as it is now; `contacts` are `contacts_of` it, where the caller has them."""
    service, location = listing.service, listing.location
    hours = cast(HoursJson, OpeningHours.from_json(listing.hours).to_json())
    return {
        "schema": SCHEMA,
        "listing": {
            "id": listing.public_id,
            "note": texts(listing, "note"),
            "remote_country": listing.remote_country,
            "timezone": listing.timezone,
            "hours": hours,
            "hours_osm": osm(hours),
            **_coming(listing),
        },
        "service": _service(service),
        "location": _location(location) if location else None,
        "organization": freeze_organization(service.organization),
        "contacts": [_contact(one) for one in (contacts_of(listing) if contacts is None else contacts)],
    }


def _coming(listing: ServiceAtLocation) -> ComingSaid:
    """Where it comes to and where it stops, only as far as anything is said."""
    told = {"area": listing.area, "stops": listing.stops}
    return cast(ComingSaid, {name: value for name, value in told.items() if value})


def contacts_of(listing: ServiceAtLocation) -> list[Contact]:
    """What readers get of the contacts that are chosen for the listing and of all that its organisation has."""
    return choose(listing, list(listing.contacts.all()), list(listing.service.organization.contacts.all()))


def choose(listing: ServiceAtLocation, chosen: list[Contact], everything: list[Contact]) -> list[Contact]:
    """The contacts chosen for the listing, else those of the place, else those of the organisation.

    Colleagues' contacts of the organisation are always added: a referral needs them.
    """
    if not chosen and listing.location_id:
        chosen = [c for c in everything if c.location_id == listing.location_id]
    general = [c for c in everything if c.location_id is None]
    if not any(c.audience == "clients" for c in chosen):
        chosen += [c for c in general if c.audience == "clients" and c not in chosen]
    chosen += [c for c in general if c.audience == "colleagues" and c not in chosen]
    return chosen


def content_hash(content: Content) -> str:
    """SHA-256 of the canonical JSON."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def says_the_same(digest: str, frozen: Content, content: Content) -> bool:
    """Whether a frozen content, whose hash is `digest`, says what this one says.

    The OSM string is only told from the hours: one that an older release told otherwise is no difference.
    """
    if digest == content_hash(content):
        return True
    told = frozen["listing"]["hours_osm"]
    return digest == content_hash({**content, "listing": {**content["listing"], "hours_osm": told}})


def difference(old: Content | None, new: Content) -> list[FieldChange]:
    """Field by field, in reading order. Without an old content everything that is filled counts as new."""
    before, after = dict(_flat(old)) if old else {}, dict(_flat(new))
    paths = list(after) + [path for path in before if path not in after]
    changes = []
    for path in paths:
        was, now = before.get(path), after.get(path)
        if path in SILENT or was == now or (_is_empty(was) and _is_empty(now)):
            continue
        part, field = path.split(".", 1)
        critical = path in CRITICAL or part in CRITICAL
        changes.append(FieldChange(path, part, field, was, now, critical))
    return changes


def _flat(content: Content) -> Iterator[tuple[str, object]]:
    for part in PARTS:
        for field, value in (content[part] or {}).items():
            yield f"{part}.{field}", value
    for contact in content["contacts"]:
        yield f"contacts.{contact['id']}", contact


def _is_empty(value: object) -> bool:
    return value in (None, "", [], {}, ())


def _frozen(instance: Editable, part: type) -> dict[str, object]:
    """Texts and plain fields of a part, as the row has them."""
    content: dict[str, object] = {"id": instance.public_id}
    content |= {name: texts(instance, name) for name in texts_of(part)}
    return content | {name: getattr(instance, name) for name in plain_of(part)}


def pair(point: Point | None) -> Pair | None:
    """[lon, lat] as snapshots keep a position: six decimals, a tenth of a metre."""
    return [round(point.x, 6), round(point.y, 6)] if point else None


def _service(service: Service) -> ServicePart:
    frozen = _frozen(service, ServicePart)
    if not frozen["attributes"]:  # said only where something is answered
        del frozen["attributes"]
    if frozen["risk_visibility"] == Visibility.MEMBERS:  # said only where it is narrower
        del frozen["risk_visibility"]
    return cast(ServicePart, frozen)


def _location(location: Location) -> LocationPart:
    points = {name: pair(getattr(location, name)) for name in points_of(LocationPart)}
    frozen = _frozen(location, LocationPart) | points
    for name in ("country_precision", "circle_precision"):  # said only where it is more than members get
        if frozen[name] in ("", location.member_precision):
            del frozen[name]
    return cast(LocationPart, frozen)


def freeze_organization(organization: Organization) -> OrganizationPart:
    """The organisation's part of a content, as its working copy is now."""
    return cast(OrganizationPart, _frozen(organization, OrganizationPart))


def _contact(contact: Contact) -> ContactPart:
    place = contact.location.public_id if contact.location else ""
    content: dict[str, object] = {"id": contact.public_id, "location": place}
    content |= {name: texts(contact, name) for name in texts_of(ContactPart)}
    own = (name for name in plain_of(ContactPart) if name != "location")
    return cast(ContactPart, content | {name: getattr(contact, name) for name in own})


def parts(queryset: ListingsT) -> ListingsT:
    """The queryset with all that `freeze` reads, in a constant number of queries."""
    return queryset.select_related("service__organization", "location").prefetch_related(
        "contacts__location", "service__organization__contacts__location"
    )
