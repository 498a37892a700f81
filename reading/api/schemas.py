"""OpenAPI descriptions of the endpoints: parameters and the shapes of answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from core.languages import SOURCE, codes
from directory.filtering.declaration import Filter
from directory.filtering.declared import FILTERS
from directory.filters import MAX_PAGE_SIZE, PAGE_SIZE, SORTS
from reading.hours import OPENING_STATES

Schema = dict[str, Any]


def _text(name: str, about: str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, description=about, **options)


def _number(name: str, about: str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.DOUBLE, description=about, **options)


def _filter(name: str, declared: Filter) -> OpenApiParameter:
    about = f"{declared.about} Repeated or comma-separated values are alternatives.".strip()
    fixed = declared.known.fixed
    items: Schema = {"type": "string", **({"enum": list(fixed)} if fixed else {})}
    return OpenApiParameter(name, {"type": "array", "items": items}, style="form", explode=False, description=about)


_LANG = _text("lang", "Language of texts.", enum=list(codes()), default=SOURCE)
_FILTERS = [_filter(name, declared) for name, declared in FILTERS.items()]
_BBOX = _text("bbox", "west,south,east,north in degrees; west may exceed east across the 180th meridian.")
_NEAR = [
    _number("lat", "Latitude to measure distances from."),
    _number("lon", "Longitude to measure distances from."),
    _number("radius", "Only listings within so many kilometres."),
    _text("near", "Id of a city (see /cities/) instead of lat and lon."),
]
_PAGING = [
    _text("sort", "Order of the list.", enum=list(SORTS)),
    OpenApiParameter("page", OpenApiTypes.INT),
    OpenApiParameter("page_size", OpenApiTypes.INT, description=f"Up to {MAX_PAGE_SIZE}, else {PAGE_SIZE}."),
]


def _object(properties: Schema, **more: Any) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), **more}


_STRING: Schema = {"type": "string"}
_MAYBE_STRING: Schema = {"type": ["string", "null"]}
_INTEGER: Schema = {"type": "integer"}
_NUMBER: Schema = {"type": "number"}
_MAYBE_NUMBER: Schema = {"type": ["number", "null"]}
_STRINGS: Schema = {"type": "array", "items": _STRING}
_CODED = _object({"code": _STRING, "text": _STRING})
_BOX: Schema = {"type": "array", "items": _NUMBER, "minItems": 4, "maxItems": 4}

_CAPACITY: Schema = {
    **_object(
        {
            "level": {"enum": ["free", "limited", "full", "out_of_stock", "unknown"]},
            "text": _STRING,
            "note": _STRING,
            "reported_on": _MAYBE_STRING,
            "reported_text": _STRING,
            "expires_on": _MAYBE_STRING,
        }
    ),
    "type": ["object", "null"],
    "description": "The organisation's last word about places or medicine; null when it never said anything, or when "
    "the service does not work. `unknown` from the day `expires_on` at the place: the word is too old then.",
}

CARD = _object(
    {
        **dict.fromkeys(
            (
                "id",
                "place_id",
                "url",
                "title",
                "summary",
                "organization",
                "organization_slug",
                "place",
                "address",
                "city",
            ),
            _STRING,
        ),
        **dict.fromkeys(("country", "country_name", "family", "precision"), _STRING),
        "types": {"type": "array", "items": _object({"code": _STRING, "name": _STRING})},
        "open": _object({"state": {"enum": list(OPENING_STATES)}, "text": _STRING}),
        "distance_km": _MAYBE_NUMBER,
        "languages": _STRINGS,
        "cost": _CODED,
        "delivery": _STRINGS,
        "documents_none": {"type": "boolean"},
        "anonymous": {"type": ["boolean", "null"]},
        "operation": _CODED,
        "capacity": _CAPACITY,
        "freshness": {"enum": ["fresh", "due", "overdue", "lapsed", "unchecked"]},
        "checked": _object({"text": _STRING, "level": _INTEGER, "on": _MAYBE_STRING}),
        "phone": _MAYBE_STRING,
        "notice": _MAYBE_STRING,
        "lon": _MAYBE_NUMBER,
        "lat": _MAYBE_NUMBER,
    }
)
_COUNTS: Schema = {
    "type": "object",
    "additionalProperties": {"type": "object", "additionalProperties": _INTEGER},
    "description": "Listings for each value of each filter, with all other filters applied.",
}
MAP_ANSWER = _object(
    {
        "revision": _INTEGER,
        "generated_on": {"type": "string", "format": "date"},
        "total": _INTEGER,
        "places": _INTEGER,
        "unplaced": _INTEGER,
        "clusters": {
            "type": "array",
            "items": _object({"lon": _NUMBER, "lat": _NUMBER, "count": _INTEGER, "places": _INTEGER, "bbox": _BOX}),
        },
        "points": {
            "type": "array",
            "items": _object(
                {
                    "id": _STRING,
                    "lon": _NUMBER,
                    "lat": _NUMBER,
                    "count": _INTEGER,
                    "family": _STRING,
                    "families": _STRINGS,
                    "title": _STRING,
                    "stale": {"type": "boolean"},
                    "precision": _STRING,
                }
            ),
        },
        "counts": _COUNTS,
    }
)
_LIST: Schema = {
    **dict.fromkeys(("count", "places", "page", "pages"), _INTEGER),
    "next": _MAYBE_STRING,
    "previous": _MAYBE_STRING,
    "results": {"type": "array", "items": CARD},
}
ERROR = _object(
    {
        "error": _object(
            {
                "param": _MAYBE_STRING,
                "message": _STRING,
                "unread": {"type": "array", "items": _object({"param": _STRING, "value": _STRING})},
            }
        )
    }
)
_PLACE: Schema = {
    "type": "object",
    "properties": {
        "id": _STRING,
        "title": _STRING,
        "organization": _object({"slug": _STRING, "name": _STRING}),
        "listings": {"type": "array", "items": {"allOf": [CARD]}},
    },
    "required": ["id", "title", "organization", "listings"],
}
_FEATURES = _object(
    {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": _object(
                {
                    "type": {"const": "Feature"},
                    "id": _STRING,
                    "geometry": {"type": ["object", "null"]},
                    "properties": CARD,
                }
            ),
        },
    }
)
_UNDERSTOOD = _object(
    {
        "words": _STRING,
        "corrected": _MAYBE_STRING,
        "left_out": {**_MAYBE_STRING, "description": "Words that no service of the kind has."},
        "place": {"type": ["object", "null"]},
        "country": _MAYBE_STRING,
        "filters": {
            "type": "array",
            "items": _object({"param": _STRING, "code": _STRING, "name": _STRING}),
            "description": "Conditions that the words name; `off` takes one off.",
        },
    }
)


_ABOUT_ERRORS = (
    "A parameter that cannot be understood; `param` is its name. `unread` are all values that nobody knows, as they "
    "were sent. A name that is not listed here is refused, with the nearest that is."
)


def _describe(
    summary: str, answer: Schema, parameters: list[OpenApiParameter], *, kind: str = "application/json", **more: Any
) -> Schema:
    wrong = OpenApiResponse(ERROR, description=_ABOUT_ERRORS)
    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {(200, kind): answer, (400, "application/json"): wrong},
        **more,
    }


def _body(properties: Schema) -> Schema:
    return {"application/json": {"type": "object", "properties": properties, "additionalProperties": False}}


def names_of(description: Schema) -> frozenset[str]:
    """The parameters that an endpoint understands: in its address, in its body, and filters in a part of the body."""
    in_address = {parameter.name for parameter in description["parameters"]}
    in_body = description.get("request", {}).get("application/json", {}).get("properties", {})
    filters = in_body.get("filters", {}).get("properties", {})
    return frozenset(in_address | in_body.keys() - {"filters"} | filters.keys())


_FILTER_BODY = {name: {"oneOf": [_STRING, _STRINGS]} for name in FILTERS}
_ZOOM = OpenApiParameter("zoom", OpenApiTypes.INT, description="0 to 22.")

MAP = _describe("Clusters, places and counts", MAP_ANSWER, [_BBOX, _ZOOM, *_FILTERS, *_NEAR, _LANG])
LISTINGS = _describe("Listings", _object(_LIST), [*_FILTERS, _BBOX, *_NEAR, *_PAGING, _LANG])
GEOJSON = _describe(
    "Listings as GeoJSON", _FEATURES, [*_FILTERS, _BBOX, *_NEAR, *_PAGING[:2], _LANG], kind="application/geo+json"
)
PLACE = _describe("A place", _PLACE, [_LANG])
NEAREST = _describe(
    "Nearest listings",
    _object({"results": _LIST["results"]}),
    [*_NEAR, OpenApiParameter("limit", OpenApiTypes.INT), *_FILTERS, _LANG],
)
SEARCH = _describe(
    "Search by words",
    _object({**_LIST, "map": MAP_ANSWER, "understood": _UNDERSTOOD}),
    [],
    request=_body(
        {
            "q": _STRING,
            "off": {**_STRINGS, "description": "Conditions of the words that do not count: `param:code`."},
            "filters": {"type": "object", "properties": _FILTER_BODY, "additionalProperties": False},
            "bbox": {"oneOf": [_STRING, _BOX]},
            **dict.fromkeys(("zoom", "page", "page_size"), _INTEGER),
            **dict.fromkeys(("lat", "lon", "radius"), _NUMBER),
            "near": _STRING,
            "sort": {"enum": list(SORTS)},
            "lang": {"enum": list(codes())},
        }
    ),
)
CITIES = _describe(
    "Cities by name",
    _object(
        {
            "results": {
                "type": "array",
                "items": _object(
                    {
                        **dict.fromkeys(("id", "name", "region", "country", "country_name", "timezone"), _STRING),
                        "lat": _NUMBER,
                        "lon": _NUMBER,
                    }
                ),
            }
        }
    ),
    [],
    request=_body({"q": _STRING, "country": _STRING, "lang": {"enum": list(codes())}}),
)
