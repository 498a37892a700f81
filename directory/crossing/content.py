"""The content of a listing at one moment, as it is frozen, judged, published and read back: the one typed shape.

Whatever crosses from the private side to readers starts as a `Content`. Lists of field names derive from these
classes (`texts_of`, `plain_of`, `CRITICAL`), so a new field is declared here once. What readers may have of it is
another question, answered by the allow-list of `directory.crossing.records`.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Final, Literal, NotRequired, TypedDict, get_args, get_origin, get_type_hints

#: The version of this shape, kept with every snapshot.
SCHEMA: Final = 1

#: A text in every language that it has: {"ru": …, "en": …}, without empty ones.
Texts = dict[str, str]
#: [lon, lat] with six decimals, WGS 84.
Pair = list[float]

#: Marks a text in every language.
TEXT_MARK: Final = "text"
#: Marks a field whose change needs a review by another organisation (the bold ones of the field model).
CRITICAL_MARK: Final = "critical"
#: Marks a field that is derived or technical: nobody compares it.
SILENT_MARK: Final = "silent"

_Id = Annotated[str, SILENT_MARK]
_Text = Annotated[Texts, TEXT_MARK]
_CriticalText = Annotated[Texts, TEXT_MARK, CRITICAL_MARK]
_CriticalCode = Annotated[str, CRITICAL_MARK]
_CriticalCodes = Annotated[list[str], CRITICAL_MARK]
_CriticalPair = Annotated[Pair | None, CRITICAL_MARK]


class SlotJson(TypedDict):
    """Open on `days` (0 = Monday) from `opens` to `closes` ("HH:MM")."""

    days: list[int]
    opens: str
    closes: str


class HoursJson(TypedDict, total=False):
    """The stored shape of `services.hours.OpeningHours`; `{}` means not known."""

    always: bool
    by_appointment: bool
    slots: list[SlotJson]
    #: {"from", "to", "slots", "note"}; "from" is no name of Python's, so the shape is described there.
    exceptions: list[dict[str, Any]]
    holidays: str
    note: Texts


AreaKind = Literal["country", "region", "city", "district", "circle", "polygon"]


class AreaJson(TypedDict):
    """A part of the area that a service comes to, or is given in from afar.

    `code` is that of a country, of a region ("GE.68"), or of a settlement of the gazetteer; a circle goes around its
    settlement, without one around the place itself. `name` is that of a district, `ring` the corners of what was drawn.
    """

    kind: AreaKind
    code: NotRequired[str]
    name: NotRequired[str]
    km: NotRequired[float]
    ring: NotRequired[list[Pair]]


class StopJson(TypedDict):
    """Where a mobile point stands, and when; `hours` are in the shape of HoursJson, without holidays and notes."""

    id: str
    name: Texts
    lon: float
    lat: float
    hours: HoursJson


class ListingPart(TypedDict):
    """What belongs to the service at this one place. Area and stops are absent where nothing is said."""

    id: _Id
    note: _Text
    remote_country: _CriticalCode
    timezone: Annotated[str, SILENT_MARK]
    hours: Annotated[HoursJson, CRITICAL_MARK]
    hours_osm: Annotated[str, SILENT_MARK]
    area: NotRequired[Annotated[list[AreaJson], CRITICAL_MARK]]
    stops: NotRequired[Annotated[list[StopJson], CRITICAL_MARK]]


class ServicePart(TypedDict):
    """The service, for whom and on which terms. `groups` is code → welcome."""

    id: _Id
    title: _CriticalText
    summary: _Text
    text: _Text
    eligibility_note: _Text
    documents_note: _Text
    cost_note: _Text
    confidentiality_note: _Text
    legal_risk_note: _Text
    types: _CriticalCodes
    delivery: list[str]
    groups: Annotated[dict[str, str], CRITICAL_MARK]
    statuses: _CriticalCodes
    insurance: _CriticalCode
    age_from: int | None
    age_to: int | None
    gender: str
    documents: _CriticalCodes
    cost: _CriticalCode
    intake: _CriticalCodes
    waiting: str
    languages: _CriticalCodes
    interpreter_languages: list[str]
    anonymous: Annotated[bool | None, CRITICAL_MARK]
    #: Answers of attributes; absent where none is given.
    attributes: NotRequired[_CriticalCodes]
    #: Who reads `legal_risk_note`; absent where all members do.
    risk_visibility: NotRequired[_CriticalCode]
    visibility: _CriticalCode


class LocationPart(TypedDict):
    """The place, with its true point and the centres that stand for it."""

    id: _Id
    name: _Text
    region: _Text
    city: _CriticalText
    district: _Text
    address: _CriticalText
    directions: _Text
    transit: _Text
    accessibility_note: _Text
    type: _CriticalCode
    country: _CriticalCode
    place_code: str
    postal_code: str
    public_precision: _CriticalCode
    member_precision: _CriticalCode
    #: Absent where these see what members see.
    country_precision: NotRequired[_CriticalCode]
    circle_precision: NotRequired[_CriticalCode]
    visibility: _CriticalCode
    step_free: bool | None
    accessible_toilet: bool | None
    lift: bool | None
    timezone: str
    point: _CriticalPair
    district_point: _CriticalPair
    settlement_point: _CriticalPair


class OrganizationPart(TypedDict):
    """What the organisation says about itself, and its standing in the network."""

    id: _Id
    name: _CriticalText
    short_name: _Text
    description: _Text
    slug: str
    countries: list[str]
    working_languages: list[str]
    website: str
    links: list[dict[str, str]]
    community_led: list[str]
    member_status: str


class ContactPart(TypedDict):
    """One way to reach somebody. `location` is the id of its place, "" for the whole organisation."""

    id: str
    label: _Text
    hours_note: _Text
    person: str
    channel: str
    value: str
    audience: str
    visibility: str
    languages: list[str]
    is_crisis: bool
    location: str


class Content(TypedDict):
    """A whole listing. Whether the service works, notices and dates of checks are not in it: they need no review."""

    schema: int
    listing: ListingPart
    service: ServicePart
    location: LocationPart | None
    organization: OrganizationPart
    contacts: list[ContactPart]


class NoticeOver(TypedDict):
    """A notice over a listing, which is no part of it; `ends_on` None means until it is taken down."""

    id: str
    kind: str
    text: Texts
    starts_on: str
    ends_on: str | None
    visibility: str
    #: A country's notice may be about one region, and about kinds of services; empty: all of the country.
    region: str
    types: list[str]


class NoticeShown(TypedDict):
    """What readers get of a notice."""

    id: str
    kind: str
    text: Texts
    starts_on: str
    ends_on: str | None


class StopShown(StopJson):
    """What readers get of a stop; its hours know public holidays. `off` are the days on which it is called off."""

    off: list[str]


class AreaShown(TypedDict):
    """What readers get of a part of an area. `country` is the code of its country, "" where it has none. `name` is that
    of a district, or the settlement (its code) by which a region is known. What is round has its middle and `km`, a
    region and what was drawn have their `ring`.
    """

    kind: AreaKind
    code: str
    country: str
    name: str
    lon: float | None
    lat: float | None
    km: float | None
    ring: list[Pair]


class ContactShown(TypedDict):
    """What readers get of a contact, by the allow-list of its audience."""

    id: str
    channel: str
    value: str
    label: Texts
    languages: list[str]
    hours_note: Texts
    is_crisis: bool
    audience: str
    person: str


PartName = Literal["service", "location", "listing", "organization"]
#: The parts with fields, in the order in which people read them. Contacts are compared one by one, as a whole.
PARTS: Final[dict[PartName, type]] = {
    "service": ServicePart,
    "location": LocationPart,
    "listing": ListingPart,
    "organization": OrganizationPart,
}


@cache
def texts_of(part: type) -> tuple[str, ...]:
    """Fields of a part that are texts in every language."""
    return tuple(name for name, (_kind, marks) in _fields(part).items() if TEXT_MARK in marks)


@cache
def points_of(part: type) -> tuple[str, ...]:
    """Fields of a part that are positions."""
    return tuple(name for name, (kind, _marks) in _fields(part).items() if kind == (Pair | None))


@cache
def plain_of(part: type) -> tuple[str, ...]:
    """Fields of a part that are kept as the row has them: neither its id, nor texts, nor points."""
    apart = ("id", *texts_of(part), *points_of(part))
    return tuple(name for name in _fields(part) if name not in apart)


def marked(mark: str) -> frozenset[str]:
    """Paths ("part.field") of the fields with this mark."""
    every = ((name, field, marks) for name, part in PARTS.items() for field, (_, marks) in _fields(part).items())
    return frozenset(f"{name}.{field}" for name, field, marks in every if mark in marks)


@cache
def _fields(part: type) -> dict[str, tuple[Any, tuple[str, ...]]]:
    """name → (type, marks), in the order of declaration."""
    found = {}
    for name, hint in get_type_hints(part, include_extras=True).items():
        hint = get_args(hint)[0] if get_origin(hint) is NotRequired else hint
        kind, *marks = get_args(hint) if get_origin(hint) is Annotated else (hint,)
        found[name] = kind, tuple(marks)
    return found


#: Paths whose change needs a review; any change of a contact does.
CRITICAL: Final = marked(CRITICAL_MARK) | {"contacts"}
#: Paths that nobody compares.
SILENT: Final = marked(SILENT_MARK) | {"schema"}
