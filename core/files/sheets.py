"""Cells of tables that a spreadsheet opens without running anything."""

from __future__ import annotations

#: A cell that begins so is a formula for a spreadsheet; the wide ones are for some keyboards.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_KEPT = "'"


def cell(value: object) -> str:
    """The value as text; an apostrophe keeps what looks like a formula from being one. Numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    text = str(value)
    if not text or text[0].isalnum():  # almost all of them
        return text
    return f"{_KEPT}{text}" if _is_live(text) else text


def plain(text: str) -> str:
    """What `cell` was made of."""
    return text[1:] if text.startswith(_KEPT) and _is_live(text[1:]) else text


def _is_live(text: str) -> bool:
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
