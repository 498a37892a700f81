"""The shapes that templates, the API and its description share: what presenters and answers give."""

# long: the shapes of all answers, a key a line
from __future__ import annotations

from typing import NotRequired, TypedDict

from directory.asking.mapview import MapCluster, MapPoint
from directory.freshness import Freshness
from directory.searching.places_in_words import UnderstoodJson
from reading.hours import DayTold, Opening, SpecialDayTold


class CodeInWords(TypedDict):
    """A code of a fixed list with what people read instead."""

    code: str
    text: str


class CodeAndName(TypedDict):
    """A code of the vocabulary with its name."""

    code: str
    name: str


class AttributeTold(CodeAndName):
    """What else a service answers; `text` are its answers in words."""

    answers: list[CodeAndName]
    text: str


class CheckTold(TypedDict):
    """When, how and by whom a listing was last checked."""

    text: str
    level: int
    on: str | None
    method: str


class PlaceCheckTold(CheckTold):
    next_text: str


class NoticeTold(TypedDict):
    """`until` is a date in words."""

    kind: str
    kind_text: str
    text: str
    until: str | None


class CapacityTold(TypedDict):
    """Whether there is room; dates in ISO form, None where nobody knows."""

    level: str
    text: str
    note: str
    reported_on: str | None
    reported_text: str
    expires_on: str | None


class ReviewTold(TypedDict):
    """That the organisation was reviewed, and when; `words` what came out, "" when there is nothing to say."""

    text: str
    words: str
    is_overdue: bool


class ContactTold(TypedDict):
    """`value` is what was kept, `display` how people read it, `text` names the channel too."""

    channel: str
    value: str
    href: str
    display: str
    text: str
    label: str
    languages: list[str]
    hours_note: str
    is_crisis: bool
    audience: str
    person: str


class CardNames(TypedDict):
    title: str
    title_lang: str
    summary: str
    organization: str
    organization_slug: str
    place: str
    address: str
    city: str
    country: str
    country_name: str


class CardState(TypedDict):
    freshness: Freshness
    checked: CheckTold
    phone: str | None
    phone_href: str | None
    notice: str | None


class PinTold(TypedDict):
    lon: float | None
    lat: float | None
    precision: str


class GroundTold(TypedDict):
    """A geometry of GeoJSON."""

    type: str
    coordinates: list[list[list[float]]]


class ServiceArea(TypedDict):
    """A part of the area that a service comes to, or is given in from afar; `extent` is None for a country."""

    kind: str
    code: str
    name: str
    extent: GroundTold | None


class StopTold(TypedDict):
    """A stop of a mobile point; its hours in OpenStreetMap's syntax, `off` are days on which it is called off."""

    id: str
    name: str
    lon: float
    lat: float
    hours_osm: str
    off: list[str]


class StayTold(TypedDict):
    """When a mobile point stands at a stop: in words, and as instants."""

    stop: str
    name: str
    text: str
    starts_at: str
    ends_at: str
    is_now: bool
    is_off: bool


class ComingDrawn(TypedDict):
    """Where help comes, as a map draws it."""

    service_areas: list[ServiceArea]
    stops: list[StopTold]


class ComingTold(ComingDrawn):
    """Whether help comes to people: `comes` in words, `stay` the next one at a stop; they may say nothing."""

    comes: str
    stay: StayTold | None


class Card(CardNames, CardState, PinTold, ComingTold):
    """CARD: one listing in a list, in a pin's panel, in the API. `reach` is "" where the question names no place."""

    id: str
    place_id: str
    url: str
    family: str
    place_kind: CodeInWords | None
    types: list[CodeAndName]
    open: Opening
    distance_km: float | None
    reach: str
    is_abroad: bool
    languages: list[str]
    interpreter_languages: list[str]
    cost: CodeInWords
    delivery: list[str]
    delivery_text: list[str]
    documents_none: bool
    anonymous: bool | None
    attributes: list[AttributeTold]
    operation: CodeInWords
    capacity: CapacityTold | None
    review: ReviewTold | None


class GroupTold(CodeAndName):
    welcome: str
    welcome_text: str


class Eligibility(TypedDict):
    groups: list[GroupTold]
    statuses: list[str]
    age_gender_text: str
    for_whom: list[str]
    insurance: str
    insurance_text: str


class TermsTold(TypedDict):
    documents: list[str]
    intake: list[str]
    waiting: str
    waiting_text: str


class HoursTold(TypedDict):
    """None where they are those of the whole place."""

    week: list[DayTold] | None
    special_days: list[SpecialDayTold] | None
    hours_note: str | None


class LanguageTold(TypedDict):
    """In which language what is said is read where it has none in the reader's: tags and own name; "" otherwise."""

    summary_lang: str
    text_lang: str
    text_lang_name: str
    operation_note_lang: str


