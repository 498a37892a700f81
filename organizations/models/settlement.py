"""Settlements that places are in: the one point by which each of them is shown."""

from __future__ import annotations

from django.contrib.gis.db.models import PointField
from django.db import models
from django.utils.translation import gettext_lazy as _

#: From so many people on a city has districts; below it a cell of a kilometre could be somebody's house.
LARGE_FROM = 100_000


class Settlement(models.Model):
    """A settlement of the gazetteer that some place is in, as the gazetteer had it when the first place came.

    It is written by `organizations.areas` alone and never changed, so that the pins of hidden places stand still.
    """

    code = models.CharField(_("place in the gazetteer"), max_length=16, primary_key=True)
    point = PointField(_("centre of the city or village"), srid=4326)
    is_large = models.BooleanField(_("has districts"))

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
