"""What a second person has read and found to give no door away."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from organizations.models import Location, Organization


@pghistory.track()
class Agreement(models.Model):
    """Somebody of another organisation says that a text may be read though its place hides its door.

    `mark` stands for the text and for what was found in it (`giveaways.finding.Piece.mark`), so other words, or a
    place that has moved into the street that they name, are asked about anew.
    """

    location = models.ForeignKey(Location, models.CASCADE, related_name="agreements")
    mark = models.CharField(max_length=64)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    agreed_for = models.ForeignKey(Organization, models.SET_NULL, null=True, related_name="+")
    agreed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("agreement to a text")
        verbose_name_plural = _("agreements to texts")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "mark"],
                name="agreement_once_for_a_text",
                violation_error_message=_("Somebody has agreed to this text already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.location} · {self.mark[:8]}"
