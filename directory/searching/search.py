"""Text search: Russian and English word forms, prefixes, synonyms of the vocabulary, typos, and places in the words.

Words are normalised the same way when a listing is written and when somebody asks. Nothing of a query is kept.
Rule: a question of which nothing is understood finds nothing; only no question at all is the question for everything.
However many words there are, and whatever they say, the answer takes a fixed number of statements.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet

from core.languages import SOURCE
from core.spelling.folding import bare
from core.spelling.text import has_keys_of_letters, searched, swap_layout
from directory.asking import queries
from directory.asking.filters import Filters
from directory.asking.queries import Hits
from directory.crossing.records import Audience
from directory.searching.fulltext import all_of, any_of, find, used
from directory.searching.lexicon import lexicon
from directory.searching.meaning import meaning, reread, says_otherwise
from directory.searching.phrases import Phrases, phrases
from directory.searching.places_in_words import Understood, understand
from directory.searching.words import forms, telling
from directory.tables.listings import AbstractListing
from directory.vocabulary import vocabulary

MAX_QUERY = 200
MAX_WORDS = 12
#: Whoever makes more slips than this in one question was not understood anyway.
_MOST_MENDED = 4


@dataclass(frozen=True)
class SearchAnswer:
    """Listings that the words found, the filters as the words changed them, and how the words were understood."""

    hits: Hits | None
    filters: Filters
    understood: Understood


# long: the way of a question, one step a line
def search(
    audience: Audience,
    query: str,
    filters: Filters,
    at: dt.datetime | None = None,
    language: str = SOURCE,
    off: Collection[str] = (),
) -> SearchAnswer:
    """Find listings by words. Words that name a filter become it, a place becomes `near` or a country, unless the
    filters name one already. `off` are conditions of the words that somebody took off (`param:code`).

    `hits` is None when nothing is asked but filters: then every listing that fits them is an answer.
    """
    query = query[:MAX_QUERY]
    rows = queries.current_listings(audience, at).order_by()
    understood = _read(audience, rows, query, filters, language, off)
    asked = telling(understood.words)
    if understood.kind_words:
        found = _of_kinds(audience, rows, understood, asked, filters, at)
        if found is not None:
            return found
        understood = _read(audience, rows, query, filters, language, off, with_kinds=False)
        asked = telling(understood.words)
    if not asked:
        says_nothing_known = bool(bare(query)) and not (understood.names_a_place or understood.filters or off)
        return SearchAnswer(Hits({}) if says_nothing_known else None, understood.narrow(filters), understood)
    scores = find(rows, all_of(asked))
    if not scores:
        understood, scores = _mended(audience, rows, understood, asked)
    hits, narrowed = Hits(scores), understood.narrow(filters)
    return SearchAnswer(hits, _widened(audience, narrowed, filters, hits, at), understood)


def _read(
    audience: Audience,
    rows: QuerySet[AbstractListing],
    query: str,
    filters: Filters,
    language: str,
    off: Collection[str],
    *,
    with_kinds: bool = True,
) -> Understood:
    """The place and the filters in the words, whichever keyboard, alphabet and slips they were typed with."""
    terms = vocabulary(audience)
    known, typed = phrases(terms), _words(query)
    words = _on_the_other_keyboard(query, known) or typed
    likely = reread(words, known)
    own = lexicon(audience, rows, terms) if likely else None
    words = [likely[at] if at in likely and own and not own.has(word) else word for at, word in enumerate(words)]
    placed = understand(words, language).without(off)
    meant = meaning(placed.words, known, terms, filters, off, with_kinds=with_kinds)
    return dataclasses.replace(
        placed,
        words=() if "q:" in off else meant.words,
        filters=meant.filters,
        kind_words=meant.kind_words,
        corrected=tuple(words) if says_otherwise(words, typed) else (),
    )


def _of_kinds(
    audience: Audience,
    rows: QuerySet[AbstractListing],
    understood: Understood,
    asked: Sequence[str],
    filters: Filters,
    at: dt.datetime | None,
) -> SearchAnswer | None:
    """Everything of the kinds that the words name, those first whose own names say it. The other words narrow it where
    anything has them; where nothing has, they are left out, and that is said. None where nobody offers these kinds."""
    narrowed = understood.narrow(filters)
    of_kind = queries.matching(audience, narrowed, at, skip=["bbox", "near"]).order_by()
    if not vocabulary(audience).unshown(narrowed.service) and not _offered(audience, narrowed, at):
        return None
    scores = find(of_kind, any_of([*understood.kind_words, *asked]))
    if asked:
        strict = find(of_kind, all_of(asked))
        if strict:
            hits = Hits({listing_id: scores.get(listing_id, score) for listing_id, score in strict.items()})
            return SearchAnswer(hits, _widened(audience, narrowed, filters, hits, at), understood)
        understood = dataclasses.replace(understood, left_out=True)
    hits = Hits(scores, all_that_fit=False)
    return SearchAnswer(hits, _widened(audience, narrowed, filters, hits, at), understood)


def _offered(audience: Audience, narrowed: Filters, at: dt.datetime | None) -> bool:
    return queries.matching(audience, Filters(service=narrowed.service), at).exists()


def _words(text: str) -> list[str]:
    return searched(text).split()[:MAX_WORDS]


def _on_the_other_keyboard(query: str, known: Phrases) -> list[str]:
    """The whole question as the same keys write it there, where signs are letters too: “e,t;bot” → «убежище».

    Only where it says something there that it does not say here.
    """
    if not has_keys_of_letters(query):
        return []
    words = _words(swap_layout(query))
    return words if any(map(known.knows, words)) and not any(map(known.knows, _words(query))) else []


def _mended(
    audience: Audience, rows: QuerySet[AbstractListing], understood: Understood, asked: Sequence[str]
) -> tuple[Understood, dict[str, float]]:
    """All words, those that are only begun as whatever goes on so, others with slips mended; where even so nothing has
    them all, any of them."""
    begun = _begun(audience, rows, asked)
    scores = find(rows, all_of(asked, begun)) if begun else {}
    if scores:
        return understood, scores
    meant = _meant(audience, rows, [word for word in asked if word not in begun])
    words = [meant.get(word, word) for word in asked]
    if meant:
        understood = understood.with_correction(words)
        scores = find(rows, all_of(words, begun))
    if not scores and len(words) > 1:
        scores = find(rows, any_of(words, begun))
    return understood, scores


def _begun(audience: Audience, rows: QuerySet[AbstractListing], asked: Sequence[str]) -> set[str]:
    """Words that no listing has, and that words of listings begin with: they are still being typed."""
    known = lexicon(audience, rows, vocabulary(audience))
    meant = {word: forms(word) for word in asked}
    unknown = {word for word in meant if not any(map(known.has, meant[word]))}
    return {word for word in unknown if any(True for form in meant[word] for _other in known.begun_by(form))}


def _meant(audience: Audience, rows: QuerySet[AbstractListing], asked: Sequence[str]) -> dict[str, str]:
    """For each word that no listing has the most similar one that a present listing has, where there is one."""
    known = lexicon(audience, rows, vocabulary(audience))
    guessed = ((word, known.like(word)) for word in dict.fromkeys(asked) if not known.has(word))
    slips = dict(islice(((word, others) for word, others in guessed if others), _MOST_MENDED))
    present = used(rows, list(dict.fromkeys(one for word, others in slips.items() for one in (word, *others))))
    found = {word: next((other for other in others if other in present), "") for word, others in slips.items()}
    return {word: other for word, other in found.items() if other and word not in present}


def _widened(audience: Audience, narrowed: Filters, asked: Filters, hits: Hits, at: dt.datetime | None) -> Filters:
    """When nothing lies near the place of the words, everything counts, the nearest first."""
    if narrowed.near == asked.near or not narrowed.near:
        return narrowed
    if queries.matching(audience, narrowed, at, hits=hits, skip=["bbox"]).exists():
        return narrowed
    return narrowed.replace(near=narrowed.near.replace_radius(None))
