"""The matrix as it stood at the beginning of a quarter. Kept as it was: no row changes or goes."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock


class GapSnapshot(models.Model):
    """`states` is `{"kind|country|group": state}`, without what was unknown; it holds no numbers.

    `kinds`, `countries` and `groups` say what was asked about: what is not in `states` was unknown then.
    """

    quarter = models.DateField(unique=True)
    taken_at = models.DateTimeField(default=clock.now)
    states = models.JSONField(default=dict)
    kinds = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    groups = models.JSONField(default=list)

    class Meta:
        verbose_name = _("matrix of a quarter")
        verbose_name_plural = _("matrices of quarters")
        ordering = ["-quarter"]
        constraints = [
            models.CheckConstraint(
                name="gapsnapshot_begins_a_quarter",
                condition=Q(quarter__day=1, quarter__month__in=[1, 4, 7, 10]),
            )
        ]
        triggers = [pgtrigger.Protect(name="gapsnapshot_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.quarter:%Y-%m}"
