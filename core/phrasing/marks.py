"""Words in another language than the page's, between two signs until the page is whole.

A text is put together from words long before anybody knows whether it will stand between tags or in an attribute. So
what a language has no words for travels between private signs of Unicode; in the finished page those become
`<span lang="ru" dir="ltr">…</span>` where an element may stand. Where none may, words of the other direction are put
between the signs that isolate them, if a person reads them there, and the marks vanish from everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.utils.html import format_html

from core.languages import LANGUAGES, active, by_code
from core.phrasing.inside import TOLD, with_languages

_BEGINS, _ENDS, _FIRST = "\ue000", "\ue001", 0xE010
#: As JSON writes them in ASCII.
_BEGINS_IN_JSON, _ENDS_IN_JSON = r"\ue000", r"\ue001"
_OF = {row.code: f"{_BEGINS}{chr(_FIRST + place)}" for place, row in enumerate(LANGUAGES)}
_CODE = {sign: code for code, sign in _OF.items()}
_SECONDS = f"[{chr(_FIRST)}-{chr(_FIRST + len(LANGUAGES) - 1)}]"
_SIGN = re.compile(rf"{_BEGINS}{_SECONDS}|{_ENDS}|\\(?<!\\\\)(?:ue000\\ue0[0-9a-f]{{2}}|ue001)")
_SIGNS = (_BEGINS, _ENDS, _BEGINS_IN_JSON, _ENDS_IN_JSON)
#: Where one borrowed text ends, and which element it was in; sentences of one language that follow each other are read
#: in one element: in a page of the other direction the second would stand before the first.
_CLOSED = re.compile(rf"</span>{_ENDS}(<span[^>]*>){_ENDS}")
_SEAM = re.compile(rf"(</span>{_ENDS}(<span[^>]*>){_ENDS})(\s+)(<span[^>]*>)")
#: As our templates write them: comments, elements whose text may hold no element, tags with a sign in them, signs. Each
#: begins with a letter of its own, without regard to case: so it is found in half the time.
_PARTS = re.compile(
    rf"<!--.*?-->|<(?P<bare>script|style|title|textarea|option)\b.*?</(?P=bare)\s*>"
    rf"|<[a-zA-Z/!][^>{_BEGINS}{_ENDS}\\]*[{_BEGINS}{_ENDS}\\][^>]*>|</?p>|{_SIGN.pattern}",
    re.DOTALL,
)
#: An option says its language itself; its text is its value where it has none.
_OPTION = re.compile(r"<option\b[^>]*>", re.IGNORECASE)
#: Attributes that a person reads.
_READ = re.compile(
    r"""\s(?:title|alt|label|placeholder|aria-(?:label|description|roledescription|valuetext))\s*=\s*("[^"]*"|'[^']*')""",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&#?\w+;")
_ISOLATES, _ISOLATED = {"ltr": "\u2066", "rtl": "\u2067"}, "\u2069"
_is_on: ContextVar[bool] = ContextVar("words of another language are marked", default=False)
#: What was borrowed before the page of an answer began, and its language; None where no such page may begin.
_noted: ContextVar[dict[str, str] | None] = ContextVar("what was borrowed before the page began", default=None)
_NOTED_AT_MOST = 1000


@contextmanager
def marking(*, on: bool) -> Iterator[None]:
    """While a page is read. What is written down meanwhile would keep the signs: nothing else is marked, and of what
    answers a form only the page that shows it again (`begin_page`)."""
    before, noted = _is_on.set(on), _noted.set(None if on else {})
    try:
        yield
    finally:
        _is_on.reset(before)
        _noted.reset(noted)


def begin_page() -> None:
    """A page is made of what has been written by now, or refused: from here on its words are marked."""
    if _noted.get() is not None:
        _is_on.set(True)


def mark_noted(text: str) -> str:
    """What a form said of an error before its page began, marked as the words of that page are."""
    code = (_noted.get() or {}).get(text)
    return mark(text, code) if code else text


def mark(text: str, code: str) -> str:
    """The text as one in this language, where somebody will look for the signs."""
    if _is_on.get():
        return f"{_OF[code]}{text}{_ENDS}" if text else text
    if (noted := _noted.get()) is not None and len(noted) < _NOTED_AT_MOST:
        noted[text] = code
    return text


def mark_before(text: str) -> int:
    """How long the sign is with which a marked text begins."""
    return 2 if text[:2] in _CODE else 0


def unmarked(text: str) -> str:
    return _SIGN.sub("", text) if any(sign in text for sign in _SIGNS) else text


