"""A temporary notice: closed for repairs, other hours in the holidays, a warning, a change of law."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core.constraints import Editable
from organizations.models import Location, Organization, Visibility
from services.models.service import Service


class NoticeKind(models.TextChoices):
    CLOSURE = "closure", _("Closed")
    HOURS = "hours", _("Other hours")
    WARNING = "warning", _("Warning")
    LEGAL = "legal", _("Change of law")


@pghistory.track()
class Notice(Editable):
    """Shown from `starts_on` to `ends_on` (both included) on one organisation, place, service or country."""

    kind = models.CharField(_("kind"), max_length=8, choices=NoticeKind.choices)
    text = models.CharField(_("text"), max_length=400)
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="notices")
    location = models.ForeignKey(Location, models.CASCADE, null=True, blank=True, related_name="notices")
    service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True, related_name="notices")
    country = models.CharField(_("country"), max_length=2, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    visibility = models.CharField(
        _("who sees it"), max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC
    )

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
                name="notice_ends_after_it_starts",
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("The notice ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
