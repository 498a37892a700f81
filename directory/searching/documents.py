"""What is kept of a listing for searching: its words, brought to the form in which a question is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from core.answers import NO, says
from core.geo import gazetteer
from core.languages import codes
from core.spelling.text import kept_for_search
from directory.crossing.records import ListingRecord
from directory.vocabulary import Vocabulary

#: Words of the vocabulary that are put together once for all listings of the same kinds.
_KEPT = 512


class Weighted(NamedTuple):
    """Normalised words by weight, A (best) to D."""

    A: str
    B: str
    C: str
    D: str


@dataclass(frozen=True)
class SearchDocument:
    """What is kept of a listing for searching: all its words as one text, those that it says itself (`own`), and those
    that the vocabulary says of it, which many listings have in common (`shared`)."""

    text: str
    own: Weighted
    shared: Weighted


def search_document(record: ListingRecord, vocabulary: Vocabulary) -> SearchDocument:
    """The words of one listing, in every language, with names and synonyms of its types."""
    texts = [record.content.get(language, {}) for language in codes()]
    said_itself = [list(_every(texts, names)) for names in _SAID]
    said_itself[_WHERE] += _regions(record)
    own = Weighted(*(kept_for_search(" ".join(parts)) for parts in said_itself))
    said = tuple(code for code in record.attributes if not says(code, NO))
    shared = _shared(vocabulary, tuple(record.types), tuple(record.groups), tuple(record.languages), said)
    joined = (words for pair in zip(own, shared, strict=True) for words in pair if words)
    return SearchDocument(" ".join(joined), own, shared)


#: The texts of a listing by weight.
_SAID = (
    ("title",),
    ("organization", "organization_short", "place", "city"),
    ("summary", "district", "region", "address"),
    ("text", "note", "eligibility_note", "documents_note", "cost_note"),
)


#: Which of them says where it is.
_WHERE = 2


def _regions(record: ListingRecord) -> Iterable[str]:
    """The names of the regions to which it comes."""
    regions = [one["code"] for one in record.areas if one["kind"] == "region"]
    return [name for code in regions for language in codes() if (name := gazetteer.region_name(code, language))]


def _every(texts: Iterable[Mapping[str, str]], names: Iterable[str]) -> Iterable[str]:
    return (found[name] for found in texts for name in names if found.get(name))


@lru_cache(maxsize=_KEPT)
def _shared(
    vocabulary: Vocabulary,
    types: tuple[str, ...],
    groups: tuple[str, ...],
    languages: tuple[str, ...],
    attributes: tuple[str, ...],
) -> Weighted:
    names, synonyms = vocabulary.words_of(types)
    top_names, top_synonyms = vocabulary.words_of(vocabulary.tops_of(types))
    told = (("language", languages), ("attribute", attributes))
    weighted = (
        names,
        synonyms,
        [*top_names, *_all_names(vocabulary, "group", groups)],
        [*top_synonyms, *(name for scheme, known in told for name in _all_names(vocabulary, scheme, known))],
    )
    return Weighted(*(kept_for_search(" ".join(parts)) for parts in weighted))


def _all_names(vocabulary: Vocabulary, scheme: str, known: Iterable[str]) -> Iterable[str]:
    terms = vocabulary.scheme(scheme)
    return (name for code in known if code in terms for name in terms[code].names.values())
