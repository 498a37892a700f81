"""OpenAPI descriptions of the endpoints of HSDS, from the schemas of the standard that lie beside."""

from __future__ import annotations

import re
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from reading.api import schemas
from reading.api.described import Schema
from reading.hsds.asking import FORMATS, LEAST_METRES, MOST_METRES, MOST_PAGES, MOST_PER_PAGE, OWN, PER_PAGE

_SEE = "As the schema of HSDS 3.1 has it, with what the profile adds: /api/hsds/profile/."


class ByPath(AutoSchema):
    """A list and one of its objects are told apart by their addresses."""

    def get_operation_id(self) -> str:
        return re.sub(r"[^a-z0-9]+", "_", f"{self.path}_{self.method}".lower()).strip("_")


def _uuid(name: str, about: str) -> OpenApiParameter:
    schema: Schema = {"type": "string", "anyOf": [{"format": "uuid"}, {"const": ""}]}
    return OpenApiParameter(name, schema, description=about)


def _truth(name: str, about: str) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.BOOL, description=about)


_LANG = schemas._LANG
_PAGES = [
    OpenApiParameter("page", {"type": "integer", "minimum": 1, "maximum": MOST_PAGES}),
    OpenApiParameter(
        "per_page", {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE}, description=f"{PER_PAGE} by default."
    ),
    OpenApiParameter(
        "format",
        {"type": "string", "enum": list(FORMATS)},
        description="`ndjson`: an object a line, all at once.",
    ),
]
_SEARCH = OpenApiParameter("search", {"type": "string", "maxLength": 200}, description="Words.")
_OF_LISTINGS = [
    _SEARCH,
    _uuid("taxonomy_term_id", "Only what says this term."),
    _uuid("taxonomy_id", "Only what says any term of this taxonomy."),
    _uuid("organization_id", "Only what this organisation gives."),
    OpenApiParameter(
        "modified_after",
        {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}, {"const": ""}]},
        description="On or after a day or an instant, in UTC unless said.",
    ),
    OpenApiParameter(
        "proximity",
        {"type": "number", "minimum": LEAST_METRES, "maximum": MOST_METRES},
        description="Metres around lat and lon or near.",
    ),
    *(one for one in schemas._NEAR if one.name != "radius"),
    *(one for one in schemas._FILTERS if one.name in OWN),
]
_FULL = _truth("full", "With all that belongs to it.")


def _describe(
    summary: str, answer: Schema, parameters: list[OpenApiParameter], *, has_id: bool = False
) -> dict[str, Any]:
    wrong = OpenApiResponse(schemas.ERROR, description=schemas._ABOUT_ERRORS)
    responses: dict[Any, Any] = {(200, "application/json"): answer, (400, "application/json"): wrong}
    if has_id:
        responses[404, "application/json"] = OpenApiResponse(schemas.ERROR, description="There is nothing here.")
    return {"summary": summary, "parameters": [*parameters, _LANG], "responses": responses, "tags": ["hsds"]}


def _one(summary: str, *more: OpenApiParameter) -> dict[str, Any]:
    answer: Schema = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "format": "uuid"}}}
    return _describe(summary, answer | {"description": _SEE}, list(more), has_id=True)


def _list(summary: str, *more: OpenApiParameter) -> dict[str, Any]:
    whole, truth = {"type": "integer"}, {"type": "boolean"}
    page: Schema = {
        **dict.fromkeys(("total_items", "total_pages", "page_number", "size"), whole),
        **dict.fromkeys(("first_page", "last_page", "empty"), truth),
        "contents": {"type": "array", "items": {"type": "object", "description": _SEE}},
    }
    description = _describe(summary, {"type": "object", "properties": page, "required": list(page)}, [*more, *_PAGES])
    description["responses"][200, "application/x-ndjson"] = {"type": "string"}
    return description


ABOUT = _describe(
    "HSDS: what this API is",
    {
        "type": "object",
        "properties": {key: {"type": "string"} for key in ("version", "profile", "openapi_url")},
        "required": ["version", "profile", "openapi_url"],
    },
    [],
)
SERVICES = _list("HSDS: services", *_OF_LISTINGS, _FULL, _truth("minimal", "Ids and instants of change alone."))
SERVICE = _one("HSDS: a service")
LISTINGS = _list("HSDS: services at places", *_OF_LISTINGS, _FULL)
LISTING = _one("HSDS: a service at a place")
LOCATIONS = _list("HSDS: places", *_OF_LISTINGS)
LOCATION = _one("HSDS: a place")
_WHOLE = _truth("full_service", "With whole services.")
ORGANIZATIONS = _list("HSDS: organisations", *_OF_LISTINGS, _FULL, _WHOLE)
ORGANIZATION = _one("HSDS: an organisation", _WHOLE)
TAXONOMIES = _list("HSDS: taxonomies", _SEARCH)
TAXONOMY = _one("HSDS: a taxonomy")
TERMS = _list(
    "HSDS: terms",
    _SEARCH,
    _uuid("taxonomy_id", "Only terms of this taxonomy."),
    _uuid("parent_id", "Only terms under this one."),
    _truth("top_only", "Only terms that stand under none."),
)
TERM = _one("HSDS: a term")
PACKAGE = _describe("HSDS: everything as a tabular data package", {"type": "string", "format": "binary"}, _OF_LISTINGS)
PACKAGE["responses"] = {
    (200, "application/zip"): {"type": "string", "format": "binary"},
    **{key: value for key, value in PACKAGE["responses"].items() if key[0] != 200},
}
