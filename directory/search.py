"""Text search: Russian and English word forms, prefixes, synonyms of the vocabulary, typos, and places in the words.

Words are normalised the same way when a listing is written and when somebody asks. Nothing of a query is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.db import connection
from django.db.models import BooleanField, FloatField, QuerySet
from django.db.models.expressions import RawSQL

from core.languages import SOURCE, codes
from core.text import normalise, variants
from directory import queries
from directory.filters import Filters
from directory.listings import AbstractListing
from directory.places_in_words import Understood, understand
from directory.queries import Hits
from directory.records import Audience, ListingRecord
from directory.vocabulary import Vocabulary

MAX_QUERY = 200
MAX_WORDS = 12
#: No reader goes through more than this.
MAX_HITS = 2000
#: How much of a word's three-letter pieces a text must have, and how alike two words must be, to mend a typo.
_SIMILARITY = 0.3
_ALIKE = 0.78
_SHORTEST_MENDED = 4
#: Shorter beginnings fit too much: «тест» would find «тестостерон».
_SHORTEST_PREFIX = 5
#: Of the weights D, C, B, A.
_WEIGHTS = "{0.1, 0.25, 0.5, 1.0}"

_IN_RUSSIAN = """а без бы в во вот где да для до его ее если есть же за и из или им их к как ко когда кто ли мне можно
мой моя мы на надо нас не нет ни но ну нужен нужна нужно о об он она они от по под при про с со так там то тут ты у
уже хочу что чтобы эта это я"""
_IN_ENGLISH = """a an and any are at by can for from how i in is it me my need of on or please the to want what where
with"""
_STOP_WORDS = frozenset(f"{_IN_RUSSIAN} {_IN_ENGLISH}".split())


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
    weighted = {
        "A": every("title") + names,
        "B": every("organization", "organization_short", "place", "city") + synonyms,
        "C": every("summary", "district", "region", "address") + top_names + groups,
        "D": every("text", "note", "eligibility_note", "documents_note", "cost_note") + top_synonyms + languages,
    }
    joined = {weight: normalise(" ".join(parts)) for weight, parts in weighted.items()}
    return SearchDocument(" ".join(text for text in joined.values() if text), joined)


@dataclass(frozen=True)
class SearchAnswer:
    """Listings that the words found, the filters as the words changed them, and how the words were understood."""

    hits: Hits | None
    filters: Filters
    understood: Understood


def search(
    audience: Audience, query: str, filters: Filters, at: dt.datetime | None = None, language: str = SOURCE
) -> SearchAnswer:
    """Find listings by words. A place in the words becomes `near` or a country, unless the filters name one.

    `hits` is None when the words say nothing but a place: then every listing fits.
    """
    words = normalise(query[:MAX_QUERY]).split()[:MAX_WORDS]
    understood = understand(words, language)
    narrowed = understood.narrow(filters)
    asked = [word for word in understood.words if _STOP_WORDS.isdisjoint(variants(word))]
    if not asked:
        return SearchAnswer(None, narrowed, understood)
    rows = queries.current_listings(audience, at).order_by()
    scores = _find(rows, _all_of(asked))
    if not scores and (corrected := _corrected(rows, asked)) != asked:
        understood = understood.with_correction(corrected)
        scores = _find(rows, _all_of(corrected))
        asked = corrected
    if not scores and len(asked) > 1:
        scores = _find(rows, _any_of(asked))
    hits = Hits(scores)
    return SearchAnswer(hits, _widened(audience, narrowed, filters, hits, at), understood)


Query = tuple[str, list[str]]


def _word(word: str) -> Query:
    """A tsquery for one word: its forms in Russian and English, its beginnings, and what it may have meant."""
    parts: list[str] = []
    params: list[str] = []
    for form in variants(word):
        parts += ["plainto_tsquery('russian', %s)", "plainto_tsquery('english', %s)", "to_tsquery('simple', %s)"]
        params += [form, form, f"{form}:*" if len(form) >= _SHORTEST_PREFIX else form]
    return f"({' || '.join(parts)})", params


def _joined(words: Iterable[str], operator: str) -> Query:
    each = [_word(word) for word in words]
    return f" {operator} ".join(sql for sql, _params in each), [param for _sql, params in each for param in params]


def _all_of(words: Iterable[str]) -> Query:
    return _joined(words, "&&")


def _any_of(words: Iterable[str]) -> Query:
    return _joined(words, "||")


def _find(rows: QuerySet[AbstractListing], query: Query) -> dict[str, float]:
    """Ids and scores of the rows that fit, best first."""
    sql, params = query
    found = rows.filter(RawSQL(f"search_vector @@ ({sql})", params, output_field=BooleanField()))  # noqa: S611
    score = RawSQL(f"ts_rank('{_WEIGHTS}', search_vector, {sql})", params, output_field=FloatField())  # noqa: S611
    best = found.annotate(score=score).order_by("-score", "id").values_list("id", "score")[:MAX_HITS]
    return {listing_id: round(score, 4) for listing_id, score in best}


def _corrected(rows: QuerySet[AbstractListing], words: list[str]) -> list[str]:
    """The words, each one that nobody uses replaced by the most similar word of the listings."""
    return [word if _find(rows, _word(word)) else _similar(rows, word) or word for word in words]


def _similar(rows: QuerySet[AbstractListing], word: str) -> str:
    """A word that this audience's listings use and that looks like the given one; "" when there is none."""
    if len(word) < _SHORTEST_MENDED or not word.isalpha():
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(_SIMILARITY)])
        similar = rows.filter(search_text__trigram_word_similar=word).values_list("search_text")
        inner, params = similar.query.sql_with_params()
        cursor.execute(
            "SELECT word FROM (SELECT unnest(string_to_array(search_text, ' ')) AS word "  # noqa: S608
            f"FROM ({inner}) AS listing (search_text)) AS each "
            "GROUP BY word ORDER BY similarity(word, %s) DESC, count(*) DESC LIMIT 5",
            [*params, word],
        )
        found = [row[0] for row in cursor.fetchall()]
    longer = (one for one in found if len(one) >= _SHORTEST_MENDED)
    close = (one for one in longer if SequenceMatcher(None, one, word).ratio() >= _ALIKE)
    return next(close, "")


def _widened(audience: Audience, narrowed: Filters, asked: Filters, hits: Hits, at: dt.datetime | None) -> Filters:
    """When nothing lies near the place of the words, everything counts, the nearest first."""
    if narrowed.near == asked.near or not narrowed.near:
        return narrowed
    if queries.matching(audience, narrowed, at, hits=hits, skip=["bbox"]).exists():
        return narrowed
    return narrowed.replace(near=narrowed.near.replace_radius(None))


def _all_names(vocabulary: Vocabulary, scheme: str, code: str) -> Iterable[str]:
    term = vocabulary.scheme(scheme).get(code)
    return term.names.values() if term else []
