"""What the yearly review of an organisation says beside its services: one table for each audience.

Rule: a row lives no longer than the listing's row of the same audience (a trigger takes it away in that transaction).
The public learns the month of a review, and that a service is not always there; answers and what is in the way are
for members. Whether a review is overdue is asked with every page: the day is compared, nobody switches anything.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.ids import LENGTH


class SpectrumAnswer(models.TextChoices):
    FULL = "full", pgettext_lazy("spectrum", "In full")
    PARTIAL = "partial", pgettext_lazy("spectrum", "In part")
    NONE = "none", pgettext_lazy("spectrum", "No")
    NOT_PLANNED = "not_planned", pgettext_lazy("spectrum", "Not planned")


class Barrier(models.TextChoices):
    """What is in the way, ten codes."""

    STAFF = "staff", pgettext_lazy("barrier", "people")
    KNOWLEDGE = "knowledge", pgettext_lazy("barrier", "knowledge")
    SUPPLIES = "supplies", pgettext_lazy("barrier", "medicines and tests")
    EQUIPMENT = "equipment", pgettext_lazy("barrier", "equipment")
    MONEY = "money", pgettext_lazy("barrier", "money")
    ROOMS = "rooms", pgettext_lazy("barrier", "rooms")
    LAW = "law", pgettext_lazy("barrier", "law and police")
    PAPERS = "papers", pgettext_lazy("barrier", "documents that are asked for")
    LANGUAGES = "languages", pgettext_lazy("barrier", "languages")
    SAFETY = "safety", pgettext_lazy("barrier", "safety")


#: The same, missing: for «in part: no medicines and tests».
MISSING = {
    Barrier.STAFF: _("too few people"),
    Barrier.KNOWLEDGE: _("knowledge is missing"),
    Barrier.SUPPLIES: _("no medicines or tests"),
    Barrier.EQUIPMENT: _("no equipment"),
    Barrier.MONEY: _("no money"),
    Barrier.ROOMS: _("no rooms"),
    Barrier.LAW: _("law and police are in the way"),
    Barrier.PAPERS: _("documents are asked for"),
    Barrier.LANGUAGES: _("no language in common"),
    Barrier.SAFETY: _("it is not safe"),
}


class ReviewedRows(models.QuerySet["AbstractReviewed"]):
    def with_standing(self, on: dt.date | None = None) -> ReviewedRows:
        """`is_overdue` when the review is older than its year; whoever else is asleep."""
        late = models.Q(due_on__lt=on or clock.today())
        return self.annotate(is_overdue=models.ExpressionWrapper(late, output_field=models.BooleanField()))


class AbstractReviewed(models.Model):
    """One listing of an organisation that was reviewed."""

    id = models.CharField(primary_key=True, max_length=LENGTH)
    reviewed_on = models.DateField()
    due_on = models.DateField()

    objects = ReviewedRows.as_manager()
    is_overdue: bool

    class Meta:
        abstract = True
        ordering = ["id"]


class PublicReviewed(AbstractReviewed):
    """Days are first days of months: the public needs no others."""

    not_always = models.BooleanField(default=False)

    class Meta(AbstractReviewed.Meta):
        constraints = [
            models.CheckConstraint(
                name="publicreviewed_month_only",
                condition=models.Q(reviewed_on__day=1),
            )
        ]


class MemberReviewed(AbstractReviewed):
    """`lines` are `[{"type": leaf, "answer": …, "barriers": […]}]`, of its kinds of service."""

    lines = models.JSONField(default=list)
