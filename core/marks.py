"""Words in another language than the page's, between two signs until the page is whole.

A text is put together from words long before anybody knows whether it will stand between tags or in an attribute. So
what a language has no words for travels between private signs of Unicode; in the finished page those become
`<span lang="ru" dir="ltr">…</span>` where an element may stand, and vanish where none may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.html import format_html

from core.languages import LANGUAGES, by_code

_BEGINS, _ENDS, _FIRST = "\ue000", "\ue001", 0xE010
#: As JSON writes them in ASCII.
_BEGINS_IN_JSON, _ENDS_IN_JSON = r"\ue000", r"\ue001"
_OF = {row.code: f"{_BEGINS}{chr(_FIRST + place)}" for place, row in enumerate(LANGUAGES)}
_CODE = {sign: code for code, sign in _OF.items()}
_SECONDS = f"[{chr(_FIRST)}-{chr(_FIRST + len(LANGUAGES) - 1)}]"
_SIGN = re.compile(rf"{_BEGINS}{_SECONDS}|{_ENDS}|(?<!\\)(?:\\ue000\\ue0[0-9a-f]{{2}}|\\ue001)")
_SIGNS = (_BEGINS, _ENDS, _BEGINS_IN_JSON, _ENDS_IN_JSON)
#: Comments, elements whose text may hold no element, tags, and the signs themselves.
_PARTS = re.compile(
    rf"<!--.*?-->|<(?P<bare>script|style|title|textarea|option)\b.*?</(?P=bare)\s*>|<[a-zA-Z/!][^>]*>|{_SIGN.pattern}",
    re.DOTALL | re.IGNORECASE,
)
_is_on: ContextVar[bool] = ContextVar("words of another language are marked", default=False)


@contextmanager
def marking(*, on: bool) -> Iterator[None]:
    """While a page is read. What is written down meanwhile would keep the signs: nothing else is marked."""
    before = _is_on.set(on)
    try:
        yield
    finally:
        _is_on.reset(before)


def mark(text: str, code: str) -> str:
    """The text as one in this language, where somebody will look for the signs."""
    return f"{_OF[code]}{text}{_ENDS}" if text and _is_on.get() else text


def unmarked(text: str) -> str:
    return _SIGN.sub("", text) if any(sign in text for sign in _SIGNS) else text


def marked_up(html: str) -> str:
    """The page with elements in place of the signs; of words within words the outer ones tell their language."""
    if not any(sign in html for sign in _SIGNS):
        return html
    depth = 0

    def told(found: re.Match[str]) -> str:
        nonlocal depth
        part = found[0]
        if part == _ENDS:
            depth = max(depth - 1, 0)
            return "" if depth else "</span>"
        if part not in _CODE:
            return unmarked(part)
        depth += 1
        row = by_code(_CODE[part])
        return "" if depth > 1 else format_html('<span lang="{}" dir="{}">', row.tag, row.direction)

    return _PARTS.sub(told, html)
