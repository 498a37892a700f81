"""Rows that an import has brought and that people have made theirs.

Rule: people overrule a file, and a reading by the clock. A row that people wrote, and the organisation and the place of
a listing that people have looked at, stay as they are, also while another listing still follows the file. What the
import itself has archived counts as nobody's.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from organizations.models import Location, Organization
from services.models import Service, ServiceAtLocation
from verification.models import ListingState, Publication, Review, ReviewState

_OPEN = (ReviewState.SUBMITTED, ReviewState.IN_REVIEW)


def organizations_of_people(source: str) -> set[int]:
    """Keys of organisations of this source that the file does not change any more."""
    rows = Organization.objects.filter(source=source).order_by()
    held = set(rows.filter(memberships__isnull=False).values_list("pk", flat=True))
    held |= _written_by_people(Organization, rows.values("pk"))
    looked_at = _looked_at().filter(listing__service__organization__in=rows.values("pk"))
    return held | set(looked_at.values_list("listing__service__organization", flat=True))


def places_of_people(source: str) -> set[int]:
    """Keys of places of this source that the file does not change any more."""
    rows = Location.objects.filter(source=source).order_by()
    held = _written_by_people(Location, rows.values("pk"))
    looked_at = _looked_at().filter(listing__location__in=rows.values("pk"))
    return held | set(looked_at.values_list("listing__location", flat=True))


def still_following(listings: Collection[ServiceAtLocation]) -> set[int]:
    """Keys of those that the file may change: imported, with no review open, and no word of people in them."""
    services = {listing.pk: listing.service_id for listing in listings}
    imported = ListingState.objects.filter(publication=Publication.IMPORTED, listing__in=services).order_by()
    found = set(imported.values_list("listing_id", flat=True))
    found -= set(Review.objects.filter(listing__in=found, state__in=_OPEN).values_list("listing_id", flat=True))
    found -= _written_by_people(ServiceAtLocation, found)
    theirs = _written_by_people(Service, {services[key] for key in found})
    return {key for key in found if services[key] not in theirs}


def _written_by_people(model: type[models.Model], keys: Any) -> set[int]:
    """Those in whose history there is a write by somebody."""
    history = model.pgh_event_model.objects.order_by()  # type: ignore[attr-defined]  # added by pghistory
    by_somebody = history.filter(pgh_obj__in=keys, pgh_context__metadata__user__gte=0)
    return set(by_somebody.values_list("pgh_obj", flat=True))


def _looked_at() -> Any:
    """States of listings that are no longer what an import has said, nor taken off by an import."""
    history: Any = ListingState.pgh_event_model.objects  # type: ignore[attr-defined]
    by_somebody = history.filter(pgh_obj=OuterRef("pk"), pgh_context__metadata__actor__gte=0)
    others = ~Q(publication__in=(Publication.IMPORTED, Publication.ARCHIVED))
    return ListingState.objects.filter(others | Q(Exists(by_somebody), publication=Publication.ARCHIVED)).order_by()
