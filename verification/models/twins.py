"""Places and organisations that were entered twice: which were said to be two, and which places became one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from organizations.models import Location, Organization


class Different(models.Model):
    """That two are two, the older first. It holds for the names, phones and places that both had then (`basis`)."""

    basis = models.CharField(max_length=33)
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        abstract = True


class DifferentPlaces(Different):
    first = models.ForeignKey(Location, models.CASCADE, related_name="+")
    second = models.ForeignKey(Location, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="differentplaces_once")]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class DifferentOrganizations(Different):
    first = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    second = models.ForeignKey(Organization, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="differentorganizations_once")]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class PlaceMerge(models.Model):
    """What was given at `gone` is given at `kept` now. `moved` holds the keys of what taking apart brings back."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    kept = models.ForeignKey(Location, models.CASCADE, related_name="+")
    gone = models.ForeignKey(Location, models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)
    done_at = models.DateTimeField(default=clock.now)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(_("taken apart"), null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-done_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="placemerge_of_two_places", condition=~Q(kept=F("gone"))),
            models.UniqueConstraint(
                fields=["gone"],
                name="placemerge_one_in_force",
                condition=Q(undone_at__isnull=True),
                violation_error_message=_("This place became one with another one already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"
