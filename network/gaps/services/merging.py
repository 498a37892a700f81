"""Of two organisations that are one, the one that stays goes on with the gaps that the other one works on."""

from __future__ import annotations

from django.db.models import F

from network.gaps.models import Gap
from network.gaps.models.words import LIVE
from organizations.models import Organization

MOVES = ("gaps.Gap.organization",)


def hand_over(gone: Organization, kept: Organization) -> int:
    rows = Gap.objects.filter(organization=gone, state__in=LIVE)
    return rows.update(organization=kept, version=F("version") + 1)
