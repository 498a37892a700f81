"""How much of what people look for every listing says, kept beside its state: desks choose and order by it."""

from __future__ import annotations

from itertools import islice

from directory.vocabulary import Vocabulary, vocabulary
from verification.completeness import completeness_of
from verification.models import ListingState

_TOGETHER = 500


def weigh(state: ListingState, terms: Vocabulary | None = None) -> None:
    """Of what is published; the caller saves it. Whoever weighs many asks for the vocabulary once."""
    if state.published is not None:
        state.completeness = completeness_of(state.published.content, terms or vocabulary()).percent


def weigh_all() -> int:
    """Every listing with something published: what is asked for, or the vocabulary, may have changed since."""
    written, terms = 0, vocabulary()
    rows = ListingState.objects.filter(published__isnull=False).select_related("published").order_by("pk")
    waiting = rows.iterator(chunk_size=_TOGETHER)
    while states := list(islice(waiting, _TOGETHER)):
        changed = []
        for state in states:
            before = state.completeness
            weigh(state, terms)
            if state.completeness != before:
                changed.append(state)
        written += ListingState.objects.bulk_update(changed, ["completeness"]) if changed else 0
    return written
