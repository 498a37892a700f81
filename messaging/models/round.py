"""When the rounds of the worker last came to their end: how one sees that letters no longer leave."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundKind(models.TextChoices):
    LETTERS = "letters", _("Letters are sent")


class Round(models.Model):
    """One row for each kind of round, moved forward at its end."""

    kind = models.CharField(_("kind"), max_length=16, choices=RoundKind.choices, primary_key=True)
    finished_at = models.DateTimeField(_("last came to its end"))

    class Meta:
        verbose_name = _("round of the worker")
        verbose_name_plural = _("rounds of the worker")

    def __str__(self) -> str:
        return f"{self.kind}: {self.finished_at:%Y-%m-%d %H:%M}"
