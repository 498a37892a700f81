"""Phrases that a verifier chooses from when something is returned; `fixtures/vocabulary/reasons.json` has them."""

from __future__ import annotations

import json
from functools import cache
from typing import TypedDict

from django.conf import settings

from directory.vocabulary import localised
from workspace.shared.choices import PlainChoices

FILE = settings.NETWORK.vocabulary_file("reasons.json")
#: What is done with them.
ACTIONS = ("ask", "reject")


class Phrase(TypedDict):
    """`action` is where the phrase is offered."""

    code: str
    action: str
    name: dict[str, str]


@cache
def phrases() -> list[Phrase]:
    found: list[Phrase] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def offered(action: str) -> PlainChoices:
    """The phrases for this action, in the language of the page."""
    return [(one["code"], localised(one["name"])) for one in phrases() if one["action"] == action]


def reason_of(action: str, chosen: list[str], own: str) -> str:
    """The chosen phrases, then what was written beside them."""
    words = [text for code, text in offered(action) if code in chosen]
    return " ".join(filter(None, [*words, own.strip()]))
