"""What the network tells of itself to everybody: papers in force, the digest of each month. No table names a person.

Rule: a line of a digest that names a service lives no longer than the public's row of that service: a trigger takes it
away in the same transaction, and readers ask again whether the service is there today.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from core import clock
from core.ids import LENGTH


class NewsAbout(models.TextChoices):
    """What a line speaks of: by this its `ref` is looked up where it is shown."""

    LISTING = "listing"
    FACT = "fact"
    NOTICE = "notice"
    PAPER = "paper"
    DECISION = "decision"
    CALL = "call"
    GRANT = "grant"
    FIGURE = "figure"


class PaperRows(models.QuerySet["PublicPaper"]):
    def in_force(self, on: dt.date | None = None) -> PaperRows:
        """Those whose time is not over; the day is compared here and nowhere else."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on or clock.today()))


class PublicPaper(models.Model):
    """The version in force of a paper for everybody, in one language. `paper` is what its languages have in common.

    `title` and `body` (of which kind it is) are `{"ru": …, "en": …}`; `ground` says whether a vote or a meeting
    adopted it.
    """

    id = models.CharField(primary_key=True, max_length=LENGTH)
    paper = models.CharField(max_length=LENGTH, db_index=True)
    kind = models.CharField(max_length=12)
    title = models.JSONField(default=dict)
    language = models.CharField(max_length=8)
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    has_file = models.BooleanField(default=False)
    adopted_on = models.DateField()
    body = models.JSONField(default=dict)
    ground = models.CharField(max_length=8)
    valid_until = models.DateField(null=True)

    objects = PaperRows.as_manager()

    class Meta:
        ordering = ["kind", "paper", "language"]
        constraints = [models.UniqueConstraint(fields=["paper", "language"], name="publicpaper_one_in_force")]


class PublicDigest(models.Model):
    """The digest of a month as it was sent. `opening` is `{"ru": …, "en": …}`."""

    id = models.CharField(primary_key=True, max_length=LENGTH)
    month = models.DateField(unique=True)
    sent_at = models.DateTimeField()
    opening = models.JSONField(default=dict)

    class Meta:
        ordering = ["-month"]


class PublicDigestLine(models.Model):
    """One line of it. `ref` is the public id of what it speaks of, "" for a figure."""

    id = models.CharField(primary_key=True, max_length=LENGTH)
    digest = models.CharField(max_length=LENGTH, db_index=True)
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=12)
    about = models.CharField(max_length=12)
    ref = models.CharField(max_length=LENGTH, blank=True, db_index=True)
    country = models.CharField(max_length=2, blank=True)
    words = models.JSONField(default=dict)

    class Meta:
        ordering = ["digest", "position", "id"]
        constraints = [
            models.CheckConstraint(
                name="publicdigestline_nothing_for_members",
                condition=Q(about__in=["listing", "fact", "notice", "paper", "call", "grant", "figure"]),
            )
        ]
