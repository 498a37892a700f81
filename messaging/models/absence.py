"""Who stands in for whom, and when."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from core import clock


class DaySpan(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


@pghistory.track()
class Absence(models.Model):
    """Between two dates (both included) letters go to the delegate."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="stands_in_for", verbose_name=_("who stands in")
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end is before the beginning."),
            ),
            models.CheckConstraint(
                name="absence_by_somebody_else",
                condition=~Q(delegate=F("user")),
                violation_error_message=_("Choose somebody else to stand in."),
            ),
            ExclusionConstraint(
                name="absence_one_at_a_time",
                expressions=[
                    (DaySpan("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                    ("user", RangeOperators.EQUAL),
                ],
                violation_error_message=_("These dates overlap another absence."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.starts_on} – {self.ends_on}"
