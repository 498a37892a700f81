"""Of two organisations that are one, the one that stays goes on with facts that nobody has sent yet."""

from __future__ import annotations

from django.db.models import F

from network.countries.models import CountryFact, FactState
from organizations.models import Organization

MOVES = ("countries.CountryFact.organization",)


def hand_over(gone: Organization, kept: Organization) -> int:
    """Drafts. What was sent keeps its words and the names of the two who stand for it."""
    rows = CountryFact.objects.filter(organization=gone, state=FactState.DRAFT)
    return rows.update(organization=kept, version=F("version") + 1)
