"""Strings of pages as people wrote and checked them, over the catalogues: seen at the next request, without a release.

Rule: a text whose source says something else by now is not said, whether it stands in the database or came with the
product (`locale/<code>/sources.json`). Russian and English have none of this, and ask nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import to_locale

from core.languages import MESSAGES, WHOLE, preferred
from directory import wording
from directory.access import public_read
from servicemap.translations import lay_over, russian_of

#: By language: the database, and what its words were told by.
_read: dict[str, tuple[object, ...]] = {}


def refresh(code: str) -> None:
    """The words of this language and of those it falls back to, as they are now."""
    for language in preferred(code):
        if language not in (WHOLE, MESSAGES):
            try:
                _refresh(language)
            except DatabaseError:  # the catalogue speaks alone; the page will say what is wrong, or do without
                continue


def _refresh(language: str) -> None:
    with public_read():
        state = (settings.DATABASES["default"]["NAME"], *wording.state_of_messages(language))
        if _read.get(language) == state:
            return
        found = wording.messages(language)
    told = {key: forms for key, digest, forms in found if _hash(key) == digest}
    lay_over(language, {**_outdated(language), **told})
    _read[language] = state


def _hash(message: str) -> str:
    return wording.message_hash(message, russian_of(message))


@cache
def _outdated(language: str) -> Mapping[str, list[str]]:
    """Texts of the catalogue whose source was rewritten since: nothing to say."""
    path = Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "sources.json"
    noted = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {message: [] for message, digest in noted.items() if _hash(message) != digest}
