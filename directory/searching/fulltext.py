"""Words against the words of listings, in PostgreSQL: which listings have them, and which words anybody has.

Each function is one statement, however many words it is asked about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db import connection
from django.db.models import BooleanField, FloatField, QuerySet
from django.db.models.expressions import RawSQL

from directory.searching.lexicon import SHORTEST_BEGINNING
from directory.searching.words import forms
from directory.tables.listings import AbstractListing

#: No reader goes through more than this.
MAX_HITS = 2000
#: Shorter beginnings fit too much: «тест» would find «тестостерон».
_SHORTEST_PREFIX = 5
#: Of the weights D, C, B, A.
_WEIGHTS = "{0.1, 0.25, 0.5, 1.0}"

#: An expression of SQL and its parameters.
Query = tuple[str, list[str]]


def all_of(words: Iterable[str], begun: Collection[str] = ()) -> Query:
    """Every word; of those that are only begun, however short they are, any word that goes on so."""
    return _joined(words, "&&", begun)


def any_of(words: Iterable[str], begun: Collection[str] = ()) -> Query:
    return _joined(words, "||", begun)


def find(rows: QuerySet[AbstractListing], query: Query) -> dict[str, float]:
    """Ids and scores of the rows that fit, best first."""
    sql, params = query
    score = RawSQL(f"ts_rank('{_WEIGHTS}', search_vector, {sql})", params, output_field=FloatField())  # noqa: S611
    best = rows.filter(_fits(query)).annotate(score=score).order_by("-score", "id")
    return {listing_id: round(score, 4) for listing_id, score in best.values_list("id", "score")[:MAX_HITS]}


def used(rows: QuerySet[AbstractListing], words: Sequence[str]) -> set[str]:
    """Those of the words that some row has."""
    parts: list[str] = []
    params: list[str | int] = []
    if not words:
        return set()
    inner, given = rows.values("search_vector").query.sql_with_params()  # composed once: the words are all that differs
    for word in words:
        query, forms_of_it = _word(word)
        parts.append(f"SELECT %s::text WHERE EXISTS (SELECT FROM ({inner}) AS found WHERE search_vector @@ ({query}))")  # noqa: S608
        params += [word, *given, *forms_of_it]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return {word for (word,) in cursor.fetchall()}


def _fits(query: Query) -> RawSQL:
    sql, params = query
    return RawSQL(f"search_vector @@ ({sql})", params, output_field=BooleanField())  # noqa: S611


def _word(word: str, shortest: int = _SHORTEST_PREFIX) -> Query:
    """A tsquery for one word: its forms in Russian and English, its beginnings, and what it may have meant."""
    parts: list[str] = []
    params: list[str] = []
    for form in forms(word):
        parts += ["plainto_tsquery('russian', %s)", "plainto_tsquery('english', %s)", "to_tsquery('simple', %s)"]
        params += [form, form, f"{form}:*" if len(form) >= shortest else form]
    return f"({' || '.join(parts)})", params


def _joined(words: Iterable[str], operator: str, begun: Collection[str] = ()) -> Query:
    each = [_word(word, SHORTEST_BEGINNING if word in begun else _SHORTEST_PREFIX) for word in words]
    return f" {operator} ".join(sql for sql, _params in each), [param for _sql, params in each for param in params]
