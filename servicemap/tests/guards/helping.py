"""A volunteer in the small world, and what they propose."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from network.volunteering import services as volunteering
from network.volunteering.tests.makers import volunteer
from organizations.models import Organization
from services.models import ServiceAtLocation


def helped(own: Organization, listing: ServiceAtLocation, people: dict[str, User]) -> dict[str, Any]:
    """Somebody helps `own`, and the editor answers for them; what they propose waits."""
    row = volunteer(own, people["editor"])
    assert row.user is not None
    people["volunteer"] = row.user
    brought = volunteering.propose_edit(
        actor=row.user, listing=listing.public_id, path="listing.hours", said="слово волонтёра"
    )
    return {"volunteering": row, "brought": brought}
