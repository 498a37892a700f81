"""Names brought to one spelling, so that they can be compared across languages, alphabets and habits of writing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from core.spelling.folding import folded
from core.spelling.latin import in_latin

Measure = Callable[[str, str], float]

_WORD = re.compile(r"\w+")
#: Sounds that two systems of transliteration, or two people, write differently. In this order.
_SOUNDS = (
    ("shch", "s"), ("sch", "s"), ("sh", "s"), ("ts", "c"), ("tz", "c"), ("kh", "h"), ("ck", "k"), ("ph", "f"),
    ("iy", "i"), ("yi", "i"), ("ij", "i"), ("yu", "u"), ("ju", "u"), ("iu", "u"), ("ya", "a"), ("ja", "a"),
    ("ia", "a"), ("yo", "o"), ("ye", "e"), ("je", "e"), ("ie", "e"), ("w", "v"), ("x", "ks"), ("q", "k"),
    ("y", "i"), ("j", "i"),
)  # fmt: skip
_TWICE = re.compile(r"([^\W\d])\1+")
_LATIN, _CYRILLIC = re.compile("[a-z]"), re.compile("[а-яіїєґўқңғүұһөәӣӯҷҳ]")
#: Words that say nothing of which one it is.
_SAID_OF_MANY = (
    "и в на для по с из от до при о об the of for and in at to a an on with by или not не это service services"
    " услуга услуги центр center centre ngo нко оо фонд foundation ул улица просп проспект пр street str st дом д"
    " avenue ave kucha"
)
_EMPTY = frozenset(_SAID_OF_MANY.split())
#: Shapes of one word: a person writes either, and means the same.
_SAME = {"hiv": "vich", "aids": "spid", "test": "test", "testing": "test", "testirovane": "test", "tb": "tuberkulez"}


@lru_cache(maxsize=20_000)
def spelt(word: str) -> str:
    """One word in Latin letters, without what differs between ways to write it."""
    plain = in_latin(word)
    for written, sound in _SOUNDS:
        plain = plain.replace(written, sound)
    return _TWICE.sub(r"\1", plain)


@lru_cache(maxsize=20_000)
def words_of(text: str) -> frozenset[str]:
    """The words of a name that tell it from others, each in one spelling; numbers stay as they are."""
    found = (word for word in _WORD.findall(folded(text)) if word not in _EMPTY)
    return frozenset(_SAME.get(word, word) for word in map(spelt, found) if word)


def alike(one: str, other: str) -> float:
    """From 0 to 1: how much of what two names say is the same, by their words, endings and slips forgiven."""
    mine, theirs = words_of(one), words_of(other)
    if not mine or not theirs:
        return 0.0
    matched = sum(max(_word_alike(word, twin) for twin in theirs) * _weight(word) for word in mine)
    matched += sum(max(_word_alike(word, twin) for twin in mine) * _weight(word) for word in theirs)
    return matched / sum(map(_weight, [*mine, *theirs]))


def contained(one: str, other: str) -> float:
    """From 0 to 1: how much of the shorter name is in the longer one, as an organisation is called by people."""
    mine, theirs = sorted((words_of(one), words_of(other)), key=lambda words: sum(map(_weight, words)))
    if not mine or not theirs:
        return 0.0
    return sum(max(_word_alike(word, twin) for twin in theirs) * _weight(word) for word in mine) / sum(
        map(_weight, mine)
    )


def best(ones: Iterable[str], others: Iterable[str], measure: Measure = alike) -> float | None:
    """The greatest likeness of any two names; None when no two of them could be compared.

    Names in two alphabets that are not alike when spelt may be translations: nothing is known then.
    """
    others = [name for name in others if name]
    found = [(measure(one, other), _alphabet(one) == _alphabet(other)) for one in ones if one for other in others]
    greatest = max((share for share, _same in found), default=None)
    if greatest is None or (greatest < 0.4 and not any(same for _share, same in found)):
        return None
    return greatest


def _alphabet(text: str) -> str:
    plain = folded(text)
    return "cyrillic" if _CYRILLIC.search(plain) else "latin" if _LATIN.search(plain) else "other"


def _weight(word: str) -> int:
    """A number tells two names apart as much as a long word does."""
    return 6 if word.isdigit() else min(len(word), 8)


def _word_alike(one: str, other: str) -> float:
    """1 for the same word; less for one with another ending, or a letter written otherwise; 0 else."""
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit() or min(len(one), len(other)) < 4:
        return 0.0
    mine, theirs = _threes(one), _threes(other)
    share = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    return share if share >= 0.45 else 0.0


@lru_cache(maxsize=20_000)
def _threes(word: str) -> frozenset[str]:
    padded = f"  {word}"
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
