"""Calls for small grants: about which gaps, how much, by which criteria, until which instant."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core import clock
from core.constraints import Editable
from core.languages import SOURCE, active
from core.types import Words
from network.decisions.models import Body, kept_bodies
from network.decisions.models.words import Audience
from network.gaps.models import Gap
from network.grants.models.words import GrantCallState
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

QUESTIONS_AT_MOST, CRITERIA_AT_MOST, REPORTS_AT_MOST = 10, 6, 6


class GrantCallQuerySet(models.QuerySet["GrantCall"]):
    def visible_to(self, user: User | AnonymousUser) -> GrantCallQuerySet:
        """Everybody of the network reads what was announced; those who prepare calls read their drafts as well."""
        if not user.is_authenticated or not is_network_person(user):
            return self.none()
        return self.exclude(state=GrantCallState.DRAFT) | self.filter(body__in=kept_bodies(user))

    def open(self) -> GrantCallQuerySet:
        """Those that take applications now: both ends are instants, compared here."""
        now = clock.now()
        return self.filter(state=GrantCallState.ANNOUNCED, opens_at__lte=now, closes_at__gt=now)


def _questions(label: Words) -> ArrayField[list[str], list[str]]:
    inner: models.CharField[str, str] = models.CharField(max_length=300)
    return ArrayField(inner, default=list, blank=True, verbose_name=label)


def check_zone(name: str) -> None:
    if not clock.is_zone(name):
        raise ValidationError(_("Unknown time zone."))


#: What nobody changes once a call is announced: people write their applications by it.
_ANNOUNCED = (
    *("body", "budget", "ceiling", "currency", "questions", "questions_en"),
    *("opens_at", "closes_at", "timezone", "report_months"),
)


@pghistory.track()
class GrantCall(Editable):
    """`opens_at` and `closes_at` are the beginning of the first day and the end of the last one in the call's zone."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="grant_calls", verbose_name=_("committee"))
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("what it is for"), max_length=6000)
    budget = models.DecimalField(_("for all together"), max_digits=12, decimal_places=2)
    ceiling = models.DecimalField(_("for one application at most"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, validators=[RegexValidator(r"^[A-Z]{3}$")])
    questions = _questions(_("questions"))
    questions_en = _questions(_("questions in English"))
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("until"))
    timezone = models.CharField(_("time zone"), max_length=64, validators=[check_zone])
    opens_at = models.DateTimeField(editable=False)
    closes_at = models.DateTimeField(editable=False)
    #: So many months after the beginning of a grant its reports are due; the last one is the last report.
    report_months = ArrayField(models.PositiveSmallIntegerField(), default=list, verbose_name=_("reports"))
    audience = models.CharField(_("who reads it"), max_length=8, choices=Audience.choices, default=Audience.MEMBERS)
    gaps = models.ManyToManyField(Gap, related_name="grant_calls", blank=True, verbose_name=_("gaps"))
    state = models.CharField(max_length=12, choices=GrantCallState.choices, default=GrantCallState.DRAFT)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    i18n = TranslationField(fields=("title", "text"))

    objects = GrantCallQuerySet.as_manager()

    class Meta:
        db_table = "grants_call"
        verbose_name = _("call for small grants")
        verbose_name_plural = _("calls for small grants")
        ordering = ["-closes_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="grantcall_ends_after_it_starts",
                condition=Q(closes_on__gte=F("opens_on"), closes_at__gt=F("opens_at")),
                violation_error_message=_("The end is before the beginning."),
            ),
            models.CheckConstraint(
                name="grantcall_one_is_no_more_than_all",
                condition=Q(ceiling__gt=0, budget__gte=F("ceiling")),
                violation_error_message=_("One application gets no more than there is for all together."),
            ),
            models.CheckConstraint(
                name="grantcall_asks_ten_questions_at_most",
                condition=Q(questions__len__lte=QUESTIONS_AT_MOST, questions_en__len__lte=QUESTIONS_AT_MOST),
                violation_error_message=_("At most ten questions."),
            ),
            models.CheckConstraint(
                name="grantcall_reports_are_known",
                condition=~Q(state=GrantCallState.ANNOUNCED)
                | Q(report_months__len__gte=1, report_months__len__lte=REPORTS_AT_MOST),
                violation_error_message=_("Say when reports are due: one to six of them."),
            ),
            models.CheckConstraint(
                name="grantcall_called_off_with_its_reason",
                condition=~Q(state=GrantCallState.CALLED_OFF) | ~Q(reason=""),
                violation_error_message=_("Say why."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="grantcall_stays_as_announced",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*_ANNOUNCED),
                func="""
                    IF OLD.state = 'announced' THEN
                        RAISE EXCEPTION 'a call stays as it was announced' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == GrantCallState.ANNOUNCED and self.opens_at <= clock.now() < self.closes_at

    @property
    def is_over(self) -> bool:
        return self.state == GrantCallState.ANNOUNCED and self.closes_at <= clock.now()

    @property
    def asked(self) -> list[str]:
        """The questions in the language of the page, those of the source where nobody has translated them."""
        translated = self.questions_en if active() != SOURCE else []
        return [
            translated[number] if number < len(translated) and translated[number] else question
            for number, question in enumerate(self.questions)
        ]


def day_begins(day: dt.date, zone: str) -> dt.datetime:
    """The first instant of the day there."""
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.zone(zone)).astimezone(dt.UTC)


class GrantCriterion(models.Model):
    """By what applications are scored, from 0 to 4, and how much it weighs."""

    call = models.ForeignKey(GrantCall, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("criterion"), max_length=160)
    name_en = models.CharField(_("in English"), max_length=160, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )

    class Meta:
        verbose_name = _("criterion of a call")
        verbose_name_plural = _("criteria of calls")
        ordering = ["call", "position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="grantcriterion_once"),
            models.CheckConstraint(
                name="grantcriterion_six_that_weigh",
                condition=Q(position__gte=1, position__lte=CRITERIA_AT_MOST, weight__gte=1, weight__lte=10),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="grantcriterion_stays_as_announced",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM grants_call c
                        WHERE c.id = COALESCE(NEW.call_id, OLD.call_id) AND c.state = 'announced'
                    ) THEN
                        RAISE EXCEPTION 'criteria stay as announced' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            )
        ]

    def __str__(self) -> str:
        return self.told

    @property
    def told(self) -> str:
        """In the language of the page."""
        return self.name_en if self.name_en and active() != SOURCE else self.name
