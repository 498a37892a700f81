"""Sites of others that may not show the map in a frame."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock


@pghistory.track()
class RefusedSite(models.Model):
    """An embed that stands there, or under it, shows a calm page in place of the map."""

    host = models.CharField(_("site"), max_length=100, unique=True)
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    refused_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("site that may not show the map")
        verbose_name_plural = _("sites that may not show the map")
        ordering = ["host"]

    def __str__(self) -> str:
        return self.host
