"""Names put into the middle of a sentence."""

from __future__ import annotations

from collections.abc import Iterable


def lower_first(text: str) -> str:
    """“Call first” → “call first”; abbreviations stay as they are."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """As a line of its own begins."""
    return text[:1].upper() + text[1:]


def in_a_row(texts: Iterable[str]) -> str:
    """Names as one enumeration: “On site, by phone”."""
    return ", ".join(text if index == 0 else lower_first(text) for index, text in enumerate(texts))
