"""Names in which letters of two alphabets stand in one word: a slip of the keyboard, or somebody who poses as another.

A person sees «Спид-центр» in both; only the second begins with a Latin C. Whoever approves is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.spelling.text import is_mixed
from directory.crossing.content import Content

_WORD = re.compile(r"\w+")


def mixed_words(content: Content) -> list[str]:
    """The words of titles, names and contacts with letters of two alphabets, once each."""
    words = (word for text in _names(content) for word in _WORD.findall(text))
    return list(dict.fromkeys(word for word in words if is_mixed(word.casefold())))


def _names(content: Content) -> Iterator[str]:
    organization, place = content["organization"], content["location"]
    yield from content["service"]["title"].values()
    for texts in (organization["name"], organization["short_name"], place["name"] if place else {}):
        yield from texts.values()
    yield from (contact["value"] for contact in content["contacts"])
