"""Taking off the map what a source has brought, as long as nobody has confirmed it.

Rule: a listing that people have checked or published is theirs, and stays. What is taken off is not brought back by the
next reading: that is for people too.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import HouseError
from exchange.sources.models import ForeignSource, GoneAtSource, SourceReading
from services.models import ServiceAtLocation
from services.models.listing import ListingQuerySet
from verification.models import Publication
from verification.publication import Batch
from verification.services import archive


def put_back(reading: SourceReading, made: Collection[str]) -> tuple[int, int]:
    """(listings of these services that are off the map, those that stay because people have looked at them)."""
    listings = _of(reading.source).filter(service__external_id__in=made)
    return _take_off(listings, None, _("The reading of “%(name)s” was undone.") % {"name": reading.source.title})


@transaction.atomic
def take_off_gone(source: ForeignSource, chosen: Collection[str], actor: User) -> tuple[int, int]:
    """The same for services that the source has no more, by their ids."""
    gone = GoneAtSource.objects.filter(source=source, service__public_id__in=chosen)
    listings = _of(source).filter(service__in=gone.order_by().values("service"))
    reason = _("The directory “%(name)s” does not have it any more.") % {"name": source.title}
    found = _take_off(listings, actor, reason)
    left = listings.filter(state__publication__in=(Publication.IMPORTED, Publication.PUBLISHED))
    gone.exclude(service__in=left.order_by().values("service")).delete()
    return found


def _of(source: ForeignSource) -> ListingQuerySet:
    return ServiceAtLocation.objects.filter(service__source=source.code).order_by("pk")


def _take_off(listings: ListingQuerySet, actor: User | None, reason: str) -> tuple[int, int]:
    off = stay = 0
    with Batch() as batch:
        for listing in listings.select_related("state", "service", "location"):
            if listing.state.publication != Publication.IMPORTED:
                stay += listing.state.publication == Publication.PUBLISHED
                continue
            try:
                archive(listing=listing, actor=actor, reason=reason, batch=batch)
                off += 1
            except HouseError:
                stay += 1
    return off, stay
