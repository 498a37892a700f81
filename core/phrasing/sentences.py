"""Names put into the middle of a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from core.languages import active, babel_locale, by_code
from core.phrasing.direction import are_left_to_right, is_right_to_left, isolated
from core.phrasing.marks import language_of, mark_before


def lower_first(text: str) -> str:
    """“Call first” → “call first”; abbreviations stay as they are.

    So do names in languages where a small letter would be wrong: German nouns, the Turkic i without a dot. A text in
    another language than the page's is written as its own does.
    """
    at = mark_before(text)
    if not by_code(language_of(text) or active()).lowers or text[at + 1 : at + 2].isupper():
        return text
    return text[:at] + text[at : at + 1].lower() + text[at + 1 :]


def upper_first(text: str) -> str:
    """As a line of its own begins."""
    at = mark_before(text)
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def between() -> str:
    """What stands between two parts of a list in the active language: a comma, in Arabic “and”."""
    return _between(active())


def joined(texts: Iterable[str]) -> str:
    """Names one after another. Those in letters from left to right keep a comma of their own: the Arabic one and its
    sign of direction would carry the number of a house away from its street."""
    told = list(texts)
    return (", " if are_left_to_right(told) else between()).join(told)


def one_to_another(*texts: object) -> str:
    """“Armenia → Poland”: the arrow points the way in which the page is read, each name keeps its own order."""
    arrow = "←" if is_right_to_left() else "→"
    return f" {arrow} ".join(isolated(str(text)) for text in texts)


def in_a_row(texts: Iterable[str]) -> str:
    """Names as one enumeration: “On site, by phone”."""
    return joined(text if index == 0 else lower_first(text) for index, text in enumerate(texts))


@cache
def _between(code: str) -> str:
    middle = babel_locale(code).list_patterns["standard"]["middle"]
    return str(middle).removeprefix("{0}").removesuffix("{1}")
