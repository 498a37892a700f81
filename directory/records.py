"""The one door from the private side to the screens.

`ListingRecord` is the only shape that crosses. Rule: it is an allow-list. A field of a form, a model or a snapshot
is nowhere public until a line here names it, with the audience that may have it. Precision of places is applied
here, with the fixed centre of the district or settlement, never with a random shift.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.contrib.gis.geos import Point

from core.languages import SOURCE, codes

Audience = Literal["public", "members"]
AUDIENCES: tuple[Audience, ...] = ("public", "members")
Snapshot = Mapping[str, Any]

#: Who is in whose audience, by the visibility of a thing.
_SEEN_BY: dict[str, tuple[Audience, ...]] = {"public": AUDIENCES, "members": ("members",), "administrators": ()}
#: Texts that cross, by part of the snapshot: (part, field in the snapshot, name in `content`).
_TEXTS = (
    ("service", "title", "title"),
    ("service", "summary", "summary"),
    ("service", "text", "text"),
    ("service", "eligibility_note", "eligibility_note"),
    ("service", "documents_note", "documents_note"),
    ("service", "cost_note", "cost_note"),
    ("service", "confidentiality_note", "confidentiality_note"),
    ("listing", "note", "note"),
    ("organization", "name", "organization"),
    ("organization", "short_name", "organization_short"),
)
_MEMBER_TEXTS = (("service", "legal_risk_note", "legal_risk_note"),)
#: Texts of the place, and the least exact precision at which an audience still gets them.
_PLACE_TEXTS = (
    ("name", "place", "settlement"),
    ("region", "region", "settlement"),
    ("city", "city", "settlement"),
    ("district", "district", "district"),
    ("address", "address", "exact"),
    ("directions", "directions", "exact"),
    ("transit", "transit", "exact"),
    ("accessibility_note", "accessibility_note", "exact"),
)
_PRECISIONS = ("exact", "district", "settlement", "country", "none")
_POINT_OF = {"exact": "point", "district": "district_point", "settlement": "settlement_point"}


@dataclass(frozen=True)
class LiveState:
    """What changes without a new snapshot: whether the service works, notices, dates of checks, the last word about
    places. `capacity_level` is "" when nobody said anything, or took it back."""

    operation: str = "working"
    operation_note: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Mapping[str, Any], ...] = ()
    level: int = 0
    check_method: str = ""
    checked_on: dt.date | None = None
    confirmed_on: dt.date | None = None
    notice_on: dt.date | None = None
    due_on: dt.date | None = None
    hides_on: dt.date | None = None
    archives_on: dt.date | None = None
    capacity_level: str = ""
    capacity_note: Mapping[str, str] = field(default_factory=dict)
    capacity_reported_on: dt.date | None = None
    capacity_expires_on: dt.date | None = None
    is_suspended: bool = False
    is_taken_down: bool = False


@dataclass(frozen=True)
class ProfileDates:
    """What a confirmation of a profile moves, by the days of its `timezone`. Empty: nobody has confirmed it."""

    level: int = 0
    checked_on: dt.date | None = None
    notice_on: dt.date | None = None
    due_on: dt.date | None = None
    hides_on: dt.date | None = None
    archives_on: dt.date | None = None
    timezone: str = "UTC"


@dataclass(frozen=True)
class ListingRecord:
    """One row of the directory, for one audience. Field names are those of `directory.listings.AbstractListing`."""

    id: str
    place_id: str
    service_id: str
    organization_id: str
    organization_slug: str
    types: list[str]
    groups: dict[str, str]
    statuses: list[str]
    languages: list[str]
    interpreter_languages: list[str]
    delivery: list[str]
    intake: list[str]
    documents: list[str]
    cost: str
    anonymous: bool | None
    insurance: str
    gender: str
    age_from: int | None
    age_to: int | None
    waiting: str
    operation: str
    location_type: str
    country: str
    city_code: str
    precision: str
    point: Point | None
    timezone: str
    hours: dict[str, Any]
    hours_osm: str
    accessibility: dict[str, bool | None]
    content: dict[str, dict[str, str]]
    contacts: list[dict[str, Any]]
    notices: list[dict[str, Any]]
    level: int
    check_method: str
    checked_on: dt.date | None
    confirmed_on: dt.date | None
    notice_on: dt.date | None
    due_on: dt.date | None
    hides_on: dt.date | None
    archives_on: dt.date | None
    capacity_level: str
    capacity_note: dict[str, str]
    capacity_reported_on: dt.date | None
    capacity_expires_on: dt.date | None


@dataclass(frozen=True, kw_only=True)
class OrganizationRecord(ProfileDates):
    """An organisation for one audience; field names are those of `directory.listings.AbstractOrganization`."""

    id: str
    slug: str
    content: dict[str, dict[str, str]]
    countries: list[str]
    working_languages: list[str]
    community_led: list[str]
    website: str
    links: list[Any]
    is_member: bool
    contacts: list[dict[str, Any]]


def may_see(snapshot: Snapshot, live: LiveState, audience: Audience) -> bool:
    """Whether the audience gets this listing at all: the narrowest of service and place counts."""
    if live.is_suspended:
        return False
    parts = [snapshot["service"], snapshot["location"] or {}]
    if any(audience not in _SEEN_BY[part.get("visibility", "public")] for part in parts):
        return False
    if audience == "members":
        return True
    return not live.is_taken_down and live.level >= 1 and live.hides_on is not None


def record_for(snapshot: Snapshot, live: LiveState, audience: Audience) -> ListingRecord | None:
    """The row that this audience gets, or None when it must not know of the listing."""
    if not may_see(snapshot, live, audience):
        return None
    service, location = snapshot["service"], snapshot["location"]
    precision = _precision(location, audience)
    return ListingRecord(
        id=snapshot["listing"]["id"],
        place_id=location["id"] if location else snapshot["listing"]["id"],
        service_id=service["id"],
        organization_id=snapshot["organization"]["id"],
        organization_slug=snapshot["organization"]["slug"],
        **{name: service[name] for name in _PLAIN_SERVICE_FIELDS},
        operation=live.operation,
        location_type=location["type"] if location else "",
        country=_country(snapshot, precision),
        city_code=_city_code(location) if _at_least(precision, "settlement") and location else "",
        precision=precision,
        point=_point(location, precision),
        timezone=location["timezone"] if location else snapshot["listing"]["timezone"],
        hours=snapshot["listing"]["hours"],
        hours_osm=snapshot["listing"]["hours_osm"],
        accessibility=_accessibility(location, precision),
        content=_content(snapshot, live, audience, precision),
        contacts=_contacts(snapshot, audience),
        notices=[_notice(n) for n in live.notices if audience in _SEEN_BY[n["visibility"]]],
        **{name: getattr(live, name) for name in (*LIVE_FIELDS, *CAPACITY_FIELDS)},
    )


def organization_for(snapshot: Snapshot, audience: Audience, dates: ProfileDates | None = None) -> OrganizationRecord:
    """The organisation of a snapshot, as this audience may see it, and until when: readers go by `dates`."""
    part = snapshot["organization"]
    names = ("name", "short_name", "description")
    content = {
        language: texts
        for language in codes()
        if (texts := {name: part[name][language] for name in names if part[name].get(language)})
    }
    general = [c for c in snapshot["contacts"] if not c["location"]]
    return OrganizationRecord(
        id=part["id"],
        slug=part["slug"],
        content=content,
        countries=part["countries"],
        working_languages=part["working_languages"],
        community_led=part["community_led"],
        website=part["website"],
        links=part["links"],
        is_member=part["member_status"] in ("member", "associate"),
        contacts=[_contact(c) for c in general if _may_have_contact(c, audience)],
        **vars(dates or ProfileDates()),
    )


_PLAIN_SERVICE_FIELDS = (
    "types",
    "groups",
    "statuses",
    "languages",
    "interpreter_languages",
    "delivery",
    "intake",
    "documents",
    "cost",
    "anonymous",
    "insurance",
    "gender",
    "age_from",
    "age_to",
    "waiting",
)
#: What a check moves, in the state of a listing and in its rows.
LIVE_FIELDS = (
    *("level", "check_method", "checked_on", "confirmed_on", "notice_on", "due_on", "hides_on", "archives_on"),
)
#: What a word about places moves. The note is for everybody who sees the listing; who said it never crosses.
CAPACITY_FIELDS = ("capacity_level", "capacity_note", "capacity_reported_on", "capacity_expires_on")


def _at_least(precision: str, wanted: str) -> bool:
    return _PRECISIONS.index(precision) <= _PRECISIONS.index(wanted)


def _precision(location: Mapping[str, Any] | None, audience: Audience) -> str:
    if not location:
        return "none"
    return str(location["public_precision" if audience == "public" else "member_precision"])


def _country(snapshot: Snapshot, precision: str) -> str:
    location = snapshot["location"]
    if not location:
        return str(snapshot["listing"]["remote_country"])
    return str(location["country"]) if _at_least(precision, "country") else ""


def _city_code(location: Mapping[str, Any]) -> str:
    """Gazetteer id when there is one, else the country and the name in the source language."""
    return str(location["place_code"] or f"{location['country']}:{location['city'].get(SOURCE, '')}".lower())[:80]


def _point(location: Mapping[str, Any] | None, precision: str) -> Point | None:
    pair = location and location[_POINT_OF[precision]] if precision in _POINT_OF else None
    return Point(pair[0], pair[1], srid=4326) if pair else None


def _accessibility(location: Mapping[str, Any] | None, precision: str) -> dict[str, bool | None]:
    if not location or precision != "exact":
        return {}
    return {name: location[name] for name in ("step_free", "accessible_toilet", "lift")}


def _content(snapshot: Snapshot, live: LiveState, audience: Audience, precision: str) -> dict[str, dict[str, str]]:
    wanted = _TEXTS + (_MEMBER_TEXTS if audience == "members" else ())
    texts = {name: snapshot[part][source] for part, source, name in wanted}
    texts["operation_note"] = live.operation_note
    if snapshot["location"]:
        least = ((name, snapshot["location"][source], limit) for source, name, limit in _PLACE_TEXTS)
        texts |= {name: value for name, value, limit in least if _at_least(precision, limit)}
    return {
        language: found
        for language in codes()
        if (found := {name: value[language] for name, value in texts.items() if value.get(language)})
    }


def _may_have_contact(contact: Mapping[str, Any], audience: Audience) -> bool:
    if audience == "public" and contact["audience"] != "clients":
        return False
    return audience in _SEEN_BY[contact["visibility"]]


def _contact(contact: Mapping[str, Any]) -> dict[str, Any]:
    names = ("channel", "value", "label", "languages", "hours_note", "is_crisis", "audience", "person")
    return {name: contact[name] for name in names}


def _contacts(snapshot: Snapshot, audience: Audience) -> list[dict[str, Any]]:
    return [_contact(c) for c in snapshot["contacts"] if _may_have_contact(c, audience)]


def _notice(notice: Mapping[str, Any]) -> dict[str, Any]:
    return {name: notice[name] for name in ("kind", "text", "starts_on", "ends_on")}
