"""How much of what people look for every listing says, kept beside its state: desks choose and order by it."""

from __future__ import annotations

from itertools import islice

from directory.vocabulary import vocabulary
from verification.completeness import completeness_of
from verification.models import ListingState

_TOGETHER = 500


def weigh(state: ListingState) -> None:
    """Of what is published; the caller saves it."""
    if state.published is not None:
        state.completeness = completeness_of(state.published.content, vocabulary()).percent


def weigh_all() -> int:
    """Every listing with something published: what is asked for, or the vocabulary, may have changed since."""
    written = 0
    rows = ListingState.objects.filter(published__isnull=False).select_related("published").order_by("pk")
    waiting = rows.iterator(chunk_size=_TOGETHER)
    while states := list(islice(waiting, _TOGETHER)):
        changed = []
        for state in states:
            before = state.completeness
            weigh(state)
            if state.completeness != before:
                changed.append(state)
        written += ListingState.objects.bulk_update(changed, ["completeness"]) if changed else 0
    return written
