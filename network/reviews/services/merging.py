"""Of two organisations that are one, the one that stays reviews what the other one had to review."""

from __future__ import annotations

from django.db.models import F

from network.reviews.models import YearlyReview
from organizations.models import Organization

MOVES = ("reviews.YearlyReview.reviewer", "reviews.YearlyReview.third")


def hand_over(gone: Organization, kept: Organization) -> int:
    """Reviews that are under way, but for its own and those in which it has another part already."""
    rows = YearlyReview.objects.under_way().order_by().exclude(organization=kept)
    number = 0
    for mine, other in (("reviewer", "third"), ("third", "reviewer")):
        keys = list(rows.filter(**{mine: gone}).exclude(**{other: kept}).values_list("pk", flat=True))
        taken = {mine: kept, "version": F("version") + 1}
        number += YearlyReview.objects.filter(pk__in=keys).update(**taken)
    return number
