"""Freezing a listing, and comparing two frozen listings field by field.

Shape of the content (schema 1), every text as `{"ru": …, "en": …}` without empty languages:
    {"schema": 1,
     "listing":      {"id", "note", "remote_country", "timezone", "hours", "hours_osm"},
     "service":      {"id", "title", …, "types", "groups", "visibility", …},
     "location":     null or {"id", "name", "country", …, "point": [lon, lat] or null, "public_precision", …},
     "organization": {"id", "slug", "name", …},
     "contacts":     [{"id", "channel", "value", …}]}
Whether the service works now, notices and dates of checks are not in it: they change without a review.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import Point
from django.db.models import Model, QuerySet

from core.languages import columns
from organizations.models import Contact, Location, Organization
from services.hours import OpeningHours
from services.models import Service, ServiceAtLocation

SCHEMA = 1
Content = dict[str, Any]

_SERVICE_TEXTS = (
    "title",
    "summary",
    "text",
    "eligibility_note",
    "documents_note",
    "cost_note",
    "confidentiality_note",
    "legal_risk_note",
)
_SERVICE_PLAIN = (
    "types",
    "delivery",
    "groups",
    "statuses",
    "insurance",
    "age_from",
    "age_to",
    "gender",
    "documents",
    "cost",
    "intake",
    "waiting",
    "languages",
    "interpreter_languages",
    "anonymous",
    "visibility",
)
_LOCATION_TEXTS = ("name", "region", "city", "district", "address", "directions", "transit", "accessibility_note")
_LOCATION_PLAIN = (
    "type",
    "country",
    "place_code",
    "postal_code",
    "public_precision",
    "member_precision",
    "visibility",
    "step_free",
    "accessible_toilet",
    "lift",
    "timezone",
)
_ORGANIZATION_PLAIN = ("slug", "countries", "working_languages", "website", "links", "community_led", "member_status")
_CONTACT_PLAIN = ("person", "channel", "value", "audience", "visibility", "languages", "is_crisis")

#: Fields whose change needs a review (the bold ones of the field model), as "part.field".
CRITICAL = frozenset(
    [
        f"service.{name}"
        for name in (
            "types",
            "documents",
            "cost",
            "intake",
            "languages",
            "anonymous",
            "insurance",
            "groups",
            "statuses",
            "visibility",
            "title",
        )
    ]
    + [
        f"location.{name}"
        for name in (
            "type",
            "country",
            "city",
            "address",
            "point",
            "district_point",
            "settlement_point",
            "public_precision",
            "member_precision",
            "visibility",
        )
    ]
    + ["listing.hours", "listing.remote_country", "organization.name", "contacts"]
)
#: Derived or technical fields that nobody compares.
_SILENT = {
    "schema",
    "listing.hours_osm",
    "listing.timezone",
    "listing.id",
    "service.id",
    "location.id",
    "organization.id",
}


@dataclass(frozen=True)
class FieldChange:
    """One field that differs. `path` is "part.field" ("contacts.<id>" for a contact); old or new may be None."""

    path: str
    part: str
    field: str
    old: Any
    new: Any
    critical: bool


def texts(instance: Model, name: str) -> dict[str, str]:
    """A translated field in every language that it has."""
    kept = {name: getattr(instance, name), **(getattr(instance, "i18n", None) or {})}
    return {language: kept[at] for at, language in columns(name) if kept.get(at)}


def freeze(listing: ServiceAtLocation) -> Content:
    """The working copy of a listing as it is now."""
    service, location = listing.service, listing.location
    hours = OpeningHours.from_json(listing.hours)
    return {
        "schema": SCHEMA,
        "listing": {
            "id": listing.public_id,
            "note": texts(listing, "note"),
            "remote_country": listing.remote_country,
            "timezone": listing.timezone,
            "hours": hours.to_json(),
            "hours_osm": hours.to_osm(),
        },
        "service": _service(service),
        "location": _location(location) if location else None,
        "organization": freeze_organization(service.organization),
        "contacts": [_contact(contact) for contact in contacts_of(listing)],
    }


def contacts_of(listing: ServiceAtLocation) -> list[Contact]:
    """The contacts chosen for the listing, else those of the place, else those of the organisation.

    Colleagues' contacts of the organisation are always added: a referral needs them.
    """
    chosen = list(listing.contacts.all())
    everything = list(listing.service.organization.contacts.all())
    if not chosen and listing.location_id:
        chosen = [c for c in everything if c.location_id == listing.location_id]
    general = [c for c in everything if c.location_id is None]
    if not any(c.audience == "clients" for c in chosen):
        chosen += [c for c in general if c.audience == "clients" and c not in chosen]
    chosen += [c for c in general if c.audience == "colleagues" and c not in chosen]
    return chosen


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def difference(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> list[FieldChange]:
    """Field by field, in reading order. Without an old content everything that is filled counts as new."""
    before, after = dict(_flat(old or {})), dict(_flat(new))
    paths = list(after) + [path for path in before if path not in after]
    changes = []
    for path in paths:
        was, now = before.get(path), after.get(path)
        if path in _SILENT or was == now or (_is_empty(was) and _is_empty(now)):
            continue
        part, field = path.split(".", 1)
        critical = path in CRITICAL or part in CRITICAL
        changes.append(FieldChange(path, part, field, was, now, critical))
    return changes


def _flat(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for part in ("service", "location", "listing", "organization"):
        for field, value in (content.get(part) or {}).items():
            yield f"{part}.{field}", value
    for contact in content.get("contacts", []):
        yield f"contacts.{contact['id']}", contact


def _is_empty(value: Any) -> bool:
    return value in (None, "", [], {}, ())


def _pick(instance: Model, translated: tuple[str, ...], plain: tuple[str, ...]) -> Content:
    content: Content = {"id": instance.public_id}  # type: ignore[attr-defined]
    content |= {name: texts(instance, name) for name in translated}
    content |= {name: getattr(instance, name) for name in plain}
    return content


def pair(point: Point | None) -> list[float] | None:
    """[lon, lat] as snapshots keep a position: six decimals, a tenth of a metre."""
    return [round(point.x, 6), round(point.y, 6)] if point else None


def _service(service: Service) -> Content:
    return _pick(service, _SERVICE_TEXTS, _SERVICE_PLAIN)


def _location(location: Location) -> Content:
    points = {name: pair(getattr(location, name)) for name in ("point", "district_point", "settlement_point")}
    return _pick(location, _LOCATION_TEXTS, _LOCATION_PLAIN) | points


def freeze_organization(organization: Organization) -> Content:
    """The organisation's part of a content, as its working copy is now."""
    return _pick(organization, ("name", "short_name", "description"), _ORGANIZATION_PLAIN)


def _contact(contact: Contact) -> Content:
    content = _pick(contact, ("label", "hours_note"), _CONTACT_PLAIN)
    return content | {"location": contact.location.public_id if contact.location else ""}


def parts(queryset: QuerySet[ServiceAtLocation]) -> QuerySet[ServiceAtLocation]:
    """The queryset with all that `freeze` reads, in a constant number of queries."""
    return queryset.select_related("service__organization", "location").prefetch_related(
        "contacts__location", "service__organization__contacts__location"
    )
