"""Somebody has looked for a kind of help in a country and found none: the only ground for «none»."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from organizations.models import Organization
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

COUNTRY = RegexValidator(r"^[A-Z]{2}$")
CODE = RegexValidator(r"^[a-z0-9_]{1,48}$")
#: A word counts so long, as a check of a spectrum does.
VALID_DAYS = 365


class LookedQuerySet(models.QuerySet["AbsenceCheck"]):
    def visible_to(self, user: User | AnonymousUser) -> LookedQuerySet:
        return self if user.is_authenticated and is_network_person(user) else self.none()

    def standing(self, on: dt.date | None = None) -> LookedQuerySet:
        """Those that count on the day: nobody has taken them back, and their time is not over."""
        day = on or clock.today()
        return self.filter(checked_on__lte=day, valid_until__gt=day, ended_at__isnull=True)


@pghistory.track()
class AbsenceCheck(models.Model):
    """`group` "" speaks of everybody. `how` says whom they asked: words for members, about no person."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    service_type = models.CharField(_("kind of help"), max_length=48, validators=[CODE])
    country = models.CharField(_("country"), max_length=2, validators=[COUNTRY])
    group = models.CharField(_("for whom"), max_length=48, blank=True, validators=[CODE])
    how = models.CharField(_("whom we asked"), max_length=300)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    checked_on = models.DateField(_("checked on"))
    valid_until = models.DateField(_("valid until"))
    created_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = LookedQuerySet.as_manager()

    class Meta:
        verbose_name = _("word that something is not there")
        verbose_name_plural = _("words that something is not there")
        ordering = ["-checked_on", "-pk"]
        indexes = [models.Index(fields=["country", "service_type"], name="absence_of_cell")]
        constraints = [
            models.CheckConstraint(
                name="absence_says_how",
                condition=~Q(how=""),
                violation_error_message=_("Say whom you asked: without it nobody can tell “none” from “not known”."),
            ),
            models.CheckConstraint(
                name="absence_counts_a_year_at_most",
                condition=Q(valid_until__gt=F("checked_on"))
                & Q(valid_until__lte=F("checked_on") + dt.timedelta(days=VALID_DAYS + 1)),
                violation_error_message=_("Such a word counts for a year at most."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_type} · {self.country}"
