"""What of volunteers stands in the list of rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from network.volunteering.models import VolunteerProposal
from organizations.models import Volunteering

if TYPE_CHECKING:
    from accounts.models import User


def queue_of(user: User) -> int | None:
    """How many proposals wait for this person's word; None for whoever answers for no volunteer."""
    if not Volunteering.objects.open().filter(colleague=user).exists():
        return None
    return VolunteerProposal.objects.visible_to(user).open().count()
