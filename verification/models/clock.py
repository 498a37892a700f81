"""The deadlines of a verification class, as data that an administrator may change."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from services.models import VerificationClass


@pghistory.track()
class Clock(models.Model):
    """One class. Windows become dates when a listing is checked, so a change here touches the next check only."""

    code = models.CharField(_("class"), max_length=1, primary_key=True, choices=VerificationClass.choices)
    recheck_months = models.PositiveSmallIntegerField(_("check again after, months"))
    notice_days = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("reminders, days before the date"),
        help_text=_("From the earliest to the latest, for example 30, 14, 3."),
    )
    escalate_days = models.PositiveSmallIntegerField(_("tell the coordinator after, days"))
    hide_days = models.PositiveSmallIntegerField(_("hide from the public after, days"))
    archive_days = models.PositiveSmallIntegerField(_("archive after, days"))

    class Meta:
        verbose_name = _("clock of a class")
        verbose_name_plural = _("clocks of the classes")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="clock_steps_in_order",
                condition=models.Q(escalate_days__lte=models.F("hide_days"), hide_days__lte=models.F("archive_days")),
                violation_error_message=_(
                    "First the coordinator is told, then the listing hides, then it is archived."
                ),
            ),
            models.CheckConstraint(
                name="clock_recheck_is_positive",
                condition=models.Q(recheck_months__gte=1),
                violation_error_message=_("A class is checked again after one month at least."),
            ),
            models.CheckConstraint(
                name="clock_cannot_be_switched_off",
                condition=models.Q(recheck_months__lte=24, hide_days__lte=180, archive_days__lte=365),
                violation_error_message=_(
                    "At most 24 months until the next check, then 180 days until hiding and 365 until archiving: "
                    "otherwise nothing would ever disappear."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.code


@pghistory.track()
class HighRiskCountry(models.Model):
    """A country where every listing belongs to class A, because laws and raids change things overnight."""

    code = models.CharField(_("country"), max_length=2, primary_key=True)
    note = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("country of high risk")
        verbose_name_plural = _("countries of high risk")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
