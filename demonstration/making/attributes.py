"""The attributes that an administrator of the fictional network has added, and what its services answer."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings

from core.answers import SEPARATOR
from demonstration.making.content import Script, localised
from services.models import Attribute, AttributeAnswer, HowAnswered
from verification.publication import publish_vocabulary

_TYPES = settings.NETWORK.vocabulary_file("service_types.json")


def add_attributes(content: Script) -> None:
    """The rows, and the words of the map."""
    for position, item in enumerate(content.attributes, start=1):
        own = item.get("answers", [])
        attribute = Attribute.objects.create(
            code=item["code"],
            answers=HowAnswered.CHOICE if own else HowAnswered.YES_NO,
            types=item["types"],
            members_only=item.get("members_only", False),
            **_worded(item, position),
        )
        for place, answer in enumerate(own, start=1):
            code = f"{attribute.code}{SEPARATOR}{answer['code']}"
            AttributeAnswer.objects.create(attribute=attribute, code=code, **_worded(answer, place))
    publish_vocabulary()


def _worded(item: dict[str, Any], position: int) -> dict[str, Any]:
    return {"position": position, "synonyms": item.get("synonyms", {}), **localised("name", item["name"])}


def answers_of(content: Script, types: Iterable[str], seed: str) -> list[str]:
    """What a service of these kinds answers: always the same for the same seed."""
    asked = {*types, *(parent for code, parent in _parents().items() if code in set(types))}
    dice = random.Random(f"{seed}/attributes")  # noqa: S311 (no secret)
    found: list[str] = []
    for item in content.attributes:
        said = dice.choices(list(item["said"]), list(item["said"].values()))[0]
        if not asked.isdisjoint(item["types"]):
            found += [f"{item['code']}{SEPARATOR}{answer}" for answer in said.split()]
    return found


@cache
def _parents() -> dict[str, str]:
    return {item["code"]: item.get("parent", "") for item in json.loads(_TYPES.read_text(encoding="utf-8"))}
