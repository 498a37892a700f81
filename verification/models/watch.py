"""What the rounds remember of an organisation, so that they ask about one thing once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization


class Watch(models.Model):
    """One row for an organisation whose website was looked at, or that was suspended. Nothing that a person wrote.

    A website counts as dead when it failed on two days; `website_told` says that re-checks were asked for and keeps
    the rounds quiet until it was alive again. `is_suspended` is what the rounds have followed up already.
    """

    organization = models.OneToOneField(Organization, models.CASCADE, primary_key=True, related_name="+")
    website_asked_on = models.DateField(null=True, blank=True)
    website_failed_on = models.DateField(null=True, blank=True)
    website_told = models.BooleanField(default=False)
    is_suspended = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="watch_tells_of_a_website_that_failed",
                condition=Q(website_told=False) | Q(website_failed_on__isnull=False),
                violation_error_message=_("Only a website that failed is told of."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization)
