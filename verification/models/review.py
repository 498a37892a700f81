"""An edit that waits for somebody of another organisation."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import codes_field
from core.ids import LENGTH, new_public_id
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.models.state import Snapshot


class ReviewState(models.TextChoices):
    SUBMITTED = "submitted", _("Waiting")
    IN_REVIEW = "in_review", _("Being checked")
    APPROVED = "approved", _("Approved")
    NEEDS_CHANGES = "needs_changes", _("Needs changes")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_REVIEWS = (ReviewState.SUBMITTED, ReviewState.IN_REVIEW)
DECIDED_REVIEWS = (ReviewState.APPROVED, ReviewState.NEEDS_CHANGES, ReviewState.REJECTED)


class ReviewQuerySet(models.QuerySet["Review"]):
    def open(self) -> ReviewQuerySet:
        return self.filter(state__in=OPEN_REVIEWS)


@pghistory.track()
class Review(models.Model):
    """A frozen snapshot, what was published when it was sent, and the decision."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    batch = models.CharField(max_length=LENGTH, db_index=True, editable=False)
    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="reviews")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="reviews")
    base = models.ForeignKey(Snapshot, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=16, choices=ReviewState.choices, default=ReviewState.SUBMITTED)
    owner_checked = models.BooleanField(_("the owner checked phone, address and hours"), default=False)
    message = models.CharField(_("message to the verifier"), max_length=500, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(default=clock.now)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    returned = codes_field(_("fields that were returned"))

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["submitted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing"],
                name="review_one_open_per_listing",
                condition=Q(state__in=["submitted", "in_review"]),
                violation_error_message=_("This listing is being checked already."),
            ),
            models.CheckConstraint(
                name="review_decided_when_closed",
                condition=Q(state__in=["submitted", "in_review", "withdrawn"], decided_at__isnull=True)
                | Q(state__in=["approved", "needs_changes", "rejected"], decided_at__isnull=False),
                violation_error_message=_("A decision has its date."),
            ),
            models.CheckConstraint(
                name="review_taken_when_in_review",
                condition=~Q(state="in_review") | Q(taken_at__isnull=False),
                violation_error_message=_("A review that is being checked has its verifier."),
            ),
            models.CheckConstraint(
                name="review_returned_with_a_reason",
                condition=~Q(state__in=["needs_changes", "rejected"]) | ~Q(reason=""),
                violation_error_message=_("Say why, so that the owner knows what to do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing} · {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REVIEWS
