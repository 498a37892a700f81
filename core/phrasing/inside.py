"""Attributes whose words are borrowed: HTML has no place for their language but the element that holds them.

So that element says it, and whatever stands inside says the page's own language again: its children each by an
attribute, its own words by a `<span>`. How words of the other direction stand in an attribute, signs around them tell
(`marks`): `dir` would turn the element itself around.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.html import format_html

#: Written into a tag while the page is put together, with the language of its attributes.
TOLD = "data-borrowed-words"
_TOLD = re.compile(rf' {TOLD}="([-\w]+)"')
_TOKENS = re.compile(
    r"<!--.*?-->|(?P<open><(?P<bare>script|style|title|textarea)\b[^>]*>)(?P<rest>.*?</(?P=bare)\s*>)"
    r"|<(?P<ends>/?)(?P<name>[a-zA-Z][-\w]*)[^>]*>",
    re.DOTALL,
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_HAS_LANGUAGE = re.compile(r"\slang\s*=")


@dataclass
class _Element:
    name: str
    is_told: bool


def with_languages(html: str, here: str) -> str:
    """The page with `lang` at elements whose attributes are borrowed; `here` is the page's own language."""
    if TOLD not in html:
        return html
    open_: list[_Element] = []
    parts: list[str] = []
    at = 0
    for token in _TOKENS.finditer(html):
        inside = bool(open_) and open_[-1].is_told
        parts.append(_words(html[at : token.start()], here) if inside else html[at : token.start()])
        parts.append(_tag(token, open_, here, inside))
        at = token.end()
    return "".join([*parts, html[at:]])


def _tag(token: re.Match[str], open_: list[_Element], here: str, inside: bool) -> str:
    """The tag as it says its language; what it opens or ends is noted."""
    if token["bare"]:
        return _with_language(token["open"], here if inside else "") + token["rest"]
    name = (token["name"] or "").lower()
    if not name:
        return token[0]
    if token["ends"]:
        names = [one.name for one in open_]
        if name in names:
            del open_[len(names) - 1 - names[::-1].index(name) :]
        return token[0]
    if name not in _VOID and not token[0].endswith("/>"):
        open_.append(_Element(name, TOLD in token[0]))
    return _with_language(token[0], here if inside else "")


def _with_language(tag: str, language: str) -> str:
    if told := _TOLD.search(tag):
        tag, language = tag[: told.start()] + tag[told.end() :], told[1]
    if not language or _HAS_LANGUAGE.search(tag):
        return tag
    name = re.match(r"<[a-zA-Z][-\w]*", tag)
    at = name.end() if name else 0
    return tag[:at] + format_html(' lang="{}"', language) + tag[at:] if at else tag


def _words(text: str, here: str) -> str:
    if not any(sign.isalpha() for sign in text):
        return text
    plain = text.strip()
    begins = text.index(plain)
    said = format_html('<span lang="{}">', here) + plain + "</span>"
    return text[:begins] + said + text[begins + len(plain) :]
