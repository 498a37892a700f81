"""Names of the vocabulary in further languages that came with the product: `fixtures/vocabulary/names/<code>.json`.

A text stands beside the hash of the source that it was written of. Nobody has checked it; what people write in the
database lies over it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from core.languages import by_code

FOLDER = settings.NETWORK.vocabulary_file("names")
#: scheme:code → field → (the text, the hash of its source).
Names = Mapping[str, Mapping[str, tuple[str, str]]]


def names_in(language: str) -> Names:
    """Of one language; nothing where there is no file."""
    path = FOLDER / f"{language}.json"
    return read(path) if path.exists() else {}


def languages_with_names() -> list[str]:
    """KeyError for a file in a language that is not ours."""
    return [by_code(path.stem).code for path in sorted(FOLDER.glob("*.json"))]


@cache
def read(path: Path) -> Names:
    told = json.loads(path.read_text(encoding="utf-8"))
    return {key: {field: (text, of) for field, (text, of) in fields.items()} for key, fields in told.items()}
