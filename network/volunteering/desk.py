"""What of volunteers stands in other rooms: the list of rooms, the history of a listing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from network.volunteering.models import VolunteerProposal, answered_by
from services.models import ServiceAtLocation

if TYPE_CHECKING:
    from accounts.models import User


def queue_of(user: User) -> int | None:
    """How many proposals wait for this person's word; None for whoever answers for no volunteer."""
    if not answered_by(user).open().exists():
        return None
    return VolunteerProposal.objects.visible_to(user).open().count()


def who_brought(listing: ServiceAtLocation) -> dict[int, str]:
    """Id of a check of this listing → the volunteer who brought it: for whoever coordinates."""
    rows = VolunteerProposal.objects.filter(listing=listing, check_made__isnull=False, volunteering__user__isnull=False)
    found = rows.select_related("volunteering__user").order_by("pk")
    return {row.check_made_id: str(row.volunteering.user) for row in found if row.check_made_id}
