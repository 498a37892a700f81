"""A temporary notice: closed for repairs, other hours in the holidays, a warning, a change of law."""

from __future__ import annotations

import datetime as dt

import pghistory
from django.conf import settings
from django.db import models
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modeltrans.fields import TranslationField

from core import clock
from core.constraints import Editable
from organizations.models import Location, Organization, Visibility
from services.models.service import Service


class NoticeKind(models.TextChoices):
    CLOSURE = "closure", _("Closed")
    HOURS = "hours", _("Other hours")
    WARNING = "warning", _("Warning")
    LEGAL = "legal", _("Change of law")


class NoticeLevel(models.TextChoices):
    """How loud a country's notice is. A danger is one only while two people say so (`Notice.level_at`)."""

    INFO = "info", _("For information")
    WARNING = "warning", pgettext_lazy("level of a notice", "Warning")
    DANGER = "danger", _("Danger")


#: For so long one person's danger counts; then it is a warning until a second person says the same.
SECOND_WITHIN = dt.timedelta(hours=24)


@pghistory.track()
class Notice(Editable):
    """Shown from `starts_on` to `ends_on` (both included) on one organisation, place, service or country.

    A country's notice may be about one `region` of it ("GE.68"), about one kind of service, or both: `service_type` is
    the code of a leaf or of a group of them. Whether a listing is meant is decided where readers' rows are made, by
    what they may know of its place (`directory.crossing.records`).
    """

    kind = models.CharField(_("kind"), max_length=8, choices=NoticeKind.choices)
    text = models.CharField(_("text"), max_length=400)
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="notices")
    location = models.ForeignKey(Location, models.CASCADE, null=True, blank=True, related_name="notices")
    service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True, related_name="notices")
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=16, blank=True, default="", db_default="")
    service_type = models.CharField(_("kind of service"), max_length=48, blank=True, default="", db_default="")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    visibility = models.CharField(
        _("who sees it"), max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC
    )

    level = models.CharField(_("how loud"), max_length=8, choices=NoticeLevel.choices, default=NoticeLevel.INFO)
    topic = models.CharField(_("topic"), max_length=16, blank=True)
    source_title = models.CharField(_("source"), max_length=200, blank=True)
    source_link = models.URLField(_("link to the source"), max_length=500, blank=True)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    seconded_at = models.DateTimeField(null=True, blank=True, editable=False)

    i18n = TranslationField(fields=("text",))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="notice_speaks_about_one_thing",
                condition=(
                    models.Q(organization__isnull=False, location=None, service=None, country="")
                    | models.Q(organization=None, location__isnull=False, service=None, country="")
                    | models.Q(organization=None, location=None, service__isnull=False, country="")
                    | (models.Q(organization=None, location=None, service=None) & ~models.Q(country=""))
                ),
                violation_error_message=_("A notice belongs to one organisation, place, service or country."),
            ),
            models.CheckConstraint(
                name="notice_only_a_countrys_is_narrowed",
                condition=models.Q(region="", service_type="") | ~models.Q(country=""),
                violation_error_message=_("Only a country's notice is about a region or a kind of service."),
            ),
            models.CheckConstraint(
                name="notice_region_lies_in_its_country",
                condition=models.Q(region="") | models.Q(region__startswith=Concat("country", models.Value("."))),
                violation_error_message=_("This region lies in another country."),
            ),
            models.CheckConstraint(
                name="notice_ends_after_it_starts",
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("The notice ends before it begins."),
            ),
            models.CheckConstraint(
                name="notice_danger_is_a_countrys",
                condition=~models.Q(level=NoticeLevel.DANGER)
                | (~models.Q(country="") & models.Q(announced_at__isnull=False)),
                violation_error_message=_("A danger is announced for a country, with its hour."),
            ),
            models.CheckConstraint(
                name="notice_danger_by_two_people",
                condition=models.Q(seconded_by__isnull=True)
                | models.Q(announced_by__isnull=True)
                | ~models.Q(seconded_by=models.F("announced_by")),
                violation_error_message=_("Somebody else has to say the same."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def falls_at(self) -> dt.datetime | None:
        """When a danger becomes a warning; None where it does not."""
        if self.level != NoticeLevel.DANGER or self.seconded_at or self.announced_at is None:
            return None
        return self.announced_at + SECOND_WITHIN

    def level_at(self, at: dt.datetime | None = None) -> str:
        """How loud it is now."""
        falls_at = self.falls_at
        return NoticeLevel.WARNING if falls_at and falls_at <= (at or clock.now()) else self.level
