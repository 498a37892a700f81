"""What people type in further languages: `fixtures/vocabulary/words/<language>.json`, words by scheme and code.

They are searched, whatever the state of their language, and never shown to readers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from core.languages import by_code

FOLDER = settings.BASE_DIR / "fixtures" / "vocabulary" / "words"
#: (scheme, code) → language → words.
Words = Mapping[tuple[str, str], Mapping[str, list[str]]]


def words_of_files(folder: Path = FOLDER) -> Words:
    """Of every file there; nothing where there is no such folder. KeyError for a language that is not ours."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for path in sorted(folder.glob("*.json")):
        language = by_code(path.stem).code
        for scheme, terms in json.loads(path.read_text(encoding="utf-8")).items():
            for code, words in terms.items():
                found.setdefault((scheme, code), {})[language] = words
    return found
