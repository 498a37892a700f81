"""Which listings are like one: candidates by the index of keys, judged by the rule; no listing is compared with all.

What is new, or was edited (`verification.editing`), has no fingerprint until the worker comes by (`look`), so nothing
that a person does waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q

from services.models import ServiceAtLocation
from verification.coordination.alike.rule.keys import keys_of
from verification.coordination.alike.rule.likeness import Likeness, Sketch, compare
from verification.coordination.alike.sketches import basis_of, sketches_of
from verification.models import Fingerprint, LikelyPair

#: The likeliest candidates by the number of keys that they share; what shares fewer is no twin.
CANDIDATES = 60
#: Listings that one round looks at; the others wait for the next.
AT_ONCE = 500
#: Sketches whose candidates are looked up by one statement, and those that are held at most.
TOGETHER, HELD = 50, 5000
_SHARED = """
    SELECT asked.number, found.listing_id
    FROM (VALUES {asked}) AS asked (number, keys, but)
    CROSS JOIN LATERAL (
        SELECT f.listing_id FROM verification_fingerprint f
        WHERE f.keys && asked.keys AND f.listing_id <> asked.but {more}
        ORDER BY (SELECT count(*) FROM unnest(f.keys) AS key WHERE key = ANY(asked.keys)) DESC, f.listing_id
        LIMIT %s
    ) AS found
"""
_NOT_OF = """AND NOT EXISTS (
            SELECT FROM services_serviceatlocation l JOIN services_service s ON s.id = l.service_id
            WHERE l.id = f.listing_id AND s.source = %s)"""


@dataclass(frozen=True)
class Found:
    """The key of a listing that is like the one that was asked about."""

    listing: int
    likeness: Likeness


class Finder:
    """Finds what is like several sketches, and holds the sketches that it made on the way. For the house alone."""

    def __init__(self, known: Mapping[int, Sketch] | None = None) -> None:
        self._known = dict(known or {})

    def like_each(self, sketches: Sequence[Sketch], *, but: Sequence[int] = (), not_of: str = "") -> list[list[Found]]:
        """For each sketch the listings of the network that are probably the same, the likeliest first.

        `but` are the keys of the listings themselves; `not_of` is a source whose listings do not count.
        """
        found: list[list[Found]] = []
        for start in range(0, len(sketches), TOGETHER):
            some = sketches[start : start + TOGETHER]
            left_out = but[start : start + TOGETHER] or [0] * len(some)
            keys = _candidates([keys_of(one) for one in some], left_out, not_of)
            self._learn(set().union(*keys))
            found += [self._likely(one, near) for one, near in zip(some, keys, strict=True)]
        return found

    def _learn(self, keys: set[int]) -> None:
        if len(self._known) > HELD:
            self._known = {pk: self._known[pk] for pk in keys & self._known.keys()}
        if missing := keys - self._known.keys():
            self._known |= sketches_of(missing)

    def _likely(self, sketch: Sketch, near: set[int]) -> list[Found]:
        found = [Found(pk, compare(sketch, self._known[pk])) for pk in sorted(near) if pk in self._known]
        return sorted((one for one in found if one.likeness.is_likely), key=lambda one: -one.likeness.score)


def like(sketch: Sketch, *, but: int = 0) -> list[Found]:
    """Every listing of the network that is probably the same, the likeliest first. For the house alone."""
    return Finder().like_each([sketch], but=[but])[0]


def look(at_once: int = AT_ONCE) -> int:
    """Look at what is new or was edited since: its fingerprint, and the pairs that follow. Returns how many.

    All fingerprints come first, so that two listings that are new both find each other.
    """
    sketches = _fingerprinted(at_once)
    found = Finder(sketches).like_each(list(sketches.values()), but=list(sketches))
    for pk, alike in zip(sketches, found, strict=True):
        pair_up(pk, alike)
    return len(sketches)


@transaction.atomic
def _fingerprinted(at_once: int) -> dict[int, Sketch]:
    """Give what has none its fingerprint. Returns their sketches.

    Rule: what an edit is writing just now is left for the next round, and an edit waits until what was read before it
    is written, so that it can forget it (`Fingerprint.forget`): no fingerprint outlives what it was made of. The rows
    are locked by one statement and read by another, which sees all that was written until then.
    """
    waiting = ServiceAtLocation.objects.filter(fingerprint=None).order_by("pk")
    locked = waiting.select_for_update(of=("self",), no_key=True, skip_locked=True)
    sketches = sketches_of(locked.values_list("pk", flat=True)[:at_once])
    Fingerprint.objects.bulk_create(
        [Fingerprint(listing_id=pk, keys=keys_of(one), basis=basis_of(one)) for pk, one in sketches.items()],
        ignore_conflicts=True,
    )
    return sketches


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
    return " ".join(basis_of(sketch) for sketch in sketches_of((first, second)).values())


def _candidates(asked: Sequence[list[int]], but: Sequence[int], not_of: str) -> list[set[int]]:
    """For each list of keys the listings that share the most of them, by one statement."""
    places = ", ".join(["(%s, %s::bigint[], %s)"] * len(asked))
    each = [value for number, keys in enumerate(asked) for value in (number, keys, but[number])]
    statement = _SHARED.format(asked=places, more=_NOT_OF if not_of else "")
    found: list[set[int]] = [set() for _one in asked]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*each, *([not_of] if not_of else []), CANDIDATES])
        for number, pk in cursor.fetchall():
            found[number].add(pk)
    return found
