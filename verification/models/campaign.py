"""Campaigns of checking, and the figures of every month as they were."""

from __future__ import annotations

import datetime as dt

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import codes_field
from core.ids import LENGTH, new_public_id
from organizations.models import Organization
from services.models import ServiceAtLocation


class TaskOutcome(models.TextChoices):
    """What came of one listing of a campaign."""

    CONFIRMED = "confirmed", _("Still right")
    CHANGED = "changed", _("Changed")
    CLOSED = "closed", _("Off the map")
    UNREACHABLE = "unreachable", _("Nobody could be reached")
    SILENT = "silent", _("No answer")


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def running(self) -> CampaignQuerySet:
        """Those that ask today: begun, not past their last day, not stopped."""
        today = clock.today()
        return self.filter(starts_on__lte=today, ends_on__gte=today, stopped_at=None)


@pghistory.track()
class Campaign(models.Model):
    """Everything of some countries, organisations and types is looked at once more between two dates.

    Empty lists mean all. `asked_at` is when its owners were asked last: at its start, and whenever a coordinator
    reminds the silent. Once it is over or stopped, what came of each task is written down (`closed_at`).
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=120)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True, verbose_name=_("countries"))
    organizations = ArrayField(
        models.SlugField(max_length=80), default=list, blank=True, verbose_name=_("organisations")
    )
    types = codes_field(_("types of service"))
    why = models.CharField(_("why"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    asked_at = models.DateTimeField(_("owners were asked"), default=clock.now)
    reminders = models.PositiveSmallIntegerField(_("times that the silent were reminded"), default=0)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(_("what it brought was written down"), null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

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
            models.CheckConstraint(
                name="campaign_stopped_is_closed",
                condition=Q(stopped_at__isnull=True) | Q(closed_at__isnull=False),
                violation_error_message=_("A campaign that was stopped is closed."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asks_since(self) -> dt.datetime:
        """When it began to ask: from its first day on, anew whenever the silent are reminded."""
        return max(self.asked_at, dt.datetime.combine(self.starts_on, dt.time(), tzinfo=dt.UTC))

    @property
    def is_over(self) -> bool:
        """Stopped, or past its last day."""
        return self.stopped_at is not None or clock.today() > self.ends_on


class CampaignTask(models.Model):
    """One listing of a campaign. What came of it follows from what happened to the listing since the campaign began
    (`verification.campaigns.tasks`), until that is written down in `outcome` at its end.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="tasks")
    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="campaign_tasks")
    outcome = models.CharField(_("outcome"), max_length=12, choices=TaskOutcome.choices, blank=True)
    method = models.CharField(_("how"), max_length=24, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

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
    suggestions_answered = models.PositiveIntegerField(_("suggestions answered"), default=0)
    median_days_to_answer = models.FloatField(_("median days from a suggestion to its answer"), null=True)
    p90_days_to_confirm = models.FloatField(_("nine of ten confirmations came within days"), null=True)
    p90_days_to_answer = models.FloatField(_("nine of ten suggestions were answered within days"), null=True)
    repaired = models.PositiveIntegerField(_("listings that were corrected after a report"), default=0)
    median_days_to_repair = models.FloatField(_("median days from a report to the correction"), null=True)
    p90_days_to_repair = models.FloatField(_("nine of ten corrections came within days"), null=True)
    decided = models.PositiveIntegerField(_("submissions decided on"), default=0)
    median_days_to_decide = models.FloatField(_("median days from a submission to the decision"), null=True)
    p90_days_to_decide = models.FloatField(_("nine of ten decisions came within days"), null=True)
    lost = models.PositiveIntegerField(_("gone from the map because nobody confirmed"), default=0)
    completeness = models.FloatField(_("median of how much listings say, in percent"), null=True)
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


class Coverage(models.TextChoices):
    """Whether the network can say that there is help of a kind somewhere. "Unknown" is never "none"."""

    CHECKED = "checked", _("fresh and checked by others")
    UNCHECKED = "unchecked", _("only unchecked")
    NONE = "none", _("none")
    UNKNOWN = "unknown", _("unknown")


class MonthlyPart(models.Model):
    """What a month looked like by kind of help, organisation and country, and by each of them together. Never written
    again.

    `kind` is a group of the vocabulary, or a kind of one group. A group with a country has its coverage; without a
    country a row is of the whole network. What is None was not written down in that month.
    """

    month = models.DateField(_("month"))
    country = models.CharField(_("country"), max_length=2, blank=True)
    kind = models.CharField(_("kind of help"), max_length=48, blank=True)
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, related_name="+")
    listings = models.PositiveIntegerField(_("listings"), default=0)
    fresh = models.PositiveIntegerField(_("confirmed in time"), default=0)
    level1 = models.PositiveIntegerField(_("confirmed by the organisation itself"), null=True)
    level2 = models.PositiveIntegerField(_("checked by another organisation"), default=0)
    level3 = models.PositiveIntegerField(_("visited, or documents seen"), null=True)
    coverage = models.CharField(_("coverage"), max_length=12, choices=Coverage.choices, blank=True)
    completeness = models.FloatField(_("median of how much listings say, in percent"), null=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("part of a month")
        verbose_name_plural = _("parts of months")
        ordering = ["month", "country", "kind", "organization"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "country", "kind", "organization"], name="monthlypart_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="monthlypart_parts_fit", condition=Q(fresh__lte=F("listings"), level2__lte=F("listings"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.country} {self.kind} {self.organization_id or ''}"


class MonthlyListing(models.Model):
    """How a listing on the map stood at the end of a month: the rows behind the figures of that month.

    Past months are never written again. `said`: how much of what people look for it said, in percent. `kinds` are its
    kinds of help and their groups, `organization` whose it was; None where that was not written down in that month.
    """

    month = models.DateField(_("month"))
    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="+")
    country = models.CharField(_("country"), max_length=2, blank=True)
    kinds = ArrayField(models.CharField(max_length=48), verbose_name=_("kinds of help"), null=True)
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"))
    is_fresh = models.BooleanField(_("confirmed in time"))
    is_lost = models.BooleanField(_("gone from the map because nobody confirmed"))
    said = models.PositiveSmallIntegerField(_("how much it says, in percent"), null=True)

    class Meta:
        verbose_name = _("listing of a month")
        verbose_name_plural = _("listings of months")
        ordering = ["month", "listing"]
        constraints = [models.UniqueConstraint(fields=["month", "listing"], name="monthlylisting_once")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.listing_id}"
