"""The words that an audience's listings use, to mend a slip: «псехолог» was meant for «психолог»; and to see that a
word is none, but was not typed to its end: «псих».

Rule: a suggestion may be as old as the lexicon, so whoever takes one asks first whether a present listing has it:
a word that only hidden listings have is never said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from time import monotonic

from django.db.models import QuerySet

from directory.crossing.records import Audience
from directory.tables.listings import AbstractListing
from directory.vocabulary import Vocabulary

#: How alike two words must be for one to be a slip of the other.
_ALIKE = 0.78
_SHORTEST, _LONGEST = 4, 30
#: Fewer letters begin too much to say anything.
SHORTEST_BEGINNING = 3
#: How many of the words with the most pieces in common are looked at.
_LOOKED_AT = 8
#: The newest listings speak for all, and where there are many, so do those of a minute ago.
_MOST_LISTINGS = 4000
_MANY_LISTINGS = 1000
_KEPT_SECONDS = 60


class Lexicon:
    """Words by the three-letter pieces that they are made of."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.size = 0
        self.made_at = monotonic()
        counted: Counter[str] = Counter()
        for text in texts:
            self.size += 1
            counted.update(set(text.split()))
        self._uses = counted
        self._in_order = sorted(counted)
        self._by_piece: defaultdict[str, list[str]] = defaultdict(list)
        for word in filter(_can_be_mended, counted):
            for piece in _pieces(word):
                self._by_piece[piece].append(word)

    def has(self, word: str) -> bool:
        return word in self._uses

    def begun_by(self, word: str) -> Iterator[str]:
        """Longer words that begin with the given one, in their order: it may be one of them, not typed to its end."""
        if len(word) < SHORTEST_BEGINNING:
            return
        for other in self._in_order[bisect_left(self._in_order, word) :]:
            if not other.startswith(word):
                return
            if other != word:
                yield other

    def like(self, word: str, most: int = 2) -> list[str]:
        """Words that look like the given one, the most alike first, the more used of equals."""
        if not _can_be_mended(word):
            return []
        pieces = _pieces(word)
        shared = Counter(other for piece in pieces for other in self._by_piece.get(piece, ()))

        def likeness(other: str) -> tuple[float, int]:
            return shared[other] / (len(pieces) + len(_pieces(other)) - shared[other]), self._uses[other]

        best = sorted((other for other, _count in shared.most_common(_LOOKED_AT * 4)), key=likeness, reverse=True)
        close = (other for other in best[:_LOOKED_AT] if SequenceMatcher(None, other, word).ratio() >= _ALIKE)
        return [other for other in close if other != word][:most]


_kept: dict[Audience, tuple[Vocabulary, Lexicon]] = {}


def lexicon(audience: Audience, rows: QuerySet[AbstractListing], vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of the directory's present revision, or a recent one of a large directory."""
    kept = _kept.get(audience)
    if kept and (kept[0] is vocabulary or _is_recent(kept[1])):
        return kept[1]
    newest = rows.order_by("-published_at", "id").values_list("search_text", flat=True)[:_MOST_LISTINGS]
    made = Lexicon(newest.iterator())
    _kept[audience] = (vocabulary, made)
    return made


def _is_recent(made: Lexicon) -> bool:
    return made.size >= _MANY_LISTINGS and monotonic() - made.made_at < _KEPT_SECONDS


def _can_be_mended(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and word.isalpha()


def _pieces(word: str) -> set[str]:
    return set(_windows(f"  {word} "))


def _windows(text: str) -> Iterator[str]:
    return (text[start : start + 3] for start in range(len(text) - 2))
