"""Where a listing stands: its publication, its dates, and the snapshot that the map shows."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from services.models import ServiceAtLocation, VerificationClass
from verification.snapshots import Content, says_the_same


class Publication(models.TextChoices):
    """The first axis. Freshness (dates) and operation (of the service) are independent of it."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Sent for checking")
    IN_REVIEW = "in_review", _("Being checked")
    NEEDS_CHANGES = "needs_changes", _("Needs changes")
    REJECTED = "rejected", _("Rejected")
    IMPORTED = "imported", _("Imported, not checked")
    PUBLISHED = "published", _("On the map")
    HIDDEN = "hidden", _("Hidden")
    ARCHIVED = "archived", _("Archived")


#: Publications in which the directory may hold rows of the listing.
SHOWN = (Publication.PUBLISHED, Publication.IMPORTED)


class Snapshot(models.Model):
    """The whole content of a listing at one moment, frozen. Never changed, so a verifier approves what they saw."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="snapshots")
    schema = models.PositiveSmallIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["listing", "content_hash"], name="snapshot_by_hash")]

    def __str__(self) -> str:
        return f"{self.listing_id} · {self.content_hash[:8]}"

    def says(self, content: Content) -> bool:
        """Whether a content, frozen now, would say nothing else."""
        return says_the_same(self.content_hash, self.content, content)


@pghistory.track(exclude=["completeness"])  # it follows from the content, and is weighed again every night
class ListingState(models.Model):
    """One row for each listing. The dates are copied to the directory, where every query compares them.

    `level`, `check_method` and `checked_on` speak of one and the same check. While a check by another organisation
    is valid, the owner's later word moves the deadlines and `confirmed_on`, and leaves these three alone.
    """

    listing = models.OneToOneField(ServiceAtLocation, models.CASCADE, related_name="state", primary_key=True)
    publication = models.CharField(
        _("publication"), max_length=16, choices=Publication.choices, default=Publication.DRAFT
    )
    published = models.ForeignKey(Snapshot, models.PROTECT, null=True, blank=True, related_name="+")
    verification_class = models.CharField(
        _("class"), max_length=1, choices=VerificationClass.choices, default=VerificationClass.B
    )
    level = models.PositiveSmallIntegerField(_("level"), default=0)
    check_method = models.CharField(_("how it was checked"), max_length=24, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    confirmed_on = models.DateField(_("confirmed by the organisation after that, on"), null=True, blank=True)
    notice_on = models.DateField(_("first reminder on"), null=True, blank=True)
    due_on = models.DateField(_("check again by"), null=True, blank=True)
    hides_on = models.DateField(_("hides on"), null=True, blank=True)
    archives_on = models.DateField(_("archived on"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    interval_days = models.PositiveSmallIntegerField(_("looked at every so many days"), null=True, blank=True)
    interval_reason = models.CharField(_("why the coordinator asks more often"), max_length=300, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    completeness = models.PositiveSmallIntegerField(
        _("how much of what people look for it says, in percent"), null=True, blank=True, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    #: What readers are told of it, as it was when a step locked it (`services.changing`); no column.
    locked_as: tuple[object, ...] | None = None
    #: For which content, and which class set by hand, this step has found the class already; no column.
    classed_as: tuple[object, ...] | None = None

    class Meta:
        verbose_name = _("state of a listing")
        verbose_name_plural = _("states of listings")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["publication", "due_on"], name="listingstate_due"),
            models.Index(fields=["publication", "hides_on"], name="listingstate_hides"),
        ]
        constraints = [
            models.CheckConstraint(
                name="listingstate_dates_in_order",
                condition=Q(
                    checked_on__isnull=True,
                    notice_on__isnull=True,
                    due_on__isnull=True,
                    hides_on__isnull=True,
                    archives_on__isnull=True,
                )
                | Q(
                    checked_on__isnull=False,
                    notice_on__lte=F("due_on"),
                    checked_on__lte=F("due_on"),
                    due_on__lte=F("hides_on"),
                    hides_on__lte=F("archives_on"),
                ),
                violation_error_message=_("The dates of a listing are out of order."),
            ),
            models.CheckConstraint(
                name="listingstate_published_is_checked",
                condition=~Q(publication="published")
                | Q(published__isnull=False, published_at__isnull=False, checked_on__isnull=False, level__gte=1),
                violation_error_message=_("Only a checked listing can be on the map."),
            ),
            models.CheckConstraint(
                name="listingstate_published_has_an_end",  # a comparison with nothing would pass the dates in order
                condition=~Q(publication="published")
                | Q(due_on__isnull=False, hides_on__isnull=False, archives_on__isnull=False),
                violation_error_message=_("A listing on the map has a day on which it disappears."),
            ),
            models.CheckConstraint(
                name="listingstate_imported_is_unchecked",
                condition=~Q(publication="imported") | Q(level=0, published__isnull=False, checked_on__isnull=True),
                violation_error_message=_("An imported listing is unchecked until somebody confirms it."),
            ),
            models.CheckConstraint(
                name="listingstate_reason_has_an_interval",
                condition=Q(interval_reason="") | Q(interval_days__isnull=False),
                violation_error_message=_("A reason to ask more often needs an interval."),
            ),
            models.CheckConstraint(
                name="listingstate_level_is_known",
                condition=Q(level__lte=3),
                violation_error_message=_("Levels go from 0 to 3."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing} · {self.publication}"

    @property
    def is_shown(self) -> bool:
        return self.publication in SHOWN
