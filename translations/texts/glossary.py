"""Words of a language that people agreed on, and stems that hurt: data, in `fixtures/glossary/<code>.json`.

Stems are matched at the beginning of a word, whatever ends it: languages here inflect.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings

#: A language without so many stems that a community organisation approved is not ready to be on.
STEMS_NEEDED = 10


@dataclass(frozen=True)
class Stem:
    stem: str
    instead: str = ""
    checked_by: str = ""


@dataclass(frozen=True)
class AgreedTerm:
    """A concept and what it is called; `source` says by whom, `checked_by` is "" until a person says so."""

    ru: str
    en: str
    term: str
    source: str = ""
    checked_by: str = ""


@dataclass(frozen=True)
class Glossary:
    barred: tuple[Stem, ...] = ()
    terms: tuple[AgreedTerm, ...] = field(default=())

    @property
    def stems_checked(self) -> int:
        return sum(bool(stem.checked_by) for stem in self.barred)


def path_of(language: str) -> Path:
    return Path(settings.BASE_DIR) / "fixtures" / "glossary" / f"{language}.json"


def glossary(language: str) -> Glossary:
    path = path_of(language)
    return _read(path, path.stat().st_mtime_ns) if path.exists() else Glossary()


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int) -> Glossary:
    told = json.loads(path.read_text(encoding="utf-8"))
    return Glossary(
        barred=tuple(Stem(**row) for row in told.get("barred", ())),
        terms=tuple(AgreedTerm(**row) for row in told.get("terms", ())),
    )


def barred_in(text: str, language: str) -> Stem | None:
    """The first stem that stands in the text."""
    told = _folded(text)
    return next((stem for stem in glossary(language).barred if _begins(stem.stem).search(told)), None)


def terms_in(texts: tuple[str, ...], language: str) -> list[AgreedTerm]:
    """Terms whose Russian or English name stands in these texts, by the stem of its words."""
    told = " ".join(map(_folded, texts))
    return [term for term in glossary(language).terms if any(_stems(name, told) for name in (term.ru, term.en))]


def _stems(name: str, told: str) -> bool:
    words = re.findall(r"\w+", _folded(name))
    return bool(words) and all(_begins(word[: max(3, len(word) - 2)]).search(told) for word in words)


@lru_cache(maxsize=2000)
def _begins(stem: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(_folded(stem))}")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
