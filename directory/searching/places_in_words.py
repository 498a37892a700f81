"""How a query was read, and the place inside its words: «тест на вич рядом с Тбилиси», “lawyer in Warsaw”."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NotRequired, TypedDict

from core.geo import gazetteer
from core.geo.countries import countries, names_everywhere
from core.geo.gazetteer.search import is_case_of
from core.languages import SOURCE
from core.spelling.text import searched
from directory.asking.filters import Filters
from directory.geometry import Near

#: «Рядом с Тбилиси» means the city and what people reach from it in an hour.
RADIUS_KM = 50.0
#: Without a preposition only well-known names count: many a word is also the name of a town.
_KNOWN_SIZE = 100_000
_LONGEST_NAME = 3
#: Every case of a word begins as the word does.
_SAME_BEGINNING = 3

_PREPOSITIONS = (
    *(("рядом", "с"), ("рядом", "со"), ("недалеко", "от"), ("неподалеку", "от"), ("поблизости", "от"), ("близко", "к")),
    *(("next", "to"), ("close", "to")),
    *((word,) for word in ("рядом", "около", "возле", "вблизи", "в", "во", "на", "near", "in", "around", "at")),
)

#: Endings that say “in”, “from” and “to” in Uzbek and Georgian, and what the name itself may end with before them.
_WHERE = {"da": "", "dan": "", "ga": "", "да": "", "дан": "", "га": "", "ში": "ი", "დან": "ი", "ზე": "ი"}


class PlaceOfWords(TypedDict):
    """A place of the gazetteer that somebody named."""

    id: str
    name: str
    country: str
    lat: float
    lon: float


class MeantJson(TypedDict):
    """A filter that the words named; pages add the name of its value."""

    param: str
    code: str
    name: NotRequired[str]


class UnderstoodJson(TypedDict):
    """None for what the words did not say. `left_out` are words that no listing of the kind has."""

    words: str
    corrected: str | None
    place: PlaceOfWords | None
    country: str | None
    filters: list[MeantJson]
    left_out: str | None


@dataclass(frozen=True)
class Understood:
    """How a query was read.

    `words` are left for the text search, `kind_words` named kinds of service, `filters` are what words named besides a
    place; `corrected` are the words after a typo was mended.
    """

    words: tuple[str, ...]
    place: gazetteer.Place | None = None
    country: str = ""
    corrected: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    kind_words: tuple[str, ...] = ()
    left_out: bool = False
    language: str = field(default=SOURCE, compare=False)

    @property
    def names_a_place(self) -> bool:
        return bool(self.place or self.country)

    def narrow(self, filters: Filters) -> Filters:
        """The filters with what the words named, unless somebody chose a place, or values of a filter, already."""
        for param in dict.fromkeys(param for param, _code in self.filters):
            codes = tuple(sorted(code for name, code in self.filters if name == param))
            if not filters.chosen(param):
                filters = filters.replace(**{param: codes})
        if self.place and not filters.near:
            near = Near(self.place.lat, self.place.lon, RADIUS_KM, self.place.id)
            return filters.replace(near=near)
        if self.country and not filters.country:
            return filters.replace(country=(self.country,))
        return filters

    def without(self, off: Collection[str]) -> Understood:
        """Without the place, where somebody took it off."""
        if self.place and "near:" in off:
            return dataclasses.replace(self, place=None)
        return dataclasses.replace(self, country="") if f"country:{self.country}" in off else self

    def with_correction(self, words: Sequence[str]) -> Understood:
        return dataclasses.replace(self, corrected=tuple(words))

    def to_json(self) -> UnderstoodJson:
        """For screens."""
        return {
            "words": " ".join(self.words),
            "corrected": " ".join(self.corrected) or None,
            "place": self._named(self.place) if self.place else None,
            "country": self.country or None,
            "filters": [{"param": param, "code": code} for param, code in self.filters],
            "left_out": " ".join(self.words) if self.left_out else None,
        }

    def _named(self, place: gazetteer.Place) -> PlaceOfWords:
        return {
            "id": place.id,
            "name": place.name(self.language),
            "country": place.country,
            "lat": place.lat,
            "lon": place.lon,
        }


def understand(words: Sequence[str], language: str = SOURCE) -> Understood:
    """Take a place or a country out of normalised words. The first one that is found counts."""
    for start, name, rest in _after_prepositions(words):
        if found := _read(name):
            place, country = found
            return Understood((*words[:start], *rest), place, country, language=language)
    for start, name, rest in _at_the_edges(words):
        place, country = _named(name)
        if country or place:
            return Understood((*words[:start], *rest), None if country else place, country, language=language)
    return Understood(tuple(words), language=language)


Split = tuple[int, list[str], Sequence[str]]


def _after_prepositions(words: Sequence[str]) -> Iterator[Split]:
    for start in range(len(words)):
        for preposition in _PREPOSITIONS:
            after = start + len(preposition)
            if tuple(words[start:after]) != preposition:
                continue
            for end in range(min(after + _LONGEST_NAME, len(words)), after, -1):
                yield start, list(words[after:end]), words[end:]


def _at_the_edges(words: Sequence[str]) -> Iterator[Split]:
    """Names of one to three words at the end of the query, then at its beginning."""
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        yield len(words) - length, list(words[-length:]), ()
        yield 0, list(words[:length]), words[length:]


def _named(name: list[str]) -> tuple[gazetteer.Place | None, str]:
    """A well-known place or a country of exactly this name, or of it without an ending that says “in”."""
    for form in ([*name[:-1], last] for last in _without_where(name[-1])):
        if country := _country(form, exact=True):
            return None, country
        place = gazetteer.named(" ".join(form))
        if place and place.population >= _KNOWN_SIZE:
            return place, ""
    return None, ""


def _without_where(word: str) -> Iterator[str]:
    yield word
    for ending, nominative in _WHERE.items():
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > _SAME_BEGINNING:
            yield from dict.fromkeys((stem, stem + nominative))


def _read(name: list[str]) -> tuple[gazetteer.Place | None, str] | None:
    if country := _country(name, exact=False):
        return None, country
    place = gazetteer.spoken(name)
    return (place, "") if place else None


def _country(name: list[str], *, exact: bool) -> str:
    known = _country_names().get((len(name), name[0][:_SAME_BEGINNING]), {})
    if (code := known.get(tuple(name), "")) or exact:
        return code
    return next((code for parts, code in known.items() if all(map(is_case_of, name, parts))), "")


@cache
def _country_names() -> dict[tuple[int, str], dict[tuple[str, ...], str]]:
    """Codes of countries by the words of their names, by how many those are and how the first of them begins."""
    found: dict[tuple[int, str], dict[tuple[str, ...], str]] = {}
    for code in countries():
        for name in names_everywhere(code):
            words = tuple(searched(name).split())
            found.setdefault((len(words), words[0][:_SAME_BEGINNING]), {})[words] = code
    return found
