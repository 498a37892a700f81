"""What members read and not everybody may: the listings of which the public has no row, or one that says less."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from directory.tables.listings import PublicListing, ReadableListing


def not_public(ids: Collection[str]) -> dict[str, str]:
    """Of these listings, and those at these places: whose they are, where the reader gets more than everybody."""
    same = PublicListing.objects.filter(
        pk=OuterRef("pk"), precision=OuterRef("precision"), contacts=OuterRef("contacts")
    )
    rows = ReadableListing.objects.filter(~Exists(same), Q(pk__in=ids) | Q(place_id__in=ids))
    return dict(rows.values_list("id", "organization_id"))
