"""Sending many listings to be checked, and taking them back: what `submission` does one by one, in few statements.

Rule: as `submit` and `withdraw_submission`, listing by listing; a verifier finds the same reviews, and history the same
steps. Whoever calls this holds the edits that it sends in the same transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from core.database.bulk import change_rows, insert_rows
from core.ids import new_public_id
from directory.vocabulary import vocabulary
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.access import require_editor
from verification.models import ListingState, Review, Snapshot
from verification.publication import Batch
from verification.services.at_once import is_open_to_edits, may_go_at_once, publish_all_at_once
from verification.services.changing import (
    audit,
    lock_states,
    locked_states,
    made_states,
    settle_all,
    take_snapshots,
)
from verification.services.edits import Read, Together
from verification.services.submission import needed_in, said_otherwise
from verification.snapshots import Content, freeze, parts
from verification.surroundings import Surroundings
from verification.transitions import move_listing, move_review

if TYPE_CHECKING:
    from accounts.models import User

Differing = dict[int, tuple[ServiceAtLocation, Content]]


@transaction.atomic
def submit_differing(*, listings: Iterable[int], actor: User | None, bulk: Batch) -> list[Review]:
    """Send those of these listings (keys) whose working copy differs from the map, of one place together.

    What was never on the map and does not say yet what is needed stays a draft. What waits of those that are as the
    map has them is taken back.
    """
    keys = set(listings)
    found = _that_differ(keys, bulk.read if isinstance(bulk, Together) and not bulk.touched else {})
    _take_back(said_otherwise(keys - found.keys()), actor, bulk)
    if not found:
        return []
    _require_owners((listing for listing, _content in found.values()), actor)
    with audit("submit", actor):
        states = made_states({key: listing for key, (listing, _content) in found.items()})
        snapshots = take_snapshots({key: content for key, (_listing, content) in found.items()}, actor)
        _withdraw_open(states)
        for state in states:
            move_listing(state, "submit")
        settle_all(states, bulk)
        reviews = _reviews(states, snapshots, actor)
        steps = [(review, state) for review, state in zip(reviews, states, strict=True)]
        publish_all_at_once(_harmless(steps), bulk)
        return reviews


def _harmless(steps: Sequence[tuple[Review, ListingState]]) -> list[tuple[Review, ListingState]]:
    """Those that need nobody; what lies over the map is read once for them, and not at all for others."""
    open_ones = [step for step in steps if is_open_to_edits(step[1])]
    owners = {state.listing.service.organization.public_id for _review, state in open_ones}
    around = Surroundings(owners) if owners else None
    return [step for step in open_ones if may_go_at_once(*step, around)]


def _that_differ(keys: set[int], read: Read) -> Differing:
    """Under the locks of their states, by a number of queries that does not grow with them; those of `read` were read
    after the last edit, under the same locks."""
    lock_states(keys)
    states = ListingState.objects.filter(pk__in=keys, published__isnull=False).select_related("published")
    known: dict[int, Snapshot | None] = {state.pk: state.published for state in states}
    terms, found = vocabulary("members"), {}
    others = parts(ServiceAtLocation.objects.filter(pk__in=keys - read.keys()))
    told = {key: read[key] for key in keys & read.keys()} | {one.pk: (one, freeze(one)) for one in others}
    for key, (listing, content) in sorted(told.items()):
        shown = known.get(key)
        if not (shown.says(content) if shown else needed_in(content, terms)):
            found[key] = (listing, content)
    return found


def _require_owners(listings: Iterable[ServiceAtLocation], actor: User | None) -> None:
    owners = {listing.service.organization_id: listing.service.organization for listing in listings}
    if actor is not None:
        mine = Organization.objects.editable_by(actor).filter(pk__in=owners).order_by().values_list("pk", flat=True)
        for key in owners.keys() - set(mine):
            require_editor(owners[key], actor)


def _withdraw_open(states: Iterable[ListingState], **whose: object) -> list[ListingState]:
    """An open review of the same listing is replaced. Returns the states that it moved."""
    known = {state.pk: state for state in states}
    found = Review.objects.open().select_for_update().filter(listing__in=known, **whose)
    reviews = list(found.order_by("pk"))
    for review in reviews:
        move_review(review, "withdraw")
        move_listing(known[review.listing_id], "withdraw")
    change_rows(reviews, ["state"])
    return [known[review.listing_id] for review in reviews]


def _reviews(states: Sequence[ListingState], snapshots: Mapping[int, Snapshot], actor: User | None) -> list[Review]:
    batches: defaultdict[object, str] = defaultdict(new_public_id)
    reviews = [
        Review(
            listing=state.listing,
            batch=batches[state.listing.location_id, state.listing.service.organization_id],
            snapshot=snapshots[state.pk],
            base=state.published,
            submitted_by=actor,
        )
        for state in states
    ]
    insert_rows(reviews)
    return reviews


@transaction.atomic
def withdraw_all(*, listings: Iterable[int], actor: User, bulk: Batch) -> None:
    """Take back what this person has sent of these listings (keys) and nobody has decided yet."""
    keys = Review.objects.open().filter(listing__in=set(listings), submitted_by=actor).values_list("listing", flat=True)
    _take_back(set(keys), actor, bulk, submitted_by=actor)


def _take_back(keys: set[int], actor: User | None, bulk: Batch, **whose: object) -> None:
    if not keys:
        return
    found = ServiceAtLocation.objects.filter(pk__in=keys).select_related("service__organization", "location")
    rows = {listing.pk: listing for listing in found}
    _require_owners(rows.values(), actor)
    with audit("withdraw", actor):
        settle_all(_withdraw_open(locked_states(rows), **whose), bulk)
