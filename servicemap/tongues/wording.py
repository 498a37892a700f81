"""Strings of pages as people wrote and checked them, over the catalogues: seen at the next request, without a release.

Rule: a text whose source says something else by now is not said, whether it stands in the database or came with the
product (`locale/<code>/sources.json`); and what can hurt is not said in a preview until somebody has checked it, also
what came with the product. Russian and English have none of this, and ask nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import to_locale

from core.languages import MESSAGES, WHOLE, is_preview, preferred
from directory.access import public_read
from directory.tables import wording
from servicemap.tongues.translations import lay_over, russian_of
from translations.texts.catalogues import messages
from translations.texts.tiers import FIRST, tier_of

#: By language: the database, and what its words were told by.
_read: dict[str, tuple[object, ...]] = {}


def refresh(code: str) -> None:
    """The words of this language and of those it falls back to, as they are now."""
    for language in preferred(code):
        if language not in (WHOLE, MESSAGES):
            try:
                _refresh(language)
            except DatabaseError:  # the catalogue speaks alone; the page will say what is wrong, or do without
                if language not in _read:
                    lay_over(language, _unsaid(language))


def _refresh(language: str) -> None:
    with public_read():
        state = (settings.DATABASES["default"]["NAME"], *wording.state_of_messages(language))
        if _read.get(language) == state:
            return
        found = wording.messages(language)
    told = {key: forms for key, digest, forms in found if _hash(key) == digest}
    lay_over(language, {**_unsaid(language), **told})
    _read[language] = state


def _hash(message: str) -> str:
    return wording.message_hash(message, russian_of(message))


def _unsaid(language: str) -> Mapping[str, list[str]]:
    return {**_outdated(language), **_harmful(language)}


@cache
def _harmful(language: str) -> Mapping[str, list[str]]:
    """Texts that can hurt, in a language that people have not checked: nothing to say but what one of them has checked
    since, which lies over these (`translations.states.is_shown`)."""
    if not is_preview(language):
        return {}
    return {one.key: [] for one in messages() if tier_of(one.files) == FIRST}


@cache
def _outdated(language: str) -> Mapping[str, list[str]]:
    """Texts of the catalogue whose source was rewritten since: nothing to say."""
    path = Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "sources.json"
    noted = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {message: [] for message, digest in noted.items() if _hash(message) != digest}
