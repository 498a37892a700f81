"""What the API has promised stays: its description of today holds all that the kept one holds.

`docs/api/v1.json` is what was promised last. A path, a parameter, a value, a key of an answer may come; whatever goes
fails here. After an addition: `bin/manage promise`.
"""

import copy
import json
from pathlib import Path

import pytest
from django.conf import settings

from reading.api.promised import promised

KEPT = Path(settings.BASE_DIR) / "docs" / "api" / "v1.json"
#: What narrows what may be asked: more of it is a break, less is not.
_LIMITS = {"minimum": 1, "maximum": -1, "maxLength": -1, "minLength": 1}


def broken(before, now, path=""):
    """What of `before` is no longer there; a request may not become narrower, an answer may not become poorer."""
    found = [f"{path}: no {key}" for key in before["paths"] if key not in now["paths"]]
    for address, methods in before["paths"].items():
        for method, one in methods.items():
            there = now["paths"].get(address, {}).get(method)
            if there is None:
                found += [f"{method} {address} is gone"] if address in now["paths"] else []
                continue
            found += [f"{method} {address}: {what}" for what in _operation(one, there, before, now)]
    return found


def _operation(one, there, before, now):
    known = {each["name"]: each for each in there.get("parameters", ())}
    for each in one.get("parameters", ()):
        mine = known.get(each["name"])
        if mine is None:
            yield f"parameter {each['name']} is gone"
        else:
            yield from (f"parameter {each['name']}: {what}" for what in _asked(each["schema"], mine["schema"]))
    names = {each["name"] for each in one.get("parameters", ())}
    yield from (f"parameter {name} is required now" for name, each in known.items()
                if each.get("required") and name not in names)  # fmt: skip
    for status, answer in one["responses"].items():
        if status not in there["responses"]:
            yield f"answer {status} is gone"
            continue
        for kind, content in answer.get("content", {}).items():
            mine = there["responses"][status].get("content", {}).get(kind)
            if mine is None:
                yield f"answer {status} {kind} is gone"
            else:
                yield from _answer(content["schema"], mine["schema"], before, now, f"answer {status}")


def _asked(one, mine):
    if one.get("type") != mine.get("type"):
        yield "another type"
    if gone := set(map(str, one.get("enum", ()))) - set(map(str, mine.get("enum", one.get("enum", ())))):
        yield f"values {gone} are gone"
    for name, way in _LIMITS.items():
        if name in mine and (name not in one or (mine[name] - one[name]) * way > 0):
            yield f"{name} is narrower"


def _answer(one, mine, before, now, path, seen=()):
    one, mine = _resolved(one, before), _resolved(mine, now)
    if id(one) in seen:
        return
    for name, inner in one.get("properties", {}).items():
        if name not in mine.get("properties", {}):
            yield f"{path}.{name} is gone"
        else:
            yield from _answer(inner, mine["properties"][name], before, now, f"{path}.{name}", (*seen, id(one)))
    if "items" in one:
        yield from _answer(one["items"], mine.get("items", {}), before, now, f"{path}[]", (*seen, id(one)))
    if gone := set(one.get("required", ())) - set(mine.get("required", ())):
        yield f"{path}: {sorted(gone)} may be missing now"


def _resolved(schema, whole):
    if "$ref" not in schema:
        return schema
    return whole["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]


@pytest.fixture(scope="module")
def today():
    return promised()


def test_nothing_that_was_promised_has_gone(today):
    assert broken(json.loads(KEPT.read_text(encoding="utf-8")), today) == []


def test_what_is_kept_is_what_is_promised_today(today):
    assert json.loads(KEPT.read_text(encoding="utf-8")) == today, "run bin/manage promise"


def without(schema, *keys):
    copied = copy.deepcopy(schema)
    inner = copied
    for key in keys[:-1]:
        inner = inner[key]
    del inner[keys[-1]]
    return copied


def test_each_kind_of_break_is_seen(today):
    listings = ("paths", "/api/v1/listings/", "get")
    assert broken(today, today) == []
    assert broken(today, without(today, "paths", "/api/v1/listings/"))
    assert broken(today, without(today, *listings, "parameters", 0))
    assert broken(today, without(today, *listings, "responses", "400"))
    answer = (*listings, "responses", "200", "content", "application/json", "schema")
    assert broken(today, without(today, *answer, "properties", "count"))
    assert broken(today, without(today, *answer, "properties", "results", "items", "properties", "title"))
    narrower = copy.deepcopy(today)
    page = next(one for one in narrower["paths"]["/api/v1/listings/"]["get"]["parameters"] if one["name"] == "page")
    page["schema"]["maximum"] = 5
    assert broken(today, narrower)
