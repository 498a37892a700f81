"""What the network calls itself, in the language of the page: words of its file, not of the catalogues."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import lazy

from core.languages import active, preferred
from core.phrasing.marks import mark


def said(words: Mapping[str, str], language: str = "") -> str:
    """The words in this language (the active one, unless given), else in its fallbacks, marked as such; "" for none."""
    wanted = language or active()
    found = next((code for code in preferred(wanted) if words.get(code)), "")
    return words.get(found, "") if found in ("", wanted) else mark(words[found], found)


#: The same, said when it is read.
in_words = lazy(said, str)
