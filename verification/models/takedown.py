"""Hiding an organisation, a place or a country from the public, at once and with a way back."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from organizations.models import Location, Organization
from services.models import ServiceAtLocation
from services.models.coverage import scopes_over


class TakedownQuerySet(models.QuerySet["Takedown"]):
    def in_force(self) -> TakedownQuerySet:
        return self.filter(lifted_at__isnull=True)

    def covering(self, listing: ServiceAtLocation) -> TakedownQuerySet:
        """Those in force that hide this listing."""
        return self.in_force().filter(scopes_over(listing, services=False))


@pghistory.track()
class Takedown(models.Model):
    """While it is in force nothing of its scope is public. Members still see it, with the warning."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="takedowns")
    location = models.ForeignKey(Location, models.CASCADE, null=True, blank=True, related_name="takedowns")
    country = models.CharField(_("country"), max_length=2, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ordered_at = models.DateTimeField(default=clock.now)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lift_reason = models.CharField(_("reason for lifting"), max_length=500, blank=True)

    objects = TakedownQuerySet.as_manager()

    class Meta:
        verbose_name = _("takedown")
        verbose_name_plural = _("takedowns")
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="takedown_has_one_scope",
                condition=Q(organization__isnull=False, location=None, country="")
                | Q(organization=None, location__isnull=False, country="")
                | (Q(organization=None, location=None) & ~Q(country="")),
                violation_error_message=_("A takedown hides one organisation, one place or one country."),
            ),
            models.UniqueConstraint(
                fields=["organization", "location", "country"],
                name="takedown_one_in_force_per_scope",
                condition=Q(lifted_at__isnull=True),
                nulls_distinct=False,
                violation_error_message=_("This is hidden already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization or self.location or self.country)
