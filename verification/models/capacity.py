"""Whether there are places or medicine: what the owner said last, and until when it counts."""

from __future__ import annotations

import datetime as dt

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core import clock
from messaging.models import Correspondent
from organizations.models import Organization
from services.models import ServiceAtLocation, VerificationClass
from verification.models.check import Check, CheckMethod, CheckOutcome

#: Nobody should rely on an older word, and nobody should be asked more often.
LEAST_DAYS, MOST_DAYS = 14, 30
NOTE_LENGTH = 200


class CapacityLevel(models.TextChoices):
    """How much room there is. Unknown takes an earlier word back."""

    FREE = "free", _("Places free")
    LIMITED = "limited", _("Few places left")
    FULL = "full", _("No places left")
    OUT_OF_STOCK = "out_of_stock", _("Out of stock")
    UNKNOWN = "unknown", _("Not known")


@pghistory.track()
class CapacityClock(models.Model):
    """How long a word about places counts in one class. A change here touches the next report only."""

    code = models.CharField(_("class"), max_length=1, primary_key=True, choices=VerificationClass.choices)
    valid_days = models.PositiveSmallIntegerField(
        _("counts for, days"), help_text=_("From 14 to 30. After that readers see that it is not known.")
    )
    notice_days = models.PositiveSmallIntegerField(_("reminder, days before the end"), default=2)

    class Meta:
        verbose_name = _("clock of capacity")
        verbose_name_plural = _("clocks of capacity")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="capacityclock_counts_14_to_30_days",
                condition=Q(valid_days__gte=LEAST_DAYS, valid_days__lte=MOST_DAYS),
                violation_error_message=_("What is said about places counts from 14 to 30 days."),
            ),
            models.CheckConstraint(
                name="capacityclock_notice_before_the_end",
                condition=Q(notice_days__gte=1, notice_days__lt=F("valid_days")),
                violation_error_message=_("The reminder comes before the end, and after the report."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class CapacityReportQuerySet(models.QuerySet["CapacityReport"]):
    def standing(self) -> CapacityReportQuerySet:
        """Without those that were said during a check which was taken back."""
        return self.exclude(during__outcome=CheckOutcome.WITHDRAWN)

    def newest(self) -> CapacityReportQuerySet:
        """The last word about each listing."""
        return self.standing().order_by("listing_id", "-reported_at", "-pk").distinct("listing_id")


@pghistory.track()
class CapacityReport(models.Model):
    """One word about one listing, never changed afterwards; the newest counts, until its `expires_on`.

    Dates are those of the place. `organization` is the one that speaks: the owner, or another that looked `during` a
    check. Nothing is cleared when the time is over: readers compare the dates.
    """

    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="capacity_reports")
    level = models.CharField(_("level"), max_length=12, choices=CapacityLevel.choices)
    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)
    method = models.CharField(_("method"), max_length=24, choices=CheckMethod.choices)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    correspondent = models.ForeignKey(
        Correspondent, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by the link of")
    )
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    during = models.ForeignKey(Check, models.CASCADE, null=True, blank=True, related_name="capacity_reports")
    reported_on = models.DateField(_("said on"))
    notice_on = models.DateField(_("reminder on"), null=True, blank=True)
    expires_on = models.DateField(_("not known from"), null=True, blank=True)
    reported_at = models.DateTimeField(default=clock.now, editable=False)

    i18n = TranslationField(fields=("note",))

    objects = CapacityReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("word about capacity")
        verbose_name_plural = _("words about capacity")
        ordering = ["-reported_at", "-pk"]
        indexes = [
            models.Index(fields=["listing", "-reported_at"], name="capacityreport_newest"),
            models.Index(fields=["notice_on"], name="capacityreport_notice"),
        ]
        constraints = [
            models.CheckConstraint(
                name="capacityreport_dates_in_order",
                condition=Q(level="unknown", notice_on__isnull=True, expires_on__isnull=True)
                | (
                    ~Q(level="unknown")
                    & Q(notice_on__isnull=False, expires_on__isnull=False)
                    & Q(notice_on__gte=F("reported_on"), notice_on__lt=F("expires_on"))
                    & Q(
                        expires_on__gte=F("reported_on") + dt.timedelta(days=LEAST_DAYS),
                        expires_on__lte=F("reported_on") + dt.timedelta(days=MOST_DAYS),
                    )
                ),
                violation_error_message=_("What is said about places counts from 14 to 30 days."),
            ),
            models.CheckConstraint(
                name="capacityreport_by_link_names_its_correspondent",
                condition=Q(correspondent__isnull=True) | Q(method__in=["link", "telegram"]),
                violation_error_message=_("Only the link in a letter answers for a correspondent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} · {self.level} · {self.reported_on}"
