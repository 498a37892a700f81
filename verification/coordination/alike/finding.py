"""Which listings are like one: candidates by the index of keys, judged by the rule; no listing is compared with all.

What is new, or was edited (`verification.editing`), has no fingerprint until the worker comes by (`look`), so nothing
that a person does waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q

from services.models import ServiceAtLocation
from verification.coordination.alike.sketches import basis_of, sketch_of
from verification.duplicates.keys import keys_of
from verification.duplicates.likeness import Likeness, Sketch, compare
from verification.models import Fingerprint, LikelyPair
from verification.snapshots import parts

#: The likeliest candidates by the number of keys that they share; what shares fewer is no twin.
CANDIDATES = 60
#: Listings that one round looks at; the others wait for the next.
AT_ONCE = 500
_SHARED = """
    SELECT f.listing_id FROM verification_fingerprint f
    WHERE f.keys && %s::bigint[] AND f.listing_id <> %s
    ORDER BY (SELECT count(*) FROM unnest(f.keys) AS key WHERE key = ANY(%s::bigint[])) DESC, f.listing_id
    LIMIT %s
"""


@dataclass(frozen=True)
class Found:
    """The key of a listing that is like the one that was asked about."""

    listing: int
    likeness: Likeness


def like(sketch: Sketch, *, but: int = 0, known: dict[int, Sketch] | None = None) -> list[Found]:
    """Every listing of the network that is probably the same, the likeliest first. For the house alone.

    `known` are sketches that were made already; those that are made here are added.
    """
    known = {} if known is None else known
    keys = _candidates(keys_of(sketch), but)
    for row in parts(ServiceAtLocation.objects.filter(pk__in=set(keys) - known.keys())):
        known[row.pk] = sketch_of(row)
    found = [Found(pk, compare(sketch, known[pk])) for pk in sorted(keys) if pk in known]
    return sorted((one for one in found if one.likeness.is_likely), key=lambda one: -one.likeness.score)


def look(at_once: int = AT_ONCE) -> int:
    """Look at what is new or was edited since: its fingerprint, and the pairs that follow. Returns how many.

    All fingerprints come first, so that two listings that are new both find each other.
    """
    waiting = parts(ServiceAtLocation.objects.filter(fingerprint=None).order_by("pk"))[:at_once]
    sketches = {row.pk: sketch_of(row) for row in waiting}
    with transaction.atomic():
        Fingerprint.objects.bulk_create(
            [Fingerprint(listing_id=pk, keys=keys_of(one), basis=basis_of(one)) for pk, one in sketches.items()],
            ignore_conflicts=True,
        )
    known = dict(sketches)
    for pk, sketch in sketches.items():
        pair_up(pk, like(sketch, but=pk, known=known))
    return len(sketches)


@transaction.atomic
def pair_up(listing: int, found: Iterable[Found]) -> None:
    """Keep the pairs of one listing in step with what it is like now. "Different" holds while its basis does."""
    now = {tuple(sorted((listing, one.listing))): one.likeness for one in found}
    known = LikelyPair.objects.select_for_update().filter(Q(first=listing) | Q(second=listing)).order_by("pk")
    for pair in known:
        likeness = now.pop((pair.first_id, pair.second_id), None)
        if pair.different_at and pair.basis == basis_of_pair(pair.first_id, pair.second_id):
            continue
        if likeness is None:
            pair.delete()
            continue
        pair.likeness, pair.reasons = likeness.score, list(likeness.reasons)
        pair.different_at, pair.different_by, pair.basis = None, None, ""
        pair.save()
    LikelyPair.objects.bulk_create(
        [
            LikelyPair(first_id=first, second_id=second, likeness=one.score, reasons=list(one.reasons))
            for (first, second), one in now.items()
        ],
        ignore_conflicts=True,
    )


def basis_of_pair(first: int, second: int) -> str:
    """The names, phones and places of both as they are now."""
    rows = parts(ServiceAtLocation.objects.filter(pk__in=(first, second)).order_by("pk"))
    return " ".join(basis_of(sketch_of(row)) for row in rows)


def _candidates(keys: list[int], but: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, [keys, but, keys, CANDIDATES])
        return [pk for (pk,) in cursor.fetchall()]
