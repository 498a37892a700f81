"""What the description says of today besides: the codes that there are, where a filter takes no others.

`docs/api/v1.json` promises parameters, not codes, for those are data: they come and go with the network. Whoever asks
the running product for its description reads which there are now. Members' twins take more codes, which not everybody
may read, and stay as they are promised.
"""

from __future__ import annotations

import copy
from typing import Any

from django.http import HttpRequest

from directory.filtering.declared import FILTERS
from directory.filtering.known import Shaped
from directory.vocabulary import vocabulary
from reading.api.described import Schema


def codes_of_today(result: dict[str, Any], request: HttpRequest | None, **_more: object) -> dict[str, Any]:
    """Put the codes beside the filters, if somebody asks; the promise is made without a question."""
    if request is None:
        return result
    told = _told()
    for path, methods in result["paths"].items():
        if "/members/" in path:
            continue
        for one in methods.values():
            for parameter in one.get("parameters", ()):
                schema = parameter["schema"]
                if parameter["name"] in told and "items" in schema:
                    parameter["schema"] = {**schema, "items": {**schema["items"], **told[parameter["name"]]}}
            if "requestBody" in one:
                one["requestBody"] = _body(one["requestBody"], told)
    return result


def _body(asked: dict[str, Any], told: dict[str, Schema]) -> dict[str, Any]:
    """A body of its own: what was declared is one for all who ask."""
    asked = copy.deepcopy(asked)
    for content in asked["content"].values():
        filters = content["schema"].get("properties", {}).get("filters", {}).get("properties", {})
        for name in filters.keys() & told.keys():
            one = {"type": "string", **told[name]}
            filters[name] = {"oneOf": [one, {"type": "array", "items": one}, {"type": "null"}]}
    return asked


def _told() -> dict[str, Schema]:
    """What can be said of one value of each filter."""
    words = vocabulary("public")
    found: dict[str, Schema] = {}
    for name, declared in FILTERS.items():
        if isinstance(declared.known, Shaped):
            found[name] = {"pattern": f"^({declared.known.form.pattern})?$"}
        elif values := declared.known.values(words):
            found[name] = {"enum": ["", *sorted({*values, *declared.other_spellings})]}
    return found
