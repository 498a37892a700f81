"""Which texts of which places a second person has agreed to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from directory.crossing.content import Content
from organizations.models import Location, Organization
from verification.giveaways.finding import Piece, hides_door
from verification.models import Agreement

if TYPE_CHECKING:
    from accounts.models import User


def agreed_at(content: Content) -> frozenset[str]:
    """Marks of the texts that somebody has agreed to at the place of this content."""
    place = content["location"]
    if place is None or not hides_door(content):
        return frozenset()
    marks = Agreement.objects.filter(location__public_id=place["id"]).order_by()
    return frozenset(marks.values_list("mark", flat=True))


def agreed_everywhere(places: Collection[str] | None = None) -> dict[str, frozenset[str]]:
    """The same for all places at once, or for `places`, by their public ids."""
    found: dict[str, set[str]] = defaultdict(set)
    agreements = Agreement.objects.order_by()
    if places is not None:
        agreements = agreements.filter(location__public_id__in=places)
    for place, mark in agreements.values_list("location__public_id", "mark"):
        found[place].add(mark)
    return {place: frozenset(marks) for place, marks in found.items()}


def agree(pieces: Iterable[Piece], places: Iterable[str], *, actor: User, organization: Organization) -> None:
    """Write down that somebody of another organisation has read these texts and lets them go out for these places."""
    marks = dict.fromkeys(piece.mark for piece in pieces)
    if not marks:
        return
    locations = Location.objects.filter(public_id__in=list(places)).order_by("pk")
    rows = [
        Agreement(location=location, mark=mark, agreed_by=actor, agreed_for=organization)
        for location in locations
        for mark in marks
    ]
    Agreement.objects.bulk_create(rows, ignore_conflicts=True)
