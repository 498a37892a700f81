"""That a person who speaks a language has read over what people type in it instead of a term's name."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class WordsChecked(models.Model):
    """It holds for the words as they were read (`words_hash`); when they change, nobody has checked them.

    `written_by` wrote these words here last, and is not the one who checks them; None for words of a release.
    """

    scheme = models.CharField(max_length=16)
    code = models.CharField(_("code"), max_length=48)
    language = models.CharField(_("language"), max_length=8)
    words_hash = models.CharField(max_length=64, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("writer")
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("checker")
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)

    class Meta:
        verbose_name = _("check of words")
        verbose_name_plural = _("checks of words")
        ordering = ["scheme", "code", "language"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code", "language"], name="wordschecked_once"),
            models.CheckConstraint(
                name="wordschecked_by_another",
                condition=Q(checked_by__isnull=True) | Q(written_by__isnull=True) | ~Q(checked_by=F("written_by")),
                violation_error_message=_("Somebody else reads words over, never whoever wrote them."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code} {self.language}"
