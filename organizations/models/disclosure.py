"""Opening what an organisation hides, for an administrator, for some hours: one asks, another one agrees."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from organizations.models.organization import Organization

if TYPE_CHECKING:
    from accounts.models import User

#: For how long it is open, and for how long somebody may agree.
OPEN = dt.timedelta(hours=4)
WAITS = dt.timedelta(hours=72)


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def open(self) -> DisclosureQuerySet:
        return self.filter(ended_at__isnull=True, ends_at__gt=clock.now())

    def waiting(self) -> DisclosureQuerySet:
        """Those to which another administrator may still agree."""
        return self.filter(agreed_at__isnull=True, ended_at__isnull=True, asked_at__gt=clock.now() - WAITS)

    def visible_to(self, user: User) -> DisclosureQuerySet:
        """Administrators see all of them, an organisation those of its own."""
        return self if user.is_administrator else self.filter(organization__in=Organization.objects.editable_by(user))


@pghistory.track()
class Disclosure(models.Model):
    """While it is open, `asked_by` reads what the organisation shows to nobody beside itself.

    The database refuses that one person is both, and that it stays open for longer than OPEN.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="disclosures")
    reason = models.CharField(_("reason"), max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="disclosures")
    asked_at = models.DateTimeField(default=clock.now)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening of what is hidden")
        verbose_name_plural = _("openings of what is hidden")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="disclosure_takes_two_people",
                condition=Q(agreed_by__isnull=True) | Q(asked_by__isnull=True) | ~Q(agreed_by=F("asked_by")),
                violation_error_message=_("Another administrator has to agree."),
            ),
            models.CheckConstraint(
                name="disclosure_open_for_some_hours",
                condition=Q(agreed_at__isnull=True, ends_at__isnull=True)
                | Q(agreed_at__isnull=False, ends_at__gt=F("agreed_at"), ends_at__lte=F("agreed_at") + OPEN),
                violation_error_message=_("It is open for some hours from when somebody agreed."),
            ),
            models.UniqueConstraint(
                fields=["organization", "asked_by"],
                name="disclosure_asked_once",
                condition=Q(ended_at__isnull=True, agreed_at__isnull=True),
                violation_error_message=_("This was asked already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.asked_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.ends_at is not None and self.ends_at > clock.now()

    @property
    def is_waiting(self) -> bool:
        return self.ended_at is None and self.agreed_at is None and self.asked_at > clock.now() - WAITS
