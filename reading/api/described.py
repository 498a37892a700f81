"""An answer's shape as a JSON Schema: what is promised derives from what is given."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

Schema = dict[str, object]

_PLAIN: dict[object, str] = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def described(hint: object, **told_otherwise: Schema) -> Schema:
    """The schema of a type of `reading.shapes`; `told_otherwise` are keys about which more can be said."""
    if is_typeddict(hint):
        return _object(get_type_hints(hint, include_extras=True), told_otherwise)
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    parts = get_args(hint)
    match get_origin(hint):
        case origin if origin is Literal:
            return {"enum": list(parts)}
        case origin if origin is list:
            return {"type": "array", "items": described(parts[0])}
        case origin if origin is dict:
            return {"type": "object", "additionalProperties": described(parts[1])}
        case origin if origin in (Union, UnionType):
            return {"anyOf": [described(part) for part in parts]}
    raise TypeError(f"{hint} cannot be described")


def _object(hints: dict[str, object], told_otherwise: dict[str, Schema]) -> Schema:
    required = [name for name, hint in hints.items() if get_origin(hint) is not NotRequired]
    bare = {name: hint if name in required else get_args(hint)[0] for name, hint in hints.items()}
    properties = {name: told_otherwise.get(name) or described(hint) for name, hint in bare.items()}
    return {"type": "object", "properties": properties, "required": required}


def what_may_be_empty(result: dict[str, Any], **_more: object) -> dict[str, Any]:
    """A parameter that is sent with nothing is one that is not sent, as forms send it."""
    for methods in result["paths"].values():
        for one in methods.values():
            for parameter in one.get("parameters", ()):
                if parameter["in"] == "query":
                    parameter["allowEmptyValue"] = True
    return result


def refusals_of_members(result: dict[str, Any], **_more: object) -> dict[str, Any]:
    """What members are asked besides says in the description whom it refuses."""
    for path, methods in result["paths"].items():
        if "/members/" not in path:
            continue
        for one in methods.values():
            wrong = {key: value for key, value in one["responses"].get("400", {}).items() if key != "description"}
            one["responses"]["403"] = {**wrong, "description": "Nobody is logged in."}
            one["responses"].setdefault("404", {**wrong, "description": "There is nothing here for this person."})
    return result
