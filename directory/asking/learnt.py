"""What somebody asks of the library and the calendar: filters as the map has them, and words.

Whatever is not known is as if it were not asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from core.spelling.text import searched
from directory.tables.learning import LearningTopic, MaterialKind

#: Words longer than this are nobody's question.
_LONGEST = 80
#: Parameters of the pages.
ASKED = ("topic", "kind", "language", "country", "q")


@dataclass(frozen=True)
class LearningAsked:
    topic: str = ""
    kind: str = ""
    language: str = ""
    country: str = ""
    q: str = ""

    @property
    def is_narrowed(self) -> bool:
        return any(getattr(self, name) for name in ASKED)

    def query(self) -> str:
        return urlencode({name: value for name in ASKED if (value := getattr(self, name))})

    def fits(
        self, *, topics: Collection[str], language: str, country: str, texts: Iterable[str], kind: str = ""
    ) -> bool:
        """Whether a row is one of those. One of no country is of use in every one; a training has no kind."""
        if self.topic and self.topic not in topics:
            return False
        if self.kind and self.kind != kind:
            return False
        if (self.language and self.language != language) or (self.country and country not in ("", self.country)):
            return False
        return _has_words(self.q, [*texts, *(str(LearningTopic(one).label) for one in topics)])


def asked(source: Mapping[str, str], languages: Collection[str], countries: Collection[str]) -> LearningAsked:
    """By the address; of the languages and countries of which there is anything."""

    def of(name: str, known: Collection[str]) -> str:
        value = source.get(name, "")
        return value if value in known else ""

    return LearningAsked(
        topic=of("topic", LearningTopic.values),
        kind=of("kind", MaterialKind.values),
        language=of("language", languages),
        country=of("country", countries),
        q=" ".join(source.get("q", "").replace("\0", "").split())[:_LONGEST],
    )


def _has_words(question: str, texts: Iterable[str]) -> bool:
    """Every word of the question begins a word of the texts; of longer ones the ending may differ."""
    wanted = searched(question).split()
    if not wanted:
        return True
    there = searched(" ".join(texts)).split()
    return all(any(word.startswith(_stem(one)) for word in there) for one in wanted)


def _stem(word: str) -> str:
    return word[:-2] if len(word) > 6 else word[:-1] if len(word) > 4 else word
