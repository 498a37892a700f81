"""How much of what people look for every listing says, kept beside its state: desks choose and order by it."""

from __future__ import annotations

from dataclasses import dataclass, field

from directory.vocabulary import Vocabulary, vocabulary
from verification.completeness import completeness_of
from verification.models import ListingState, Snapshot

_TOGETHER = 500


@dataclass
class _Weighed:
    """What frozen contents say, by their hash, under the vocabulary that says `told`."""

    told: str = ""
    percents: dict[str, int] = field(default_factory=dict)


#: Of the last night. A content is frozen, so it weighs the same until the vocabulary says something else.
_LAST = _Weighed()


def weigh(state: ListingState, terms: Vocabulary | None = None) -> None:
    """Of what is published; the caller saves it. Whoever weighs many asks for the vocabulary once."""
    if state.published is not None:
        state.completeness = completeness_of(state.published.content, terms or vocabulary()).percent


def weigh_all() -> int:
    """Every listing with something published: what is asked for, or the vocabulary, may have changed since.

    Contents are read that this process has not weighed yet; how many listings say another percent than before.
    """
    rows = list(
        ListingState.objects.filter(published__isnull=False)
        .order_by("pk")
        .values_list("pk", "published", "published__content_hash", "completeness")
    )
    percents = _percents({digest: snapshot for _pk, snapshot, digest, _before in rows})
    changed = [
        ListingState(pk=pk, completeness=percents[digest])
        for pk, _snapshot, digest, before in rows
        if percents[digest] != before
    ]
    return ListingState.objects.bulk_update(changed, ["completeness"], batch_size=_TOGETHER) if changed else 0


def _percents(asked: dict[str, int]) -> dict[str, int]:
    """By hash; `asked` is the key of a snapshot for each. Remembers these, and forgets all others."""
    terms = vocabulary()
    known = _LAST.percents if _LAST.told == terms.told else {}
    missing = [snapshot for digest, snapshot in asked.items() if digest not in known]
    found = {digest: known[digest] for digest in asked if digest in known}
    for start in range(0, len(missing), _TOGETHER):
        some = Snapshot.objects.filter(pk__in=missing[start : start + _TOGETHER]).order_by()
        for digest, content in some.values_list("content_hash", "content"):
            found[digest] = completeness_of(content, terms).percent
    _LAST.told, _LAST.percents = terms.told, found
    return found
