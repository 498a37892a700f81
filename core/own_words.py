"""What the network calls itself, in the language of the page: words of its file, not of the catalogues."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import lazy

from core.languages import active, preferred


def said(words: Mapping[str, str], language: str = "") -> str:
    """The words in this language (the active one, unless given), else in its fallbacks; "" for none."""
    return next((words[code] for code in preferred(language or active()) if words.get(code)), "")


#: The same, said when it is read.
in_words = lazy(said, str)
