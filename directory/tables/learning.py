"""What everybody reads of learning: materials, the calendar of trainings, what a resource centre offers.

Rule: a material is good for twelve months after it was last looked through, and no longer than its own last day; then
it sinks and says so. The dates are compared in the query. A row names no person, no street and no owner by name: who
owns it is looked up where it is shown, so that a hidden organisation is not named.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from core import clock
from core.ids import LENGTH

#: A material is looked through once in so many days.
GOOD_FOR_DAYS = 365


class LearningTopic(models.TextChoices):
    """What people of the network learn and teach."""

    REFERRAL = "referral", pgettext_lazy("topic of learning", "Referring people on")
    CONFIDENTIALITY = "confidentiality", pgettext_lazy("topic of learning", "Confidentiality")
    TESTING = "testing", pgettext_lazy("topic of learning", "Testing for HIV and hepatitis")
    NALOXONE = "naloxone", pgettext_lazy("topic of learning", "Overdose and naloxone")
    HARM_REDUCTION = "harm_reduction", pgettext_lazy("topic of learning", "Harm reduction")
    TUBERCULOSIS = "tuberculosis", pgettext_lazy("topic of learning", "Tuberculosis")
    ADHERENCE = "adherence", pgettext_lazy("topic of learning", "HIV: treatment and adherence")
    PSYCHOSOCIAL = "psychosocial", pgettext_lazy("topic of learning", "Psychosocial support")
    FIRST_AID = "first_aid", pgettext_lazy("topic of learning", "First aid")
    FAMILY_LINKS = "family_links", pgettext_lazy("topic of learning", "Restoring family links (tracing)")
    RETURNED = "returned", pgettext_lazy("topic of learning", "Work with returned children and women")
    VIOLENCE = "violence", pgettext_lazy("topic of learning", "Help after violence")
    SAFEGUARDING = "safeguarding", pgettext_lazy("topic of learning", "Protecting children and adults at risk")
    LAW = "law", pgettext_lazy("topic of learning", "Law and papers of migrants")
    DIGITAL = "digital", pgettext_lazy("topic of learning", "Digital security")
    RUNNING = "running", pgettext_lazy("topic of learning", "Running an organisation")


class MaterialKind(models.TextChoices):
    GUIDE = "guide", pgettext_lazy("kind of material", "Guide")
    HANDOUT = "handout", pgettext_lazy("kind of material", "Handout for clients")
    SLIDES = "slides", pgettext_lazy("kind of material", "Slides")
    VIDEO = "video", pgettext_lazy("kind of material", "Video")
    FORM = "form", pgettext_lazy("kind of material", "Form or template")
    COURSE = "course", pgettext_lazy("kind of material", "Course elsewhere")


def stale(on: dt.date) -> Q:
    """Nobody has looked it through for a year, or its own last day is past."""
    return Q(looked_on__lt=on - dt.timedelta(days=GOOD_FOR_DAYS)) | Q(valid_until__lt=on)


def is_stale(looked_on: dt.date, valid_until: dt.date | None, on: dt.date) -> bool:
    """The predicate beside `stale`."""
    is_old = looked_on < on - dt.timedelta(days=GOOD_FOR_DAYS)
    return is_old or (valid_until is not None and valid_until < on)


class MaterialRows(models.QuerySet["PublicMaterial"]):
    def sunk(self, on: dt.date | None = None) -> MaterialRows:
        """The fresh ones first, each with `has_sunk`; the newest look first within."""
        old = models.Case(
            models.When(stale(on or clock.today()), then=True), default=False, output_field=models.BooleanField()
        )
        return self.annotate(has_sunk=old).order_by("has_sunk", "-looked_on", "id")


class PublicMaterial(models.Model):
    """`title` and `summary` are `{"ru": …, "en": …}`; `owner` is an organisation's public id."""

    id = models.CharField(primary_key=True, max_length=LENGTH)
    title = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    kind = models.CharField(max_length=12)
    language = models.CharField(max_length=48)
    topics = ArrayField(models.CharField(max_length=48), default=list)
    country = models.CharField(max_length=2, blank=True)
    link = models.URLField(max_length=500, blank=True)
    has_file = models.BooleanField(default=False)
    owner = models.CharField(max_length=LENGTH)
    looked_on = models.DateField()
    valid_until = models.DateField(null=True)

    objects = MaterialRows.as_manager()

    class Meta:
        ordering = ["id"]


class TrainingRows(models.QuerySet["PublicTraining"]):
    def coming(self, at: dt.datetime | None = None) -> TrainingRows:
        """Those that are not over, the next one first; a cancelled one says so until its day."""
        return self.filter(ends_at__gt=at or clock.now()).order_by("starts_at", "id")


class PublicTraining(models.Model):
    """A training in the public's calendar: the town at most, never the street or the link to join."""

    id = models.CharField(primary_key=True, max_length=LENGTH)
    title = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    audience = models.JSONField(default=dict)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    timezone = models.CharField(max_length=64)
    country = models.CharField(max_length=2, blank=True)
    city = models.JSONField(default=dict)
    is_online = models.BooleanField(default=False)
    language = models.CharField(max_length=48)
    topics = ArrayField(models.CharField(max_length=48), default=list)
    places = models.PositiveSmallIntegerField()
    owner = models.CharField(max_length=LENGTH)
    is_cancelled = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)

    objects = TrainingRows.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]


class PublicCentre(models.Model):
    """What a resource centre offers as a whole, by the id of its place. `trained` is None below five.

    It goes with the last listing of its place (a trigger), so a hidden place tells nothing.
    """

    id = models.CharField(primary_key=True, max_length=LENGTH)
    rooms = models.JSONField(default=dict)
    seats = models.PositiveSmallIntegerField(null=True)
    topics = ArrayField(models.CharField(max_length=48), default=list)
    trained = models.PositiveIntegerField(null=True)
    owner = models.CharField(max_length=LENGTH)
    looked_on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="publiccentre_no_small_number", condition=Q(trained__isnull=True) | Q(trained__gte=5)
            )
        ]


#: What the public may read of it.
PUBLIC_LEARNING: tuple[type[models.Model], ...] = (PublicMaterial, PublicTraining, PublicCentre)