def language_of(text: str) -> str:
    """The code of the language in which the whole text is marked; "" for one in the page's own."""
    return _CODE.get(text[:2], "") if text.endswith(_ENDS) and len(_SIGN.findall(text)) == 2 else ""


def language_of_words(text: str) -> str:
    """The code of the language of every word of an attribute: figures, signs and phones beside them have none. Of words
    within words the outer ones tell it; "" where two languages stand side by side."""
    codes, depth, at = set[str](), 0, 0
    text = _ENTITY.sub(" ", text)
    for found in _SIGN.finditer(text):
        if depth == 0 and any(sign.isalpha() for sign in text[at : found.start()]):
            return ""
        at = found.end()
        if found[0] in _CODE and depth == 0:
            codes.add(_CODE[found[0]])
        depth = depth + 1 if found[0] in _CODE else max(depth - 1, 0)
    is_alone = len(codes) == 1 and depth == 0 and not any(sign.isalpha() for sign in text[at:])
    return codes.pop() if is_alone else ""


def marked_up(html: str) -> str:
    """The page with elements in place of the signs; of words within words the outer ones tell their language. Words of
    several paragraphs say it in each. A sign that somebody cut off from its other one says nothing."""
    if not any(sign in html for sign in _SIGNS):
        return html
    open_: list[str] = []

    def told(found: re.Match[str]) -> str:
        part = found[0]
        if part in ("<p>", "</p>"):
            return part if not open_ else f"{part}{open_[0]}" if part == "<p>" else f"</span>{part}"
        if part == _ENDS:
            ends = f"</span>{_ENDS}{open_[0]}{_ENDS}" if len(open_) == 1 else ""
            open_[-1:] = []
            return ends
        if part not in _CODE:
            return _in_bare(part, found["bare"] or "")
        open_.append(f"<span{_says(_CODE[part])}>")
        return open_[0] if len(open_) == 1 else ""

    page = _SEAM.sub(lambda found: found[3] if found[2] == found[4] else found[0], _PARTS.sub(told, html))
    page = _CLOSED.sub("</span>", page)
    return marked_up(_without_left_open(html)) if open_ else with_languages(page, by_code(active()).tag)


def _without_left_open(html: str) -> str:
    open_: list[int] = []
    for part in _PARTS.finditer(html):
        if part[0] == _ENDS:
            open_[-1:] = []
        elif part[0] in _CODE:
            open_.append(part.start())
    for at in reversed(open_):
        html = html[:at] + html[at + 2 :]
    return html


@cache
def _says(code: str) -> str:
    row = by_code(code)
    return format_html(' lang="{}" dir="{}"', row.tag, row.direction)


def _in_bare(part: str, element: str) -> str:
    """Tags, and elements that hold text alone."""
    if not any(sign in part for sign in _SIGNS):
        return part
    if element == "option":
        return _option(part)
    if element == "title" or (element == "script" and "application/json" in part[: part.index(">")]):
        return _with_isolates(part)
    if element:
        return unmarked(part)
    borrowed = next((code for found in _READ.finditer(part) if (code := language_of_words(found[1][1:-1]))), "")
    part = unmarked(_READ.sub(lambda found: _with_isolates(found[0]), part))
    if not borrowed:
        return part
    ends = "/>" if part.endswith("/>") else ">"
    return part[: -len(ends)].rstrip() + format_html(' {}="{}"', TOLD, by_code(borrowed).tag) + ends


def _option(part: str) -> str:
    tag = _OPTION.match(part)
    begins, rest = (tag[0], part[tag.end() :]) if tag else ("", part)
    text, closing, ends = rest.rpartition("</")
    if code := language_of(text.strip()):
        return f"{unmarked(begins[:-1])}{_says(code)}>{unmarked(text)}{closing}{ends}"
    return unmarked(begins) + (_with_isolates(rest) if "value=" in begins else unmarked(rest))


def _with_isolates(text: str) -> str:
    """Words of the other direction isolated; the marks of all others vanish. In JSON the signs stand as it writes
    them."""
    here, open_ = by_code(active()).direction, list[str]()

    def told(found: re.Match[str]) -> str:
        sign = found[0].encode().decode("unicode_escape") if found[0].startswith("\\") else found[0]
        if sign == _ENDS:
            return open_.pop() if open_ else ""
        other = by_code(_CODE[sign]).direction if sign in _CODE else here
        says = sign in _CODE and other != here and not any(open_)
        open_.append(_ISOLATED if says else "")
        return _ISOLATES[other] if says else ""

    return _SIGN.sub(told, text)
