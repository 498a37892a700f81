"""Campaigns of checking, and the figures of every month as they were."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import codes_field
from core.ids import LENGTH, new_public_id
from services.models import ServiceAtLocation


@pghistory.track()
class Campaign(models.Model):
    """Everything of some countries and types is confirmed between two dates. Empty lists mean all."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=120)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True, verbose_name=_("countries"))
    types = codes_field(_("types of service"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="campaign_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end is before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignTask(models.Model):
    """One listing of a campaign. Whether it is done follows from its checks within the window."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="tasks")
    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="campaign_tasks")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "listing"], name="campaigntask_listing_once")]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.listing}"


class MonthlyFigure(models.Model):
    """The figures of one month and country ("" for the whole network). Past months are never written again."""

    month = models.DateField(_("month"))
    country = models.CharField(_("country"), max_length=2, blank=True)
    listings = models.PositiveIntegerField(_("listings"))
    fresh = models.PositiveIntegerField(_("confirmed in time"))
    level2 = models.PositiveIntegerField(_("checked by another organisation"))
    confirmations = models.PositiveIntegerField(_("confirmations"), default=0)
    median_days_to_confirm = models.FloatField(_("median days from notice to confirmation"), null=True)
    reports = models.PositiveIntegerField(_("reports"), default=0)
    reports_in_7_days = models.PositiveIntegerField(_("reports closed within 7 days"), default=0)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("figure of a month")
        verbose_name_plural = _("figures of months")
        ordering = ["month", "country"]
        constraints = [
            models.UniqueConstraint(fields=["month", "country"], name="monthlyfigure_once"),
            models.CheckConstraint(
                name="monthlyfigure_parts_fit",
                condition=Q(fresh__lte=F("listings"), level2__lte=F("listings"), reports_in_7_days__lte=F("reports")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.country}"
