"""Calls to join: from one day to another, or always open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core import clock
from core.constraints import Editable
from core.languages import SOURCE, writing
from core.types import Words
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

QUESTIONS_AT_MOST = 12


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, user: User | AnonymousUser) -> CallQuerySet:
        return self if user.is_authenticated and is_network_person(user) else self.none()

    def open(self, on: dt.date | None = None) -> CallQuerySet:
        """Those that anybody may answer on the day: its two ends are compared in the query."""
        day = on or clock.today()
        return self.filter(Q(closes_on__isnull=True) | Q(closes_on__gte=day), opens_on__lte=day)

    def public(self, on: dt.date | None = None) -> CallQuerySet:
        """What everybody may read: those that are open, and those that will be."""
        day = on or clock.today()
        return self.filter(Q(closes_on__isnull=True) | Q(closes_on__gte=day))


def _questions(label: Words) -> ArrayField[list[str], list[str]]:
    inner: models.CharField[str, str] = models.CharField(max_length=300)
    return ArrayField(inner, default=list, blank=True, verbose_name=label)


@pghistory.track()
class Call(Editable):
    """Who is wanted, and what they are asked. Without a last day it is always open."""

    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("whom we look for"), max_length=4000)
    criteria = models.TextField(_("what we look at"), max_length=4000, blank=True)
    questions = _questions(_("questions"))
    questions_en = _questions(_("questions in English"))
    opens_on = models.DateField(_("from"), default=clock.today)
    closes_on = models.DateField(_("until"), null=True, blank=True)

    i18n = TranslationField(fields=("title", "text", "criteria"))

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call to join")
        verbose_name_plural = _("calls to join")
        ordering = [F("closes_on").asc(nulls_last=True), "-opens_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="call_ends_after_it_starts",
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("The end is before the beginning."),
            ),
            models.CheckConstraint(
                name="call_asks_twelve_questions_at_most",
                condition=Q(questions__len__lte=QUESTIONS_AT_MOST, questions_en__len__lte=QUESTIONS_AT_MOST),
                violation_error_message=_("At most twelve questions."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.opens_on <= clock.today() and (self.closes_on is None or self.closes_on >= clock.today())

    @property
    def asked(self) -> list[str]:
        """The questions in the language of the page, those of the source where nobody has translated them."""
        translated = self.questions_en if writing() != SOURCE else []
        return [
            translated[number] if number < len(translated) and translated[number] else question
            for number, question in enumerate(self.questions)
        ]
