"""The one door from the private side to the screens.

`ListingRecord` is the only shape that crosses. Rule: it is an allow-list. A field of a form, a model or a snapshot
is nowhere public until a line here names it, with the audience that may have it. Precision of places is applied
here, with the fixed centre of the district or settlement, never with a random shift.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

from django.contrib.gis.geos import MultiPolygon, Point

from core.geo.gazetteer import city_code
from core.languages import codes
from directory.coming.crossing import MOBILE, coming_of
from directory.crossing.content import (
    AreaShown,
    ContactPart,
    ContactShown,
    Content,
    HoursJson,
    LocationPart,
    NoticeOver,
    NoticeShown,
    Pair,
    ServicePart,
    StopShown,
    Texts,
)
from directory.crossing.live import LiveState
from directory.crossing.narrowed import is_meant
from directory.hours.osm import osm

#: Who asks. What a member gets beyond all members, the database knows (`listings.ReadableListing`).
Audience = Literal["public", "members"]
AUDIENCES: tuple[Audience, ...] = ("public", "members")
#: For whom rows are written, the widest first: for the smaller circles where they may know more than all members.
Tier = Literal["public", "members", "country", "circle"]
TIERS: tuple[Tier, ...] = ("public", "members", "country", "circle")

#: Who sees a thing, by its visibility.
SEEN_BY: dict[str, tuple[Tier, ...]] = {code: TIERS[at:] for at, code in enumerate(TIERS)} | {"administrators": ()}
#: Texts of the service that cross, under their own names, and those that members get besides.
SERVICE_TEXTS: Final = (
    "title", "summary", "text", "eligibility_note", "documents_note", "cost_note", "confidentiality_note",
)  # fmt: skip
_RISKS: Final = "legal_risk_note"
#: Codes and numbers of the service that cross, under their own names.
_SERVICE_CODES: Final = (
    "types", "groups", "statuses", "languages", "interpreter_languages", "delivery", "intake", "documents", "cost",
    "anonymous", "insurance", "gender", "age_from", "age_to", "waiting",
)  # fmt: skip
#: Texts of the place: (field, name in `content`, the least exact precision at which an audience still gets it).
_PLACE_TEXTS: Final = (
    ("name", "place", "settlement"),
    ("region", "region", "settlement"),
    ("city", "city", "settlement"),
    ("district", "district", "district"),
    ("address", "address", "exact"),
    ("directions", "directions", "exact"),
    ("transit", "transit", "exact"),
    ("accessibility_note", "accessibility_note", "exact"),
)
_CONTACT_FIELDS = ("id", "channel", "value", "label", "languages", "hours_note", "is_crisis", "audience", "person")
_PRECISIONS = ("exact", "district", "settlement", "country", "none")
_POINT_OF = {"exact": "point", "district": "district_point", "settlement": "settlement_point"}


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
class ListingShape:
    """What is written and read of a listing, but for its geometry: that is written, and read as two numbers."""

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
    attributes: list[str]
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
    timezone: str
    hours: HoursJson
    hours_osm: str
    areas: list[AreaShown]
    stops: list[StopShown]
    accessibility: dict[str, bool | None]
    content: dict[str, dict[str, str]]
    contacts: list[ContactShown]
    notices: list[NoticeShown]
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


@dataclass(frozen=True)
class ListingRecord(ListingShape):
    """One row of the directory for one audience. Fields are those of `directory.tables.listings.AbstractListing`."""

    point: Point | None
    area_codes: list[str]
    area: MultiPolygon | None


@dataclass(frozen=True, kw_only=True)
class OrganizationRecord(ProfileDates):
    """An organisation for one audience; field names are those of `directory.tables.listings.AbstractOrganization`."""

    id: str
    slug: str
    content: dict[str, dict[str, str]]
    countries: list[str]
    working_languages: list[str]
    community_led: list[str]
    website: str
    links: list[Any]
    is_member: bool
    contacts: list[ContactShown]


def may_see(content: Content, live: LiveState, audience: Tier) -> bool:
    """Whether the audience gets this listing at all: the narrowest of service and place counts."""
    if live.is_suspended:
        return False
    if any(audience not in SEEN_BY[visibility] for visibility in visibilities(content)):
        return False
    if audience != "public":
        return True
    return not live.is_taken_down and live.level >= 1 and live.hides_on is not None


def risks_for(content: Content) -> str:
    """Who reads of a service's legal risks; never everybody."""
    return content["service"].get("risk_visibility", "members")


def visibilities(content: Content) -> list[str]:
    """Who may see the service, and the place where there is one; the narrowest counts."""
    place = content["location"]
    return [content["service"]["visibility"], *([place["visibility"]] if place else [])]


# long: one column a line
def record_for(content: Content, live: LiveState, audience: Tier) -> ListingRecord | None:
    """The row that this audience gets, or None when it must not know of the listing."""
    if not may_see(content, live, audience):
        return None
    service, location = content["service"], content["location"]
    known = precision_for(location, audience)
    coming = coming_of(content, live, known, _pin(location, known))
    precision = "exact" if coming.spot else known
    return ListingRecord(
        id=content["listing"]["id"],
        place_id=coming.place_id,
        service_id=service["id"],
        organization_id=content["organization"]["id"],
        organization_slug=content["organization"]["slug"],
        **_by_name(service, _SERVICE_CODES),
        attributes=_attributes(service, live, audience),
        operation=live.operation,
        location_type=location["type"] if location else MOBILE if coming.spot else "",
        country=_country(content, precision),
        city_code=_city_code(location) if _at_least(precision, "settlement") and location else coming.city,
        precision=precision,
        point=_point(coming.spot or _pin(location, precision)),
        timezone=location["timezone"] if location else content["listing"]["timezone"],
        hours=coming.hours,
        hours_osm=osm(coming.hours),
        **_by_name(vars(coming), ("areas", "area_codes", "area", "stops")),
        accessibility=_accessibility(location, precision),
        content=_content(content, live, audience, precision, coming.city_name),
        contacts=_contacts(content, audience),
        notices=[
            _notice(n)
            for n in live.notices
            if audience in SEEN_BY[n["visibility"]] and is_meant(n, content, knows=_at_least(precision, "settlement"))
        ],
        **{name: getattr(live, name) for name in (*LIVE_FIELDS, *CAPACITY_FIELDS)},
    )


