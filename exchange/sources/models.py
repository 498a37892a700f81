"""Other directories, their readings, and what is gone there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id

if TYPE_CHECKING:
    from accounts.models import User


class ReadingState(models.TextChoices):
    FETCHING = "fetching", _("being read")
    PLANNING = "planning", _("being compared")
    PLANNED = "planned", _("not applied yet")
    APPLYING = "applying", _("being written")
    APPLIED = "applied", _("applied")
    BROKEN = "broken", _("broken off")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


#: The worker is busy with these.
READS = (ReadingState.FETCHING, ReadingState.PLANNING, ReadingState.APPLYING, ReadingState.UNDOING)


class Refresh(models.IntegerChoices):
    """After how many days a source is read again."""

    NEVER = 0, _("only when somebody presses")
    DAILY = 1, _("every day")
    WEEKLY = 7, _("every week")
    MONTHLY = 30, _("every month")


class ForeignSourceQuerySet(models.QuerySet["ForeignSource"]):
    def of(self, user: User) -> ForeignSourceQuerySet:
        """Those of the countries that this person coordinates; one of all countries is for whoever has them all."""
        if user.coordinates_everywhere:
            return self.all()
        return self.filter(country__in=user.countries) if user.is_coordinator else self.none()

    def due(self) -> ForeignSourceQuerySet:
        return self.filter(next_at__lte=clock.now()).exclude(address="").exclude(every=Refresh.NEVER)


class ForeignSource(models.Model):
    """Another directory that speaks HSDS. Without an `address` its package is uploaded. Only what lies in `country` is
    taken, everything when that is empty. `choices` are terms of theirs with what they are here (`exchange.sources`);
    `read_at` is when it was last read to its end, `fault` what the last attempt broke off for."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("name of the directory"), max_length=60)
    address = models.URLField(_("address of its API"), max_length=500, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    language = models.CharField(_("language of its texts"), max_length=12)
    every = models.PositiveSmallIntegerField(_("read again"), choices=Refresh.choices, default=Refresh.NEVER)
    choices = models.JSONField(default=dict)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    next_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=250, blank=True)

    objects = ForeignSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("other directory")
        verbose_name_plural = _("other directories")
        ordering = ["title", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["address"],
                condition=~models.Q(address=""),
                name="foreign_source_address_once",
                violation_error_message=_("This directory is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        """What stands as the source of its rows."""
        return f"hsds-{self.public_id}"


class SourceReading(models.Model):
    """One reading of a source: its pages, what they would change, and what they have changed. `results` are rows as
    told (`exchange.sources.telling`), `made` the keys of the services that it made, `gone` the keys of ours that are at
    the source no more. `done` of `total` pages or rows are through while the worker is busy."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    source = models.ForeignKey(ForeignSource, models.CASCADE, related_name="readings")
    state = models.CharField(max_length=8, choices=ReadingState.choices, default=ReadingState.FETCHING)
    is_by_clock = models.BooleanField(default=False)
    also_alike = models.BooleanField(default=False)
    version = models.CharField(max_length=40, blank=True)
    results = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    terms = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    made = models.JSONField(default=list)
    gone = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=250, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reading of another directory")
        verbose_name_plural = _("readings of other directories")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.public_id


class SourcePage(models.Model):
    """One page of a source, shaped (`exchange.sources.foreign.shaping`); a page of one number is kept once."""

    reading = models.ForeignKey(SourceReading, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    seen = models.JSONField(default=list)

    class Meta:
        verbose_name = _("page of another directory")
        verbose_name_plural = _("pages of other directories")
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reading", "number"], name="source_page_once")
        ]

    def __str__(self) -> str:
        return f"{self.reading_id}.{self.number}"


class GoneAtSource(models.Model):
    """A service that came from a source and that the source has no more, since when. It stays until people decide."""

    source = models.ForeignKey(ForeignSource, models.CASCADE, related_name="gone")
    service = models.OneToOneField("services.Service", models.CASCADE, related_name="+")
    since = models.DateField(default=clock.today)

    class Meta:
        verbose_name = _("service gone at its source")
        verbose_name_plural = _("services gone at their source")
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return f"{self.source_id}.{self.service_id}"
