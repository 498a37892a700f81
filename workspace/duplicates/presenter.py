"""Two listings side by side, as far as whoever looks may know them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.phrasing.dates import day_in_words
from facts.changes import ChangeRow, rows_of
from facts.discretion import Reader, content_for, where_of
from services.models import ServiceAtLocation
from verification.coordination.queues import reviews_for, state_of
from verification.models import Level, LikelyPair, ListingState, Merge, Review
from verification.services.merging.fields import CHOOSABLE
from verification.snapshots import difference, freeze, parts
from workspace.shared.texts import worded

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Side:
    """One of the two: what it is called, whose it is, how it stands."""

    id: str
    title: str
    organization: str
    place: str
    standing: str
    level: str
    checked: str
    url: str


@dataclass(frozen=True)
class Line:
    """One row of the table; `path` is empty where nothing can be chosen. What says something is proposed first."""

    row: ChangeRow
    path: str

    @property
    def takes_right(self) -> bool:
        return bool(self.row.new) and not self.row.old


@dataclass(frozen=True)
class Beside:
    """The two, the one that had better stay first, and what differs."""

    left: Side
    right: Side
    lines: list[Line]
    is_of_one: bool


def beside(pair: LikelyPair, reader: Reader, *, own: set[int]) -> Beside:
    both = {row.pk: row for row in parts(ServiceAtLocation.objects.filter(pk__in=(pair.first_id, pair.second_id)))}
    ordered = sorted((both[pair.first_id], both[pair.second_id]), key=_worth, reverse=True)
    left, right = (content_for(reader, freeze(row)) for row in ordered)
    is_of_one = ordered[0].service.organization_id == ordered[1].service.organization_id
    changes = [
        change
        for change in difference(left, right)
        if change.part in ("service", "listing", "location") or (change.part == "contacts" and is_of_one)
    ]
    rows = [replace(row, label=_("Contact")) if row.path.startswith("contacts.") else row for row in rows_of(changes)]
    lines = [Line(row, row.path if row.is_first and row.path in CHOOSABLE else "") for row in rows]
    sides = [side_of(row, reader, own=own) for row in ordered]
    return Beside(sides[0], sides[1], lines, is_of_one)


def side_of(listing: ServiceAtLocation, reader: Reader, *, own: set[int]) -> Side:
    state = state_of(listing)
    is_own = listing.service.organization_id in own
    return Side(
        id=listing.public_id,
        title=worded(listing.service, "title"),
        organization=worded(listing.service.organization, "name"),
        place=where_of(reader, listing),
        standing=state.get_publication_display(),
        level=str(Level(state.level).label) if state.is_shown else "",
        checked=day_in_words(state.checked_on) if state.checked_on and state.is_shown else "",
        url=reverse("workspace:listing" if is_own else "workspace:coordination-history", args=[listing.public_id]),
    )


def undecided(pair: LikelyPair, user: User, *, own: set[int]) -> list[dict[str, str]]:
    """The edits of the two that have to be decided before they can become one, each with where this person does it."""
    reviews = Review.objects.open().filter(listing__in=(pair.first_id, pair.second_id))
    open_to = set(reviews_for(user).filter(pk__in=reviews).values_list("pk", flat=True))
    return [_undecided(review, review.pk in open_to, own) for review in reviews.order_by("submitted_at", "pk")]


def _undecided(review: Review, may_decide: bool, own: set[int]) -> dict[str, str]:
    service = review.listing.service
    url = reverse("workspace:review", args=[review.public_id]) if may_decide else ""
    if service.organization_id in own:
        url = reverse("workspace:listing", args=[review.listing.public_id])
    return {"title": worded(service, "title"), "organization": worded(service.organization, "name"), "url": url}


def sides_of(merge: Merge, reader: Reader, *, own: set[int]) -> tuple[Side, Side]:
    return side_of(merge.kept, reader, own=own), side_of(merge.gone, reader, own=own)


def _worth(listing: ServiceAtLocation) -> tuple[bool, int, str, int]:
    """On the map before off it, better and later checked before worse, the older one when nothing else tells."""
    state: ListingState = state_of(listing)
    return state.is_shown, state.level, str(state.checked_on or ""), -listing.pk