class ServiceTold(Card, Eligibility, TermsTold, HoursTold, LanguageTold):
    """A listing on the page of its place; beside these keys, each text of the service that its audience may read."""

    hours_osm: str
    notices: list[NoticeTold]
    contacts: list[ContactTold]
    freshness_text: str
    timetable: list[StayTold]
    rests: list[str]


class WayTold(TypedDict):
    """Another map in which the place opens."""

    name: str
    url: str


class WhereTold(PinTold):
    """`coordinates`, `ways` and `map_link` say nothing where the door is not public."""

    city: str
    district: str
    address: str
    region: str
    directions: str
    transit: str
    accessibility_note: str
    accessibility: list[str]
    country: str
    country_name: str
    precision_text: str
    map_link: str | None
    coordinates: str
    ways: list[WayTold]
    timezone: str
    timezone_text: str


class PlaceTold(WhereTold, HoursTold):
    """PLACE: everything that a case worker needs about one place."""

    id: str
    url: str
    title: str
    organization: dict[str, str]
    family: str
    is_remote: bool
    is_closed: bool
    open: Opening
    freshness: Freshness
    freshness_text: str
    checked: PlaceCheckTold
    notices: list[NoticeTold]
    contacts: list[ContactTold]
    listings: list[ServiceTold]


class OwnerTold(TypedDict):
    name: str
    url: str


class TrainingTold(TypedDict):
    id: str
    title: str
    summary: str
    audience: str
    when: str
    zone: str
    where: str
    language: str
    topics: list[str]
    places: int
    owner: OwnerTold | None
    is_cancelled: bool


class CentreTold(TypedDict):
    rooms: str
    seats: int | None
    topics: list[str]
    trained: int | None
    looked: str
    #: Trainings of its organisation in everybody's calendar.
    trainings: list[TrainingTold]


class WholePlaceTold(PlaceTold):
    """PLACE with what a resource centre offers beside its services."""

    centre: CentreTold | None


class WebLink(TypedDict):
    url: str
    name: str


class OrganizationTold(TypedDict):
    """`checked` and `note` may say nothing."""

    slug: str
    url: str
    name: str
    short_name: str
    description: str
    description_lang: str
    countries: list[str]
    working_languages: list[str]
    community_led: list[str]
    website: str
    links: list[WebLink]
    is_member: bool
    contacts: list[ContactTold]
    is_told: bool
    freshness: Freshness
    checked: dict[str, str]
    note: str


class PlaceInList(TypedDict):
    """A place in the list of its organisation."""

    id: str
    url: str
    title: str
    address: str
    city: str
    country_name: str
    family: str
    count: int
    freshness: Freshness


class Dropped(TypedDict):
    """A condition to give up, with what would be found then; pages add the address of that."""

    param: str
    code: str
    name: str
    count: int
    url: NotRequired[str]


class Hotline(TypedDict):
    name: str
    organization: str
    country_name: str
    phone: str
    phone_href: str
    text: str
    open: Opening


class Guide(TypedDict):
    """What stands where addresses are not shown: the kinds that were asked for, and who takes people there."""

    kinds: list[CodeAndName]
    title: str
    text: str
    lines: list[Hotline]


class Alternatives(TypedDict):
    """What to offer when nothing fits."""

    drop: list[Dropped]
    nearest: list[Card]
    hotlines: list[Hotline]


class MapAnswer(TypedDict):
    revision: int
    generated_on: str
    total: int
    places: int
    unplaced: int
    clusters: list[MapCluster]
    points: list[MapPoint]
    counts: dict[str, dict[str, int]]
    listings: NotRequired[ListingsAnswer]


class ListingsAnswer(TypedDict):
    """A page of cards."""

    count: int
    places: int
    page: int
    pages: int
    next: str | None
    previous: str | None
    results: list[Card]
    guide: NotRequired[Guide]
    alternatives: NotRequired[Alternatives]


class SearchPage(ListingsAnswer):
    """A page of cards with the map of the same listings, and how the words were understood."""

    map: MapAnswer
    understood: UnderstoodJson


class NearestAnswer(TypedDict):
    results: list[Card]


class PointGeometry(TypedDict):
    type: str
    coordinates: list[float]


class Feature(TypedDict):
    type: str
    id: str
    geometry: PointGeometry | None
    properties: Card


class FeatureCollection(TypedDict):
    type: str
    features: list[Feature]
    next: NotRequired[str | None]


class CityFound(TypedDict):
    id: str
    name: str
    region: str
    country: str
    country_name: str
    lat: float
    lon: float
    timezone: str


class CitiesAnswer(TypedDict):
    results: list[CityFound]


class OfferedName(TypedDict):
    """What was perhaps meant: a value of the filter `param`; `detail` tells it from its namesakes."""

    param: str
    code: str
    text: str
    detail: str


class SuggestionsAnswer(TypedDict):
    results: list[OfferedName]
