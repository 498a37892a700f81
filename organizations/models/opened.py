"""How much of what is not public somebody has opened: a number for each account and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organizations.models.organization import Organization


class OpenedQuerySet(models.QuerySet["Opened"]):
    def by_account_and_day(self, more_than: int) -> list[tuple[int, dt.date, int]]:
        """(account, day, how many) where it was more, the newest first."""
        sums = self.order_by().values_list("user", "day").annotate(things=Count("pk")).filter(things__gt=more_than)
        return list(sums.order_by("-day", "-things", "user"))

    def note(self, user: User, day: dt.date, things: Collection[tuple[str, int]]) -> int:
        """Count these (public id, key of the organisation) once; returns how many the account has opened that day."""
        rows = [
            Opened(user=user, organization_id=owner, day=day, mark=_mark(user, day, public_id))
            for public_id, owner in things
        ]
        Opened.objects.bulk_create(rows, ignore_conflicts=True)
        return self.filter(user=user, day=day).count()


class Opened(models.Model):
    """One thing that one account opened on one day, and that not everybody may know.

    Kept to be counted. `mark` says that two rows are not the same thing and, made with the key of the deployment, tells
    nobody which thing it was; what is left beside it is whose it was.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="opened", editable=False)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", editable=False)
    day = models.DateField(editable=False, db_index=True)
    mark = models.CharField(max_length=24, editable=False)

    objects = OpenedQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing that was opened")
        verbose_name_plural = _("things that were opened")
        constraints = [models.UniqueConstraint(fields=["user", "day", "mark"], name="opened_counted_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day}"


def _mark(user: User, day: dt.date, public_id: str) -> str:
    return salted_hmac("organizations.opened", f"{user.pk} {day} {public_id}", algorithm="sha256").hexdigest()[:24]
