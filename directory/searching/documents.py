"""What is kept of a listing for searching: its words, normalised as a question is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core import gazetteer
from core.answers import NO, says
from core.languages import codes
from core.text import normalise
from directory.records import ListingRecord
from directory.vocabulary import Vocabulary


@dataclass(frozen=True)
class SearchDocument:
    """What is kept of a listing for searching. `weighted` maps weights A (best) to D to normalised text."""

    text: str
    weighted: Mapping[str, str] = field(default_factory=dict)


def search_document(record: ListingRecord, vocabulary: Vocabulary) -> SearchDocument:
    """The words of one listing, in every language, with names and synonyms of its types."""
    texts = [record.content.get(language, {}) for language in codes()]

    def every(*names: str) -> list[str]:
        return [found[name] for found in texts for name in names if found.get(name)]

    names, synonyms = vocabulary.words_of(record.types)
    top_names, top_synonyms = vocabulary.words_of(vocabulary.tops_of(record.types))
    groups = [name for code in record.groups for name in _all_names(vocabulary, "group", code)]
    languages = [name for code in record.languages for name in _all_names(vocabulary, "language", code)]
    said = [code for code in record.attributes if not says(code, NO)]
    told = [*languages, *(name for code in said for name in _all_names(vocabulary, "attribute", code))]
    regions = [one["code"] for one in record.areas if one["kind"] == "region"]
    where = [name for code in regions for language in codes() if (name := gazetteer.region_name(code, language))]
    weighted = {
        "A": every("title") + names,
        "B": every("organization", "organization_short", "place", "city") + synonyms,
        "C": every("summary", "district", "region", "address") + where + top_names + groups,
        "D": every("text", "note", "eligibility_note", "documents_note", "cost_note") + top_synonyms + told,
    }
    joined = {weight: normalise(" ".join(parts)) for weight, parts in weighted.items()}
    return SearchDocument(" ".join(text for text in joined.values() if text), joined)


def _all_names(vocabulary: Vocabulary, scheme: str, code: str) -> Iterable[str]:
    term = vocabulary.scheme(scheme).get(code)
    return term.names.values() if term else []
