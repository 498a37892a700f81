"""What a workbook that came back would change, and what it has changed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id

if TYPE_CHECKING:
    from accounts.models import User

#: A plan that nobody applies is forgotten after a day; what was applied can be undone for thirty.
PLAN_STANDS, UNDO_STANDS = dt.timedelta(days=1), dt.timedelta(days=30)


class ImportState(models.TextChoices):
    PLANNED = "planned", _("not applied yet")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")


class BookImportQuerySet(models.QuerySet["BookImport"]):
    def of(self, user: User) -> BookImportQuerySet:
        """Those of this person that are not forgotten yet. Nobody else's: rights are asked again row by row."""
        return self.filter(user=user, expires_at__gt=clock.now())


class BookImport(models.Model):
    """`rows` are entries of `exchange.books.entries`, `missing` names what has no row in the file; nothing of the file
    itself is kept."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.PLANNED)
    rows = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    missing = models.JSONField(default=list)
    same = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    objects = BookImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of a workbook")
        verbose_name_plural = _("imports of workbooks")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.public_id
