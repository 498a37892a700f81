"""What the API promises to everybody, as one description that a file keeps."""

from __future__ import annotations

import json
from typing import Any

from drf_spectacular.generators import SchemaGenerator


def promised() -> dict[str, Any]:
    """What everybody may ask; the members' twins follow from it."""
    schema: dict[str, Any] = json.loads(json.dumps(SchemaGenerator().get_schema(public=True), default=str))
    schema["paths"] = {path: one for path, one in schema["paths"].items() if "/members/" not in path}
    return schema
