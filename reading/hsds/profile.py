"""Our profile of HSDS: what it adds to the standard's schemas, as merge patches (RFC 7386), and the merged schemas.

The schemas under schema/ are the standard's own, CC BY-SA 4.0; its licence lies beside them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.pages.http import kept_as_public

Patch = dict[str, Any]

_SCHEMAS = Path(__file__).parent / "schema"


def _text(about: str, **more: object) -> Patch:
    return {"type": "string", "description": about, **more}


#: What is ours. Extra fields begin with `x_`.
PATCHES: dict[str, Patch] = {
    "service": {
        "properties": {
            "x_verification": {
                "type": "object",
                "description": "How sure it is: 1 confirmed by the organisation, 2 checked by another one, 3 visited.",
                "properties": {
                    "level": {"type": "integer", "minimum": 0, "maximum": 3},
                    "method": {"type": "string"},
                    "status": {"enum": ["fresh", "due", "overdue", "lapsed", "unchecked"]},
                },
                "required": ["level", "status"],
            },
            "x_anonymous": {"type": "boolean", "description": "Whether nobody asks for a name."},
            "x_texts": {
                "type": "object",
                "description": "The texts in every language that they are written in, by its code.",
                "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}},
            },
        },
        "required": ["id", "name", "status", "organization_id", "last_modified"],
    },
    "location": {
        "properties": {
            "x_precision": _text(
                "What may be known of the place. Only an exact one has a point and a street.",
                enum=["exact", "district", "settlement", "country", "none"],
            ),
            "x_kind": _text("A kind of place by which people search.", enum=["resource"]),
            "x_centre": {
                "type": "object",
                "description": "What a resource centre offers beside its services.",
                "properties": {
                    "rooms": {"type": "string"},
                    "seats": {"type": "integer", "minimum": 1},
                    "topics": {"type": "array", "items": {"type": "string"}},
                    "trained": {"type": "integer", "minimum": 5, "description": "How many completed its trainings."},
                    "looked_through_on": {"type": "string", "format": "date"},
                },
            },
        },
    },
    "schedule": {
        "properties": {
            "x_timezone": _text("The zone by its IANA name: an offset is only that of today."),
            "x_opening_hours": _text("All hours of the listing in OpenStreetMap's syntax, on its first schedule."),
        },
    },
    "organization": {
        "properties": {
            "x_countries": {"type": "array", "items": {"type": "string", "pattern": "^[A-Z]{2}$"}},
            "x_member": {"type": "boolean", "description": "A member of the network."},
            "services": {"type": "array", "items": {"$ref": "service.json"}},
        },
    },
    "taxonomy": {"properties": {"x_code": _text("The scheme by its name in our own API.")}},
}


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """The patches, and where the merged schemas are."""
    names = sorted(path.stem for path in _SCHEMAS.glob("*.json"))
    where = {name: request.build_absolute_uri(reverse("hsds:profile_schema", args=[name])) for name in names}
    return _json(
        {
            "title": "Service map profile of HSDS 3.1",
            "base": "https://docs.openreferral.org/en/3.1/hsds/schema_reference.html",
            "patches": {f"{name}.json": patch for name, patch in PATCHES.items()},
            "schemas": where,
            "licence": "Schemas of HSDS: Open Referral, CC BY-SA 4.0",
        }
    )


@require_safe
def schema(request: HttpRequest, schema: str) -> HttpResponse:
    if schema not in schemas():
        raise Http404
    return _json(schemas()[schema])


def _json(answer: object) -> HttpResponse:
    response = HttpResponse(orjson.dumps(answer), content_type="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


profile = kept_as_public(profile)  # type: ignore[assignment]
schema = kept_as_public(schema)  # type: ignore[assignment]


@cache
def schemas() -> dict[str, Patch]:
    """The standard's schemas with ours merged in, by name."""
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(_SCHEMAS.glob("*.json"))}
    return {name: merged(one, PATCHES.get(name, {})) for name, one in found.items()}


def merged(base: Patch, patch: Patch) -> Patch:
    """RFC 7386."""
    result = dict(base)
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict):
            result[name] = merged(result.get(name) or {}, value)
        else:
            result[name] = value
    return result
