"""Words that name a filter: which of them people say, and what they mean.

They are data: names and synonyms of the vocabulary, which an administrator edits, and for filters whose values the
code fixes `fixtures/vocabulary/filter_words.json` and, in further languages, `words/`. The order of words and their
endings do not count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property

from django.conf import settings

from core.answers import NO, says
from core.spelling.alphabets import in_other_alphabets
from core.spelling.text import ways_to_write
from core.spelling.wordlists import words_of_files
from directory.crossing.records import Audience
from directory.filtering.declared import FILTERS
from directory.filtering.known import OfAttributes, Terms
from directory.searching.lexicon import Lexicon
from directory.searching.stems import stem
from directory.searching.words import STOP_WORDS
from directory.vocabulary import KnownTerm, Vocabulary

FILE = settings.NETWORK.vocabulary_file("filter_words.json")
#: A filter and a value of it.
Meaning = tuple[str, str]
KIND = "service"
LONGEST = 5
#: These change what is meant: «не хочу жить» is not «жить», «без документов» not «документы».
_TELLING = {"не", "нет", "без", "хочу", "мне", "no", "without", "not"}
GLUE = STOP_WORDS - _TELLING
_PARTS = re.compile(r"[():,;/]")


class Phrases:
    """All phrases of one vocabulary by the stems of their words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._meant: dict[tuple[str, ...], list[Meaning]] = {}
        self._words: set[str] = set()
        for meaning, phrase in (*_fixed(), *_of_vocabulary(vocabulary)):
            self._add(phrase, meaning)
        self.stems = {stem(word) for word in self._words}

    def _add(self, phrase: str, meaning: Meaning) -> None:
        for way in ways_to_write(phrase):
            words = [word for word in way.split() if word not in GLUE]
            if 0 < len(words) <= LONGEST:
                self._words.update(words)
                meant = self._meant.setdefault(_key(words), [])
                meant += [] if meaning in meant else [meaning]

    def meant_by(self, words: Sequence[str]) -> list[Meaning]:
        return self._meant.get(_key(words), [])

    def of_one_meaning(self, words: Iterable[str]) -> Iterator[str]:
        """Those that mean something alone, where all of them mean the same."""
        meant = {word: set(self.meant_by([word])) for word in words}
        telling = [word for word in meant if meant[word]]
        if telling and set[Meaning].intersection(*(meant[word] for word in telling)):
            yield from telling

    def knows(self, word: str) -> bool:
        return stem(word) in self.stems

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon([" ".join(sorted(self._words))])


def _key(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(map(stem, words)))


_kept: dict[Audience, tuple[Vocabulary, Phrases]] = {}


def phrases(vocabulary: Vocabulary) -> Phrases:
    """Those of the present vocabulary, made once."""
    kept = _kept.get(vocabulary.audience)
    if kept is None or kept[0] is not vocabulary:
        kept = _kept[vocabulary.audience] = (vocabulary, Phrases(vocabulary))
    return kept[1]


@cache
def _fixed() -> tuple[tuple[Meaning, str], ...]:
    rows, further = json.loads(FILE.read_text(encoding="utf-8")), words_of_files()
    return tuple(
        ((row["filter"], row["value"]), phrase)
        for row in rows
        for phrase in (*row["name"].values(), *_every(row["synonyms"] | further.get(("filter", row["code"]), {})))
    )


def _every(synonyms: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for language, words in synonyms.items():
        for word in words:
            yield from (word, *in_other_alphabets(word, language))


def _of_vocabulary(vocabulary: Vocabulary) -> Iterator[tuple[Meaning, str]]:
    for name, declared in FILTERS.items():
        if not isinstance(declared.known, Terms) or not declared.in_address:
            continue
        if isinstance(declared.known, OfAttributes):
            yield from _of_answers(name, declared.known, vocabulary)
            continue
        for term in vocabulary.scheme(declared.known.scheme).values():
            if not term.is_retired:
                yield from (((name, term.code), phrase) for phrase in _phrases_of(term))


def _of_answers(name: str, known: OfAttributes, vocabulary: Vocabulary) -> Iterator[tuple[Meaning, str]]:
    """Whole names and synonyms: a part of “Queue: live” names no answer. Nobody asks for what is not so."""
    terms = vocabulary.scheme(known.scheme)
    for code in known.values(vocabulary):
        if not (terms[code].is_retired or says(code, NO)):
            synonyms = (word for words in terms[code].synonyms.values() for word in words)
            yield from (((name, code), phrase) for phrase in (*terms[code].names.values(), *synonyms))


def _phrases_of(term: KnownTerm) -> Iterable[str]:
    """A name that is made of several is known by each of them; a group's name only enumerates what lies in it."""
    is_top = term.scheme == KIND and not term.parent
    short = term.data.get("short")
    names = [*term.names.values(), *(short.values() if isinstance(short, Mapping) else ())]
    yield from names
    if not is_top:
        yield from (part for name in names for part in _PARTS.split(name))
    yield from (word for words in term.synonyms.values() for word in words)
