"""From the words of a question to filters: «бесплатный тест в Алматы, говорят по-узбекски».

Rule: whatever names a filter becomes that filter; the rest stays text. A filter that somebody has chosen already wins
over words, except that a kind in words then is text. `off` are conditions that somebody took off: a kind is looked for
as text then, any other condition is gone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from core.geo import gazetteer
from core.spelling.text import variants
from directory.asking.filters import Filters
from directory.searching.phrases import GLUE, KIND, LONGEST, Meaning, Phrases
from directory.searching.words import STOP_WORDS
from directory.vocabulary import Vocabulary

_BESIDE_LANGUAGES = """говорят говорит говорящий говорящие говорить язык языке языком понимают speak speaks speaking
language"""
_BESIDE_KINDS = """помощь помогите помочь помогают услуга услуги центр центры консультация получить найти ищу сделать
сдать пройти срочно сейчас можно бы взять человек люди help service services center centre find get looking someone
people"""
#: They stand beside the name of a language, or of a kind, and say nothing more.
_OF_LANGUAGES, _OF_KINDS = frozenset(_BESIDE_LANGUAGES.split()), frozenset(_BESIDE_KINDS.split())
_BESIDE = _OF_LANGUAGES | _OF_KINDS
#: Smaller towns are too many: every second slip is the name of one.
_KNOWN_SIZE = 100_000


@dataclass(frozen=True)
class Meant:
    """`filters` that the words name, `kind_words` with which they name kinds, and the words that are left."""

    words: tuple[str, ...]
    filters: tuple[Meaning, ...] = ()
    kind_words: tuple[str, ...] = ()

    @property
    def names_a_kind(self) -> bool:
        return bool(self.kind_words)


@dataclass
class _Found:
    """One phrase in the words: where it stands and what it may mean."""

    at: tuple[int, ...]
    meanings: list[Meaning] = field(default_factory=list)


def meaning(
    words: Sequence[str],
    known: Phrases,
    vocabulary: Vocabulary,
    chosen: Filters,
    off: Collection[str] = (),
    *,
    with_kinds: bool = True,
) -> Meant:
    """What normalised words ask for; without kinds, their names are text."""
    found = _phrases_in(words, known)
    filters: list[Meaning] = []
    gone: set[int] = set()
    kind_words: list[str] = []
    for one in found:
        is_kind = any(param == KIND for param, _code in one.meanings)
        meant = [pair for pair in one.meanings if (pair[0] == KIND) == is_kind]
        left = [pair for pair in meant if f"{pair[0]}:{pair[1]}" not in off and not chosen.chosen(pair[0])]
        if is_kind and not (left and with_kinds):
            continue
        filters += left
        gone.update(one.at)
        kind_words += [words[at] for at in one.at] if is_kind else []
        if any(param == "language" for param, _code in meant):
            gone.update(at for at, word in enumerate(words) if word in _OF_LANGUAGES)
    if kind_words:
        gone.update(at for at, word in enumerate(words) if word in _OF_KINDS)
    rest = tuple(word for at, word in enumerate(words) if at not in gone)
    return Meant(rest, _without_leaves(filters, vocabulary), tuple(kind_words))


def _phrases_in(words: Sequence[str], known: Phrases) -> list[_Found]:
    """The longest phrases first, from left to right; no word counts twice."""
    places = [at for at, word in enumerate(words) if word not in GLUE]
    taken: set[int] = set()
    found: list[_Found] = []
    for length in range(min(LONGEST, len(places)), 0, -1):
        for start in range(len(places) - length + 1):
            at = tuple(places[start : start + length])
            if taken.isdisjoint(at) and (meant := known.meant_by([words[one] for one in at])):
                found.append(_Found(at, meant))
                taken.update(at)
    return sorted(found, key=lambda one: one.at)


def _without_leaves(filters: Sequence[Meaning], vocabulary: Vocabulary) -> tuple[Meaning, ...]:
    """Once each; a leaf beside its group says nothing more."""
    services = vocabulary.scheme(KIND)
    tops = {code for param, code in filters if param == KIND}
    return tuple(pair for pair in dict.fromkeys(filters) if pair[0] != KIND or services[pair[1]].parent not in tops)


def reread(words: Sequence[str], known: Phrases) -> dict[int, str]:
    """Words typed on the other keyboard, in the other alphabet, with a slip or not to their end, as words that name a
    filter or a city. A beginning of several that mean different things is none of them, and no slip either.

    By their positions. Whoever takes one asks first whether the word is not one of some listing's own.
    """
    found: dict[int, str] = {}
    for at, word in enumerate(words):
        if word in STOP_WORDS or word in _BESIDE or known.knows(word) or _is_city(word):
            continue
        if other := _other(word, known):
            found[at] = other
    if found:
        # «yf» is «на» where the other words are of that keyboard too.
        found |= {at: form for at, word in enumerate(words) if at not in found and (form := _glue(word, known))}
    return found


def says_otherwise(words: Sequence[str], typed: Sequence[str]) -> bool:
    """Whether a mended question asks for anything else: a word that only stands beside others, or that was typed to
    its end for somebody, is no news."""
    mended = {word for word in set(words) - set(typed) if not word.startswith(tuple(typed))}
    return not (STOP_WORDS | _BESIDE).issuperset(mended)


def _other(word: str, known: Phrases) -> str:
    forms = variants(word)[1:]
    exact = (form for form in forms if form not in STOP_WORDS and (known.knows(form) or _is_city(form)))
    if found := next(exact, ""):
        return found
    begun = [other for form in (word, *forms) for other in known.lexicon.begun_by(form)]
    if begun:
        return next(known.of_one_meaning(begun), "")
    return next((other for form in (word, *forms) for other in known.lexicon.like(form, 1)), "")


def _glue(word: str, known: Phrases) -> str:
    if word in STOP_WORDS or known.knows(word) or not word.isascii():
        return ""
    return next((form for form in variants(word)[1:] if form in STOP_WORDS), "")


def _is_city(word: str) -> bool:
    place = gazetteer.named(word)
    return bool(place and place.population >= _KNOWN_SIZE)
