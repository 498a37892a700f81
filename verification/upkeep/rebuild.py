"""Making the directory anew from snapshots and states, and comparing it with what they say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model

from directory.access import circles_open
from directory.crossing.records import AUDIENCES, TIERS, Tier
from directory.stores import store
from directory.vocabulary import Vocabulary, vocabulary
from organizations.models import Organization
from verification.models import ListingState
from verification.profiles import records_of
from verification.publication import Batch, expected_rows, publish, publish_vocabulary, states_shown
from verification.surroundings import Surroundings
from verification.upkeep.beside import differences, publish_beside

#: Columns that are not compared: when a row was written says nothing about what it says.
_IGNORED = {"published_at", "search_vector"}
#: Listings whose words are written in one transaction.
REWORDED_TOGETHER = 200


@dataclass
class Differences:
    """What the directory has wrong, as (audience, listing id) pairs; `changed` also names the columns.

    An organisation is named "organization/<id>"; a fact, a notice, a paper, a digest and its lines likewise.
    """

    missing: list[tuple[str, str]] = field(default_factory=list)
    unexpected: list[tuple[str, str]] = field(default_factory=list)
    changed: list[tuple[str, str, list[str]]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.unexpected or self.changed)


@circles_open()
def compare() -> Differences:
    """The directory against what snapshots and states ask for. Writes nothing."""
    found = Differences()
    wanted: dict[str, dict[str, Mapping[str, object]]] = {tier: {} for tier in TIERS}
    for state, records, readers in expected_rows(states_shown()):
        for tier, record in records.items():
            if record is not None:
                wanted[tier][state.listing.public_id] = store.row_values(record) | store.keys_of(tier, readers)
    for audience in TIERS:
        rows = {row.pk: row for row in store.LISTINGS[audience].objects.all()}
        found.missing += [(audience, key) for key in sorted(wanted[audience].keys() - rows.keys())]
        found.unexpected += [(audience, key) for key in sorted(rows.keys() - wanted[audience].keys())]
        for key in sorted(rows.keys() & wanted[audience].keys()):
            columns = _differing(rows[key], wanted[audience][key])
            if columns:
                found.changed.append((audience, key, columns))
    _compare_organizations(found)
    _compare_beside(found)
    return found


def _compare_beside(found: Differences) -> None:
    for audience, key, there, wanted in differences():
        if there is None:
            found.missing.append((audience, key))
        elif wanted is None:
            found.unexpected.append((audience, key))
        else:
            found.changed.append((audience, key, [name for name in wanted if there[name] != wanted[name]]))


def _compare_organizations(found: Differences) -> None:
    everything = records_of(list(Organization.objects.order_by("pk").values_list("pk", flat=True)), Surroundings())
    for audience in AUDIENCES:
        rows = {row.pk: row for row in store.ORGANIZATIONS[audience].objects.all()}
        wanted = everything[audience]
        found.missing += [(audience, f"organization/{key}") for key in sorted(wanted.keys() - rows.keys())]
        found.unexpected += [(audience, f"organization/{key}") for key in sorted(rows.keys() - wanted.keys())]
        for key in sorted(rows.keys() & wanted.keys()):
            if columns := store.organization_differs(rows[key], wanted[key]):
                found.changed.append((audience, f"organization/{key}", columns))


@circles_open()
def rebuild() -> int:
    """Empty the directory and fill it again, in one transaction; readers never see it half full."""
    publish_vocabulary()
    for tier in TIERS:
        store.LISTINGS[tier].objects.all().delete()
    for audience in AUDIENCES:
        store.ORGANIZATIONS[audience].objects.all().delete()
    states = list(states_shown())
    with Batch() as batch:
        for state in states:
            publish(state, batch)
    publish_beside()
    store.bump_revision()
    return len(states)


def reword() -> int:
    """Listings are found by the words of the present vocabulary, and by letters as they are read now; how many rows
    were others. Nothing else of them changes.

    In pieces, each locked as a publication locks it and the revision last: an upgrade keeps nobody from hiding a place.
    """
    if not any(store.LISTINGS[tier].objects.exists() for tier in TIERS):
        return 0
    keys = list(states_shown().values_list("pk", flat=True))
    pieces = (keys[start : start + REWORDED_TOGETHER] for start in range(0, len(keys), REWORDED_TOGETHER))
    terms = vocabulary("members")
    return sum(_reword(piece, terms) for piece in pieces)


@transaction.atomic
@circles_open()
def _reword(keys: Collection[int], terms: Vocabulary) -> int:
    list(ListingState.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    rows: dict[Tier, list[dict[str, Any]]] = {tier: [] for tier in TIERS}
    for _state, records, readers in expected_rows(states_shown().filter(pk__in=keys)):
        for tier, record in records.items():
            if record is not None:
                rows[tier].append(store.row_values(record, terms) | store.keys_of(tier, readers))
    changed = sum(store.reword(tier, rows[tier]) for tier in TIERS)
    if changed:
        store.bump_revision()
    return changed


def _differing(row: Model, values: Mapping[str, object]) -> list[str]:
    return [name for name, value in values.items() if name not in _IGNORED and getattr(row, name) != value]
