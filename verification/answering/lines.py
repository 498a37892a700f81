"""The listings of a link as they stand now, and which of them can still be answered."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from core import clock
from services.models import ServiceAtLocation
from verification.models import CapacityReport, CheckOutcome, ConfirmationLink, LinkItem, ListingState, Publication
from verification.services.undoing import UNDO_FOR


@dataclass(frozen=True)
class LinkLine:
    """One listing of a link as it stands now.

    `standing` is open, answered (by this link), settled (confirmed otherwise since), changed (another version is on
    the map), gone (not on the map) or capacity (asked about places alone). Only an open one can be answered.
    `word` is the last word about its places.
    """

    item: LinkItem
    state: ListingState
    standing: str
    can_undo: bool
    word: CapacityReport | None = None


def lines_of(link: ConfirmationLink) -> list[LinkLine]:
    """The listings of a link, in a constant number of queries."""
    items = list(link.items.select_related("listing__service__organization", "listing__location", "snapshot"))
    states = ListingState.objects.select_related("published").in_bulk([item.listing_id for item in items])
    checked = checked_since(link, items)
    words = {word.listing_id: word for word in CapacityReport.objects.newest().filter(listing__in=states)}
    lines = [line_of(item, states[item.listing_id], checked, link) for item in items if item.listing_id in states]
    return [dataclasses.replace(line, word=words.get(line.item.listing_id)) for line in lines]


def line_of(item: LinkItem, state: ListingState, checked: Collection[int], link: ConfirmationLink) -> LinkLine:
    """One listing of the link; `checked` are those that somebody found right since, other than by it."""
    if item.answer:
        standing = "answered"
    elif state.publication != Publication.PUBLISHED or state.published_id is None:
        standing = "gone"
    elif not item.confirms:
        standing = "capacity"
    elif item.listing_id in checked:
        standing = "settled"
    elif state.published_id != item.snapshot_id:
        standing = "changed"
    else:
        standing = "open"
    return LinkLine(item, state, standing, bool(item.answer) and can_undo(item, state))


def checked_since(link: ConfirmationLink, items: Iterable[LinkItem]) -> set[int]:
    """Listings that somebody found right after the letter was written, other than by this link."""
    listings = [item.listing_id for item in items]
    checks = ServiceAtLocation.objects.filter(
        pk__in=listings, checks__checked_at__gt=link.created_at, checks__outcome=CheckOutcome.CORRECT
    )
    return set(checks.values_list("pk", flat=True))


def can_undo(item: LinkItem, state: ListingState) -> bool:
    """Within a quarter of an hour, and while nobody else has moved the listing."""
    if item.answered_at is None or clock.now() - item.answered_at > UNDO_FOR:
        return False
    before = item.before
    if "service_version" in before:
        return bool(item.listing.service.version == before["service_version"])
    return "version" not in before or state.version == before["version"]