def organization_for(content: Content, audience: Audience, dates: ProfileDates | None = None) -> OrganizationRecord:
    """The organisation of a snapshot, as this audience may see it, and until when: readers go by `dates`."""
    part = content["organization"]
    texts: dict[str, Texts] = {
        "name": part["name"],
        "short_name": part["short_name"],
        "description": part["description"],
    }
    general = [c for c in content["contacts"] if not c["location"]]
    return OrganizationRecord(
        id=part["id"],
        slug=part["slug"],
        content=_by_language(texts),
        countries=part["countries"],
        working_languages=part["working_languages"],
        community_led=part["community_led"],
        website=part["website"],
        links=part["links"],
        is_member=part["member_status"] in ("member", "associate"),
        contacts=[_contact(c) for c in general if _may_have_contact(c, audience)],
        **vars(dates or ProfileDates()),
    )


#: What a check moves, in the state of a listing and in its rows.
LIVE_FIELDS = ("level", "check_method", "checked_on", "confirmed_on", "notice_on", "due_on", "hides_on", "archives_on")
#: What a word about places moves. The note is for everybody who sees the listing; who said it never crosses.
CAPACITY_FIELDS = ("capacity_level", "capacity_note", "capacity_reported_on", "capacity_expires_on")


def _at_least(precision: str, wanted: str) -> bool:
    return _PRECISIONS.index(precision) <= _PRECISIONS.index(wanted)


def precision_for(location: LocationPart | None, tier: Tier) -> str:
    """How exactly they may know where the place is: a smaller circle never less than the one around it."""
    if not location:
        return "none"
    if tier == "public":
        return location["public_precision"]
    members = location["member_precision"]
    country = location.get("country_precision", members)
    return {"members": members, "country": country}.get(tier) or location.get("circle_precision", country)


def _country(content: Content, precision: str) -> str:
    location = content["location"]
    if not location:
        return str(content["listing"]["remote_country"])
    return str(location["country"]) if _at_least(precision, "country") else ""


def _city_code(location: LocationPart) -> str:
    """Gazetteer id when there is one, else a code of the country and the name in the first language that has one."""
    name = next((found for language in codes() if (found := location["city"].get(language))), "")
    return location["place_code"] or city_code(location["country"], name)


def _pin(location: LocationPart | None, precision: str) -> Pair | None:
    return _by_name(location, _POINT_OF.values()).get(_POINT_OF.get(precision, "")) if location else None


def _point(pair: Pair | None) -> Point | None:
    return Point(pair[0], pair[1], srid=4326) if pair else None


def _accessibility(location: LocationPart | None, precision: str) -> dict[str, bool | None]:
    if not location or precision != "exact":
        return {}
    return _by_name(location, ("step_free", "accessible_toilet", "lift"))


def _attributes(service: ServicePart, live: LiveState, audience: Tier) -> list[str]:
    """The answers that this audience may know; of an attribute that nobody knows any more, none."""
    known = live.told_to_all if audience == "public" else live.told_to_members
    return [code for code in service.get("attributes", ()) if code in known]


def _content(
    content: Content, live: LiveState, audience: Tier, precision: str, city: Texts
) -> dict[str, dict[str, str]]:
    organization = content["organization"]
    own = (*SERVICE_TEXTS, *((_RISKS,) if audience in SEEN_BY[risks_for(content)] else ()))
    texts: dict[str, Texts] = _by_name(content["service"], own) | {
        "note": content["listing"]["note"],
        "organization": organization["name"],
        "organization_short": organization["short_name"],
        "operation_note": live.operation_note,
        "city": city,
    }
    if content["location"]:
        place = _by_name(content["location"], (source for source, _name, _least in _PLACE_TEXTS))
        texts |= {name: place[source] for source, name, least in _PLACE_TEXTS if _at_least(precision, least)}
    return _by_language(texts)


def _by_language(texts: Mapping[str, Texts]) -> dict[str, dict[str, str]]:
    """{"ru": {name: text}, "en": {…}} with only the languages and texts that there are."""
    return {
        language: found
        for language in codes()
        if (found := {name: value[language] for name, value in texts.items() if value.get(language)})
    }


def _may_have_contact(contact: ContactPart, audience: Tier) -> bool:
    if audience == "public" and contact["audience"] != "clients":
        return False
    return audience in SEEN_BY[contact["visibility"]]


def _contact(contact: ContactPart) -> ContactShown:
    return cast(ContactShown, _by_name(contact, _CONTACT_FIELDS))


def _contacts(content: Content, audience: Tier) -> list[ContactShown]:
    return [_contact(c) for c in content["contacts"] if _may_have_contact(c, audience)]


def _notice(notice: NoticeOver) -> NoticeShown:
    return cast(NoticeShown, _by_name(notice, ("id", "kind", "text", "starts_on", "ends_on")))


def _by_name(part: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Fields of a part by names that a constant of this module holds: the allow-list."""
    return {name: part[name] for name in names}
