"""Text of another direction inside a line: names, addresses and numbers come from data and keep the order they have.

Isolation costs nothing where it changes nothing: on a page that runs from left to right only what holds letters of the
other direction is isolated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.languages import active, by_code

_FIRST_STRONG, _LEFT_TO_RIGHT, _END = "\u2068", "\u2066", "\u2069"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def is_right_to_left() -> bool:
    """Whether the page of now runs so."""
    return by_code(active()).direction == "rtl"


def needs_isolation(text: str) -> bool:
    return bool(text) and (is_right_to_left() or _RIGHT_TO_LEFT.search(text) is not None)


def are_left_to_right(texts: Sequence[str]) -> bool:
    """Whether these are words of letters from left to right alone, on a page that runs the other way."""
    told = " ".join(texts)
    return is_right_to_left() and any(map(str.isalpha, told)) and _RIGHT_TO_LEFT.search(told) is None


def isolated(text: str) -> str:
    """A value for places that hold no element: titles, letters, what is shared."""
    return f"{_FIRST_STRONG}{text}{_END}" if needs_isolation(text) else text


def left_to_right(text: str) -> str:
    """A phone, a time, an address of the web: from left to right in every script."""
    return f"{_LEFT_TO_RIGHT}{text}{_END}" if text and is_right_to_left() else text
