"""What reaches the directory without a review: narrowing, operation, notices, imports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from django.db import transaction

from core.constraints import save_version
from core.database.bulk import insert_rows
from core.languages import column_names
from services.attributes import asked
from services.models import Attribute, Service, ServiceAtLocation
from verification.access import require_owner
from verification.models import Fingerprint, ListingState, Snapshot
from verification.narrowing import narrower
from verification.publication import Batch, publish
from verification.services.changing import (
    audit,
    load,
    lock_state,
    lock_states,
    locked_states,
    set_class,
    set_classes,
    settle,
    take_snapshot,
)
from verification.services.held import ask_about_all, ask_about_texts
from verification.snapshots import SCHEMA, Content, content_hash, freeze, parts
from verification.surroundings import with_parts
from verification.transitions import move_listing

if TYPE_CHECKING:
    from accounts.models import User

#: Listings with what they say, by their keys.
Read = dict[int, tuple[ServiceAtLocation, Content]]
#: From so many listings on it is quicker to read what lies over all of the map than what lies over each.
_MANY = 10
#: What was read of so many listings is kept for sending them; of more it would fill the memory.
MOST_READ = 500


@transaction.atomic
def let_narrow(
    *, listings: Iterable[ServiceAtLocation], actor: User | None, batch: Batch | None = None
) -> list[ListingState]:
    """Let what an edit has narrowed take effect at once; `verification.editing` does it with every edit.

    Widening and every other change wait for a review; hiding something never waits. What is off the map just now is
    narrowed too, so that it comes back narrow. Returns the states that moved.
    """
    moved, listings = [], sorted(listings, key=lambda one: one.pk)
    lock_states(listing.pk for listing in listings)
    for listing in listings:
        fresh = load(listing)
        state = lock_state(fresh)
        if state.published is None:
            continue
        if _narrow(state, freeze(fresh), actor, batch):
            moved.append(state)
        ask_about_texts(state)
    return moved


def _narrow(state: ListingState, working: Content, actor: User | None, batch: Batch | None) -> bool:
    """Whether anything of what is published got narrower; its listing was read and frozen under the lock."""
    assert state.published is not None  # noqa: S101  (both callers look first)
    narrowed = narrower(state.published.content, working)
    if narrowed == state.published.content:
        publish(state, batch)
        return False
    with audit("narrow", actor):
        state.published = take_snapshot(state.listing, actor, narrowed)
        settle(state, batch=batch)
    return True


class Together(Batch):
    """A batch of edits by one person: what they touch is narrowed once for all of them, not after each.

    Rule: as `let_narrow`, in the transaction of the edits, and before their rows are written. Whoever sends anything
    after the edits calls `narrow` first. `read` is what the last narrowing has read, by the keys of the listings.
    """

    def __init__(self, actor: User | None) -> None:
        super().__init__()
        self._actor = actor
        self.touched: set[int] = set()
        self.read: Read = {}

    def __enter__(self) -> Together:
        super().__enter__()
        return self

    def write(self, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
        self.narrow()
        super().write(progress)

    def narrow(self) -> None:
        """Let what the edits until here have narrowed take effect, and forget what was read of their listings."""
        touched = set(self.touched)
        self.touched.clear()
        if not touched:
            return
        lock_states(touched)  # before their rows, as everybody does
        Fingerprint.objects.forget(touched)
        found = parts(ServiceAtLocation.objects.filter(pk__in=touched, state__published__isnull=False)).order_by("pk")
        states = locked_states({listing.pk: listing for listing in found})
        self.read = {}
        for state in states:
            content = freeze(state.listing)
            _narrow(state, content, self._actor, self)
            if len(self.read) < MOST_READ:
                self.read[state.pk] = (state.listing, content)
        ask_about_all(states)


@transaction.atomic
def set_operation(
    *,
    listing: ServiceAtLocation,
    actor: User | None,
    operation: str,
    batch: Batch | None = None,
    **note: str,
) -> Service:
    """Say at once whether the service works, with a word to people (columns of operation_note, by language).

    Counts for every place of the service. Needs no review, moves no date of a check.
    """
    require_owner(load(listing), actor)
    with audit("operation", actor):
        service = Service.objects.select_for_update().get(pk=listing.service_id)
        service.operation = operation
        for name in column_names("operation_note"):
            setattr(service, name, note.get(name, "").strip()[:250])
        save_version(service, expected=service.version, fields=["operation", "operation_note", "i18n"])
        publish_again(service.listings.all(), batch)
    return service


@transaction.atomic
def publish_again(listings: Iterable[ServiceAtLocation], batch: Batch | None = None) -> None:
    """Write what lies over these listings (operation, notices) to the directory anew."""
    listings = sorted(listings, key=lambda one: one.pk)
    lock_states(listing.pk for listing in listings)
    if len(listings) >= _MANY:
        _publish_together([listing.pk for listing in listings], batch)
        return
    for listing in listings:
        state = lock_state(load(listing))
        publish(state, batch)
        ask_about_texts(state)


def _publish_together(listings: list[int], batch: Batch | None) -> None:
    """A word about a country lies over hundreds: their rows are read and written by a number of queries that does not
    grow with them."""
    states = list(with_parts(ListingState.objects.filter(pk__in=listings)))
    with nullcontext(batch) if batch else Batch() as together:
        for state in states:
            publish(state, together)
    ask_about_all(states)


@transaction.atomic
def publish_import(*, listing: ServiceAtLocation, batch: Batch | None = None) -> bool:
    """Show an imported listing to members as level 0, "imported, not checked". True when anything changed.

    A listing that somebody has confirmed or published since is left alone: the file does not overrule people.
    """
    listing = load(listing)
    state = lock_state(listing)
    content = freeze(listing)
    if state.published and (not state.is_shown or state.level > 0):
        return False
    if state.published and state.published.content == content:
        return False
    with audit("import", None):
        move_listing(state, "import")
        state.published = take_snapshot(listing, None, content)
        state.published_at = state.published.created_at
        set_class(state)
        settle(state, batch=batch)
    return True


@transaction.atomic
def publish_imports(*, listings: Sequence[ServiceAtLocation], frozen: Mapping[int, Content], batch: Batch) -> None:
    """`publish_import` for hundreds of listings that were just made, in a few statements for all.

    `frozen` are the contents, by the listings' keys, of those of which the caller has made every row itself in this
    transaction, so that nobody else can have changed one; the others are read.
    """
    others = [listing.pk for listing in listings if listing.pk not in frozen]
    read = parts(ServiceAtLocation.objects.filter(pk__in=others, state=None)) if others else ()
    contents = [(listing, frozen[listing.pk]) for listing in listings if listing.pk in frozen]
    contents += [(listing, freeze(listing)) for listing in read]
    with audit("import", None):
        snapshots = [
            Snapshot(listing=listing, schema=SCHEMA, content=content, content_hash=content_hash(content))
            for listing, content in contents
        ]
        insert_rows(snapshots)
        states = [
            ListingState(listing=snapshot.listing, published=snapshot, published_at=snapshot.created_at)
            for snapshot in snapshots
        ]
        for state in states:
            move_listing(state, "import")
        set_classes(states)
        insert_rows(states)
        for state in states:
            batch.add(state)


def tell_attribute(attribute: Attribute, batch: Batch | None = None) -> None:
    """Write the listings that answer this attribute to the directory anew: who may know of it has changed."""
    codes = [code for one in asked() if one.attribute == attribute for code in one.answers]
    answers = {"state__published__content__service__attributes__has_any_keys": codes}
    publish_again(ServiceAtLocation.objects.filter(**answers), batch)
