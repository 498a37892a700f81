"""What screens ask of verification. Everything starts from what the user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from organizations.models import Membership
from services.models import ServiceAtLocation
from services.models.coverage import for_members
from services.models.listing import ListingQuerySet
from verification.models import CapacityReport, ListingState, Review
from verification.models.review import DECIDED_REVIEWS, ReviewQuerySet
from verification.snapshots import FieldChange, difference

if TYPE_CHECKING:
    from accounts.models import User


def reviews_for(user: User) -> ReviewQuerySet:
    """Reviews that the user may decide on or read: never of an organisation that they belong to.

    What is for its organisation and administrators alone waits for an administrator.
    """
    reviews: ReviewQuerySet = Review.objects.all()
    if not user.is_verifier:
        return reviews.none()
    own = Membership.objects.filter(user=user, organization=OuterRef("listing__service__organization"))
    if not user.is_administrator:
        reviews = reviews.filter(for_members("listing__"))
    return reviews.filter(~Exists(own)).select_related(
        "listing__service__organization",
        "listing__location",
        "snapshot",
        "base",
        "submitted_by",
        "taken_by",
        "decided_by",
    )


def queue_for(user: User) -> ReviewQuerySet:
    """What waits for the user's decision, the oldest first."""
    return reviews_for(user).open().order_by("submitted_at", "pk")


def decided_for(user: User) -> QuerySet[Review]:
    """What was decided, the newest first."""
    return reviews_for(user).filter(state__in=DECIDED_REVIEWS).order_by("-decided_at", "-pk")


def my_listings(user: User) -> ListingQuerySet:
    """Listings that the user edits, with `.state` (when there is one), `.recent_reviews` (newest first), and
    `.last_words` (about places; none or one).
    """
    reviews = Review.objects.order_by("-submitted_at", "-pk").select_related("decided_by", "snapshot")
    return (
        ServiceAtLocation.objects.editable_by(user)
        .with_parts()
        .select_related("state__published")
        .prefetch_related(
            Prefetch("reviews", queryset=reviews, to_attr="recent_reviews"),
            Prefetch("capacity_reports", queryset=CapacityReport.objects.newest(), to_attr="last_words"),
        )
        .order_by("location__country", "location__city", "location__name", "service__title", "pk")
    )


def state_of(listing: ServiceAtLocation) -> ListingState:
    """The listing's state; an unsaved draft when it has none yet."""
    return ListingState.objects.filter(pk=listing.pk).first() or ListingState(listing=listing)


def review_diff(review: Review) -> list[FieldChange]:
    """What the submission changes against what was on the map when it was sent."""
    return difference(review.base.content if review.base else None, review.snapshot.content)


def batch_mates(review: Review, user: User) -> ReviewQuerySet:
    """Other open reviews that were sent together with this one."""
    return queue_for(user).filter(batch=review.batch).exclude(pk=review.pk)
