"""OpenAPI descriptions of the endpoints: parameters and the shapes of answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from core.geo.gazetteer.search import MAX_QUERY as MAX_CITY
from core.languages import SOURCE, codes
from directory.asking.filters import MAX_PAGE, MAX_PAGE_SIZE, PAGE_SIZE, SORTS
from directory.asking.mapview import MAX_ZOOM
from directory.asking.ordering import REACHES
from directory.filtering.declaration import Filter
from directory.filtering.declared import FILTERS
from directory.geometry import MAX_RADIUS_KM
from directory.searching.search import MAX_QUERY
from reading.api.described import Schema, described
from reading.hours import OPENING_STATES, Opening
from reading.road.shapes import RoadPack
from reading.shapes import (
    CapacityTold,
    Card,
    CentreTold,
    CitiesAnswer,
    CodeInWords,
    Feature,
    FeatureCollection,
    ListingsAnswer,
    MapAnswer,
    NearestAnswer,
    ReviewTold,
    SearchPage,
    SuggestionsAnswer,
    WholePlaceTold,
)


def _text(name: str, about: str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, description=about, **options)


def _filter(name: str, declared: Filter) -> OpenApiParameter:
    about = f"{declared.about} Repeated or comma-separated values are alternatives.".strip()
    fixed = declared.known.fixed
    items: Schema = {"type": "string", **({"enum": ["", *fixed]} if fixed else {})}
    return OpenApiParameter(name, {"type": "array", "items": items}, style="form", explode=False, description=about)


_LANG = _text("lang", "Language of texts.", enum=["", *codes()], default=SOURCE)
#: In a body nothing may be sent as nothing, too.
_LANG_SENT: Schema = {"enum": ["", None, *codes()]}
_FILTERS = [_filter(name, declared) for name, declared in FILTERS.items()]
_PARTS = r"(\.[0-9]{1,12})?"
_LATITUDE, _LONGITUDE = rf"-?(90|[0-8]?[0-9]{_PARTS})", rf"-?(720|(7[01]|[0-6]?[0-9])?[0-9]{_PARTS})"
_EDGES = f"{_LONGITUDE},{_LATITUDE},{_LONGITUDE},{_LATITUDE}"
_BOX: Schema = {"type": "string", "pattern": f"^({_EDGES})?$"}
_BBOX = OpenApiParameter(
    "bbox",
    _BOX,
    description="west,south,east,north in degrees; west may exceed east across the 180th meridian.",
)
_NEAR = [
    OpenApiParameter(
        "lat",
        {"type": "number", "minimum": -90, "maximum": 90},
        description="Latitude to measure distances from; goes with lon.",
    ),
    OpenApiParameter(
        "lon",
        {"type": "number", "minimum": -720, "maximum": 720},
        description="Longitude to measure distances from; goes with lat.",
    ),
    OpenApiParameter(
        "radius",
        {"type": "number", "minimum": 0.1, "maximum": MAX_RADIUS_KM},
        description="Only listings within so many kilometres of lat and lon, or of near.",
    ),
    _text("near", "Id of a city (see /cities/) instead of lat and lon."),
]
_PAGING = [
    _text("sort", "Order of the list.", enum=["", *SORTS]),
    OpenApiParameter(
        "page",
        {"type": "integer", "minimum": 1, "maximum": MAX_PAGE},
        description="The number of a page. To read a whole list follow `next`: nothing is then missed or told twice.",
    ),
    _text("after", "The row behind which the page begins, as `next` of the page before names it."),
    _text("before", "The row ahead of which the page ends, as `previous` of the page behind names it."),
    OpenApiParameter(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE},
        description=f"Up to {MAX_PAGE_SIZE}, else {PAGE_SIZE}.",
    ),
]


def _degrees(most: int) -> Schema:
    return {"type": "number", "minimum": -most, "maximum": most}


_FOUR_EDGES: Schema = {
    "type": "array",
    "prefixItems": [_degrees(720), _degrees(90), _degrees(720), _degrees(90)],
    "items": {"type": "number"},
    "minItems": 4,
    "maxItems": 4,
}


def _sent(longest: int) -> Schema:
    """A text of a body, at most so long; nothing may be sent as nothing."""
    return {"type": ["string", "null"], "maxLength": longest}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


_STRING: Schema = {"type": "string"}
_STRINGS: Schema = {"type": "array", "items": {"type": "string"}}
_MAYBE_STRING: Schema = {"type": ["string", "null"]}
_CAPACITY: Schema = {
    **described(CapacityTold, level={"enum": ["free", "limited", "full", "out_of_stock", "unknown"]}),
    "type": ["object", "null"],
    "description": "The organisation's last word about places or medicine; null when it never said anything, or when "
    "the service does not work. `unknown` from the day `expires_on` at the place: the word is too old then.",
}
_OPEN = described(Opening, state={"enum": list(OPENING_STATES)})
_REACH: Schema = {"enum": ["", *REACHES], "description": "How far it is from the place of the question."}
_REVIEW: Schema = {
    **described(ReviewTold),
    "type": ["object", "null"],
    "description": "When the organisation's work was reviewed by others; `words` is what a reader should know of it.",
}
_PLACE_KIND: Schema = {
    **described(CodeInWords),
    "type": ["object", "null"],
    "description": "A kind of place by which people search: `resource`, a resource centre. null for all others.",
}
_CENTRE: Schema = {
    **described(CentreTold),
    "type": ["object", "null"],
    "description": "What a resource centre offers beside its services: rooms, seats, what can be learnt, how many have "
    "completed its trainings (from five on), and its next trainings. null for all other places.",
}
CARD = described(Card, place_kind=_PLACE_KIND, open=_OPEN, capacity=_CAPACITY, review=_REVIEW, reach=_REACH)
_CARDS: Schema = {"type": "array", "items": CARD}
_COUNTS: Schema = {
    "type": "object",
    "additionalProperties": {"type": "object", "additionalProperties": {"type": "integer"}},
    "description": "Listings for each value of each filter, with all other filters applied.",
}
_LISTINGS = described(ListingsAnswer, results=_CARDS)
MAP_ANSWER = described(MapAnswer, generated_on={"type": "string", "format": "date"}, counts=_COUNTS, listings=_LISTINGS)
_ERROR = _object(
    {
        "param": _MAYBE_STRING,
        "message": _STRING,
        "unread": {"type": "array", "items": _object({"param": _STRING, "value": _STRING})},
    }
)
ERROR = _object({"error": _ERROR})
_PLACE = described(WholePlaceTold, open=_OPEN, centre=_CENTRE, listings=_CARDS)
_FEATURE = described(Feature, type={"const": "Feature"}, properties=CARD)
_FEATURES = described(
    FeatureCollection, type={"const": "FeatureCollection"}, features={"type": "array", "items": _FEATURE}
)


_ABOUT_ERRORS = (
    "A parameter that cannot be understood; `param` is its name. `unread` are all values that nobody knows, as they "
    "were sent. A name that is not listed here is refused, with the nearest that is."
)


def _describe(
    summary: str, answer: Schema, parameters: list[OpenApiParameter], *, kind: str = "application/json", **more: Any
) -> dict[str, Any]:
    wrong = OpenApiResponse(ERROR, description=_ABOUT_ERRORS)
    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {(200, kind): answer, (400, "application/json"): wrong},
        **more,
    }


def _body(properties: Schema) -> Schema:
    return {"application/json": {"type": "object", "properties": properties, "additionalProperties": False}}


def names_of(description: dict[str, Any]) -> frozenset[str]:
    """The parameters that an endpoint understands: in its address, in its body, and filters in a part of the body."""
    in_address = {parameter.name for parameter in description["parameters"]}
    in_body = description.get("request", {}).get("application/json", {}).get("properties", {})
    filters = in_body.get("filters", {}).get("properties", {})
    return frozenset(in_address | in_body.keys() - {"filters"} | filters.keys())


_FILTER_BODY = {name: {"oneOf": [_MAYBE_STRING, _STRINGS]} for name in FILTERS}
_ZOOM = OpenApiParameter("zoom", {"type": "integer", "minimum": 0, "maximum": 22}, description="0 to 22.")

_WITH_LIST = OpenApiParameter(
    "list",
    {"type": "string", "pattern": f"^(all|{_EDGES})?$"},
    description="“all”, or a box as in bbox: brings the first page of listings of it in the same answer.",
)
MAP = _describe(
    "Clusters, places and counts", MAP_ANSWER, [_BBOX, _ZOOM, _WITH_LIST, _PAGING[0], *_FILTERS, *_NEAR, _LANG]
)
LISTINGS = _describe("Listings", _LISTINGS, [*_FILTERS, _BBOX, *_NEAR, *_PAGING, _LANG])
GEOJSON = _describe(
    "Listings as GeoJSON", _FEATURES, [*_FILTERS, _BBOX, *_NEAR, *_PAGING[:4], _LANG], kind="application/geo+json"
)
PLACE = _describe("A place", _PLACE, [_LANG])
PLACE["responses"][404, "application/json"] = OpenApiResponse(ERROR, description="There is nothing at this address.")
PLACE["responses"][410, "application/json"] = OpenApiResponse(
    _object({"error": _ERROR, "merged_into": _STRING}),
    description="What was here became one with what is at another place; `merged_into` is its id.",
)
PACK = _describe(
    "A country to take along",
    described(RoadPack),
    [
        _text("since", "The `revision` of the pack that you have: what changed since."),
        _LANG,
    ],
)
PACK["responses"][404, "application/json"] = OpenApiResponse(ERROR, description="No country has this code.")
PACK["responses"][410, "application/json"] = OpenApiResponse(ERROR, description="Wipe what you have of this country.")
NEAREST = _describe(
    "Nearest listings",
    described(NearestAnswer, results=_CARDS),
    [*_NEAR, OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": 100}), *_FILTERS, _LANG],
)
SEARCH = _describe(
    "Search by words",
    described(SearchPage, results=_CARDS, map=MAP_ANSWER),
    [],
    request=_body(
        {
            "q": _sent(MAX_QUERY),
            "off": {**_STRINGS, "description": "Conditions of the words that do not count: `param:code`."},
            "filters": {"type": "object", "properties": _FILTER_BODY, "additionalProperties": False},
            "bbox": {"oneOf": [_BOX, _FOUR_EDGES]},
            "zoom": {"type": "integer", "minimum": 0, "maximum": MAX_ZOOM},
            **{one.name: one.type for one in _PAGING if one.name not in ("sort", "after", "before")},
            **{one.name: one.type for one in _NEAR if one.name != "near"},
            "near": {"type": ["string", "null"]},
            "sort": {"enum": ["", None, *SORTS]},
            "lang": _LANG_SENT,
        }
    ),
)
CITIES = _describe(
    "Cities by name",
    described(CitiesAnswer),
    [],
    request=_body({"q": _sent(MAX_CITY), "country": _sent(2), "lang": _LANG_SENT}),
)
SUGGESTIONS = _describe(
    "What may be meant, while somebody types",
    described(SuggestionsAnswer),
    [],
    request=_body({"q": _sent(MAX_QUERY), "lang": _LANG_SENT}),
)
