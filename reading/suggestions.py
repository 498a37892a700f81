"""What somebody may mean while they type: kinds of help, places and organisations that the audience has now.

Rule: only names of what stands in the audience's own tables are offered, so a suggestion tells no more than the list of
filters does. They go with the revision and with five minutes, as other kept things do (`reading.kept`); what was typed
is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from core.geo import gazetteer
from core.geo.countries import country_name, names_everywhere
from core.languages import codes
from core.spelling.text import kept_for_search, searched, swap_layout, to_cyrillic
from directory.asking import queries
from directory.asking.filters import Filters
from directory.searching.lexicon import Lexicon
from directory.vocabulary import localised
from reading import kept
from reading.asked import Asked
from reading.shapes import OfferedName

MAX_QUERY: Final = 80
#: At most so many of each, in this order.
_MOST: Final = {"service": 4, "country": 2, "city": 3, "organization": 3}
_LEAST_LETTERS: Final = 2


@dataclass(frozen=True)
class Named:
    """A value of a filter by its words; `rank` is higher the more listings it has."""

    param: str
    code: str
    text: str
    detail: str
    words: frozenset[str]
    rank: int

    def fits(self, asked: list[str]) -> bool:
        return all(any(word.startswith(one) for word in self.words) for one in asked)


class Names:
    """All that can be suggested to an audience in a language, and the words that they are made of."""

    def __init__(self, asked: Asked) -> None:
        self.all = [*_of_kinds(asked), *_of_places(asked), *_of_organizations(asked)]
        self.lexicon = Lexicon([" ".join(sorted(one.words)) for one in self.all])

    def like(self, words: list[str]) -> list[Named]:
        """Those that all the words begin; where nothing does, with the slips in them mended."""
        if found := [one for one in self.all if one.fits(words)]:
            return found
        meant = [one if self._begins(one) else next(iter(self.lexicon.like(one, 1)), one) for one in words]
        return [] if meant == words else [one for one in self.all if one.fits(meant)]

    def _begins(self, word: str) -> bool:
        return any(known.startswith(word) for one in self.all for known in one.words)


def suggestions(asked: Asked, query: str) -> list[OfferedName]:
    """A few of each, the most wanted first; nothing for one letter."""
    typed = query[:MAX_QUERY]
    words = searched(typed).split()
    if len("".join(words)) < _LEAST_LETTERS:
        return []
    names = kept.once(asked, ("suggestions", asked.language), lambda: Names(asked))
    ways = (words, searched(swap_layout(typed)).split(), to_cyrillic(" ".join(words)).split())
    found = next((found for way in ways if way and (found := names.like(way))), [])
    return [_told(one) for param, most in _MOST.items() for one in _best(found, param, words)[:most]]


def _best(found: Iterable[Named], param: str, words: list[str]) -> list[Named]:
    """Those whose name begins as it was typed first, then those with more listings."""
    first = words[0]
    of_kind = (one for one in found if one.param == param)
    return sorted(of_kind, key=lambda one: (not searched(one.text).startswith(first), -one.rank, one.text))


def _told(one: Named) -> OfferedName:
    return {"param": one.param, "code": one.code, "text": one.text, "detail": one.detail}


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in kept_for_search(text).split())


def _of_kinds(asked: Asked) -> Iterator[Named]:
    counts = kept.counts(asked, Filters()).by_value["service"]
    for code, term in asked.vocabulary.scheme("service").items():
        if counts.get(code) and not term.is_retired and not asked.vocabulary.unshown([code]):
            synonyms = [word for words in term.synonyms.values() for word in words]
            words = _words(*term.names.values(), *synonyms)
            yield Named("service", code, term.name(), "", words, counts[code])


def _of_places(asked: Asked) -> Iterator[Named]:
    counts = kept.counts(asked, Filters()).by_value
    for code, count in counts["country"].items():
        if len(code) == 2 and count:
            yield Named("country", code, country_name(code), "", _words(*names_everywhere(code)), count)
    for code, country, names in kept.cities(asked):
        known = gazetteer.place(code)
        words = _words(*names.values(), *(known.in_its_alphabets() if known else ()))
        yield Named("city", code, localised(names) or code, country_name(country), words, counts["city"].get(code, 0))


def _of_organizations(asked: Asked) -> Iterator[Named]:
    """Those that have something to show: others would find nothing."""
    for slug, count, content in queries.organizations_with_listings(asked.audience, asked.at):
        names = {code: str(content.get(code, {}).get("organization", "")) for code in codes()}
        short = (str(texts.get("organization_short", "")) for texts in content.values())
        words = _words(*names.values(), *short)
        yield Named("organization", slug, localised(names) or slug, "", words, count)
