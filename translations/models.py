"""A text in another language, by whom, of what, and who has checked it. Only of texts that everybody may read."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.ids import LENGTH


class Origin(models.TextChoices):
    HUMAN = "human", _("by a person")
    MACHINE = "machine", _("by a machine")
    FILE = "file", _("from a file")
    CATALOGUE = "catalogue", _("came with the product")


class Kind(models.TextChoices):
    MESSAGE = "message", _("Words of pages")
    TERM = "term", _("Vocabulary")
    SERVICE = "service", _("Services")
    PLACE = "place", _("Places")
    LISTING = "listing", _("Services at their places")
    ORGANIZATION = "organization", _("Organisations")
    FACT = "fact", _("Facts of countries")
    NOTICE = "notice", _("Warnings and notices")
    CONTACT = "contact", pgettext_lazy("translations", "Contacts")
    CAPACITY = "capacity", _("Words about free places")
    DIGEST = "digest", pgettext_lazy("translations", "Digests")
    LINE = "digestline", _("Lines of digests")
    MATERIAL = "material", _("Materials for learning")
    TRAINING = "training", _("Trainings")
    CENTRE = "centre", _("Resource centres")
    PAPER = "paper", pgettext_lazy("translations", "Documents of the network")


@pghistory.track()
class Translation(models.Model):
    """One text of one language. Its state is computed (`states`), never stored.

    `unit` is the hash of kind, key and field: what is translated. `source` is what the translator read, so that what
    changed since can be shown. `translated_for` and `checked_for` are organisations (public ids, "" for none).
    """

    unit = models.CharField(max_length=32, editable=False)
    language = models.CharField(_("language"), max_length=8)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.TextField(editable=False)
    field = models.CharField(max_length=24, blank=True, editable=False)
    is_harmful = models.BooleanField(default=False, editable=False)
    source = models.JSONField(default=list, editable=False)
    source_hash = models.CharField(max_length=64, editable=False)
    forms = models.JSONField(_("text"), default=list)
    origin = models.CharField(_("how it came about"), max_length=10, choices=Origin.choices, default=Origin.HUMAN)
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translator"),
    )
    translated_for = models.CharField(max_length=LENGTH, blank=True)
    translated_at = models.DateTimeField(_("translated"), default=clock.now)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("checker")
    )
    checked_for = models.CharField(max_length=LENGTH, blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["language", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "language"], name="translation_once"),
            models.CheckConstraint(
                name="translation_checked_by_another",
                condition=Q(checked_by__isnull=True)
                | Q(translated_by__isnull=True)
                | ~Q(checked_by=F("translated_by")),
                violation_error_message=_("Somebody else checks a text, never whoever wrote it."),
            ),
            models.CheckConstraint(
                name="translation_harmful_checked_elsewhere",
                condition=Q(is_harmful=False)
                | Q(checked_at__isnull=True)
                | (~Q(checked_for="") & ~Q(checked_for=F("translated_for"))),
                violation_error_message=_(
                    "A mistake here could hurt somebody: a person of another organisation checks it."
                ),
            ),
            models.CheckConstraint(
                name="translation_checked_with_its_day",
                condition=Q(checked_at__isnull=False) | Q(checked_by__isnull=True, checked_for=""),
                violation_error_message=_("A check has a day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {(self.forms or [''])[0][:60]}"
