"""What a workbook that came back would change, and what it has changed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from exchange.sources.models import ForeignSource, GoneAtSource, SourcePage, SourceReading

if TYPE_CHECKING:
    from accounts.models import User

__all__ = [
    "BookImport",
    "ForeignList",
    "ForeignSource",
    "GoneAtSource",
    "ImportState",
    "ImportStep",
    "ListMapping",
    "SourcePage",
    "SourceReading",
]
#: A plan that nobody applies is forgotten after a day; what was applied can be undone for thirty.
PLAN_STANDS, UNDO_STANDS = dt.timedelta(days=1), dt.timedelta(days=30)


class ImportState(models.TextChoices):
    PLANNING = "planning", _("being compared")
    APPLYING = "applying", _("being written")
    UNDOING = "undoing", _("being undone")
    PLANNED = "planned", _("not applied yet")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")


#: The worker is busy with these.
BUSY = (ImportState.PLANNING, ImportState.APPLYING, ImportState.UNDOING)


class BookImportQuerySet(models.QuerySet["BookImport"]):
    def of(self, user: User) -> BookImportQuerySet:
        """Those of this person that are not forgotten yet. Nobody else's: rights are asked again row by row."""
        return self.filter(user=user, expires_at__gt=clock.now())


class BookImport(models.Model):
    """`rows` are entries of `exchange.books.entries`, `missing` names what has no row in the file; nothing of the file
    itself is kept. `foreign` is the list of somebody else that it is made of,
    `title` its name, `told` what else is to be said of it.

    `done` of `total` rows are through while the worker is busy with it.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.PLANNED)
    rows = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    missing = models.JSONField(default=list)
    told = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    title = models.CharField(max_length=60, blank=True, db_default="")
    foreign = models.ForeignKey("exchange.ForeignList", models.SET_NULL, null=True, related_name="+")
    same = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0, db_default=0)
    total = models.PositiveIntegerField(default=0, db_default=0)
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


class ImportStep(models.Model):
    """One piece of what the worker is busy with, kept in the transaction that wrote it: `rows` are the places of
    entries in their import with what became of them. A step of one number is there once: nothing is written twice."""

    book = models.ForeignKey(BookImport, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    rows = models.JSONField(default=list, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("step of an import")
        verbose_name_plural = _("steps of imports")
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["book", "number"], name="import_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.book_id}.{self.number}"


class ForeignListQuerySet(models.QuerySet["ForeignList"]):
    def of(self, user: User) -> ForeignListQuerySet:
        """Those of this person that are not forgotten yet."""
        return self.filter(user=user, expires_at__gt=clock.now())


class ForeignList(models.Model):
    """A list of somebody else between its upload and its plan: `rows` as texts by the names of `columns`, and what was
    chosen about them (`exchange.foreign.choices`). It is for `organization`, unless its rows name others."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organization = models.ForeignKey("organizations.Organization", models.CASCADE, related_name="+")
    title = models.CharField(max_length=60)
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    objects = ForeignListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of somebody else")
        verbose_name_plural = _("lists of somebody else")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.public_id


class ListMapping(models.Model):
    """What an organisation has matched in a list, under a name, for the next list with these columns."""

    organization = models.ForeignKey("organizations.Organization", models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    columns = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("matched list")
        verbose_name_plural = _("matched lists")
        ordering = ["-changed_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "name"], name="list_mapping_name_once")
        ]

    def __str__(self) -> str:
        return self.name
