"""A cycle of evaluation, what it measures and what was measured. Frozen, nothing of it can be changed."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import Editable
from messaging.models.absence import DaySpan
from network.decisions.models import Decision
from network.evaluation.models.words import STANDING, CycleKind, CycleState, Direction
from organizations.models.organization import is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

#: A cycle has at most so many indicators.
INDICATORS_AT_MOST = 20
_ORDER = ", ".join(f"'{state}'" for state in CycleState.values)
#: So many days of a year are outside of half a year that lies in it, or none.
LEFT_DAYS = 60
_STANDS = ", ".join(f"'{state}'" for state in STANDING)

_KEPT = f"""
    IF array_position(ARRAY[{_ORDER}], NEW.state::text) < array_position(ARRAY[{_ORDER}], OLD.state::text) THEN
        RAISE EXCEPTION 'a cycle does not go back' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state IN ({_STANDS}) AND (
        NEW.kind, NEW.starts_on, NEW.ends_on, NEW.survey_until, NEW.questions, NEW.frozen_at, NEW.frozen_hash,
        NEW.salt
    ) IS DISTINCT FROM (
        OLD.kind, OLD.starts_on, OLD.ends_on, OLD.survey_until, OLD.questions, OLD.frozen_at, OLD.frozen_hash,
        OLD.salt
    ) THEN
        RAISE EXCEPTION 'a frozen cycle stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
#: A row is saved whole at every step: what was planned before the rule goes on, as long as its days stay.
_INSIDE = """
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.kind, NEW.starts_on, NEW.ends_on) IS NOT DISTINCT FROM (OLD.kind, OLD.starts_on, OLD.ends_on) THEN
            RETURN NEW;
        END IF;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('evaluation_cycle'));
    IF EXISTS (
        SELECT 1 FROM evaluation_cycle o WHERE o.id IS DISTINCT FROM NEW.id AND o.kind <> NEW.kind
        AND o.starts_on <= NEW.ends_on AND o.ends_on >= NEW.starts_on
        AND NOT CASE NEW.kind WHEN 'half' THEN o.starts_on <= NEW.starts_on AND o.ends_on >= NEW.ends_on
                ELSE NEW.starts_on <= o.starts_on AND NEW.ends_on >= o.ends_on END
    ) THEN
        RAISE EXCEPTION 'half a year lies inside the year that it has days in common with'
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        WITH halves AS (
            SELECT NEW.id AS id, NEW.starts_on AS first, NEW.ends_on AS last WHERE NEW.kind = 'half'
            UNION ALL SELECT id, starts_on, ends_on FROM evaluation_cycle
            WHERE kind = 'half' AND id IS DISTINCT FROM NEW.id
        ), years AS (
            SELECT NEW.starts_on AS first, NEW.ends_on AS last WHERE NEW.kind = 'year'
            UNION ALL SELECT starts_on, ends_on FROM evaluation_cycle WHERE kind = 'year' AND NEW.kind = 'half'
            AND starts_on <= NEW.starts_on AND ends_on >= NEW.ends_on
        ), days AS (
            SELECT y.last - y.first + 1 AS whole, h.last - h.first + 1 AS part,
                   sum(h.last - h.first + 1) OVER (PARTITION BY y.first) AS parts
            FROM years y JOIN halves h ON h.first >= y.first AND h.last <= y.last
        )
        SELECT 1 FROM days WHERE whole - part BETWEEN 1 AND {most}
        OR whole - parts BETWEEN 1 AND {most}
    ) THEN
        RAISE EXCEPTION 'so few days of a year are left outside of half a year that they could be reckoned out'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
""".replace("{most}", str(LEFT_DAYS - 1))
BEFORE_FREEZING = """
    IF EXISTS (
        SELECT 1 FROM evaluation_cycle c WHERE c.id = {row}.cycle_id AND c.state NOT IN ('planned', 'collecting')
    ) THEN
        RAISE EXCEPTION 'a frozen cycle stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    RETURN {row};
"""
_MEASURED = """
    IF NOT EXISTS (
        SELECT 1 FROM evaluation_indicator i JOIN evaluation_cycle c ON c.id = i.cycle_id WHERE i.id = NEW.indicator_id
        AND (c.state = 'collecting' AND NEW.note = '' OR c.state IN ({stands}) AND NEW.note <> '')
    ) THEN
        RAISE EXCEPTION 'a frozen value is only added to, with a note' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
""".replace("{stands}", _STANDS)


def new_salt() -> str:
    """Goes into every hash of a cycle, so that nobody finds small numbers by trying what gives a hash."""
    return secrets.token_hex(16)


class CycleQuerySet(models.QuerySet["EvaluationCycle"]):
    def visible_to(self, user: User | AnonymousUser) -> CycleQuerySet:
        """Everybody of the network knows that there is one. Who reads its figures: `network.evaluation.rights`."""
        return self if user.is_authenticated and is_network_person(user) else self.none()

    def beside(self, cycle: EvaluationCycle) -> CycleQuerySet:
        """Those of the other kind that have a day in common with it."""
        others = self.exclude(pk=cycle.pk).exclude(kind=cycle.kind)
        return others.filter(starts_on__lte=cycle.ends_on, ends_on__gte=cycle.starts_on).order_by("starts_on")

    def under_way(self) -> CycleQuerySet:
        return self.exclude(state__in=(CycleState.ADOPTED, CycleState.PUBLISHED))

    def asking(self, on: dt.date | None = None) -> CycleQuerySet:
        """Those whose survey runs."""
        return self.filter(state=CycleState.COLLECTING, survey_until__gte=on or clock.today())


@pghistory.track()
class EvaluationCycle(Editable):
    """A period and what is asked about it. `due_on` is the day of the next step; a published one has none."""

    kind = models.CharField(_("kind"), max_length=8, choices=CycleKind.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    questions = models.TextField(_("what we want to know"), max_length=1000, blank=True)
    survey_until = models.DateField(_("the survey runs until"), null=True, blank=True)
    state = models.CharField(max_length=12, choices=CycleState.choices, default=CycleState.PLANNED)
    due_on = models.DateField(null=True, blank=True)
    led_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    frozen_hash = models.CharField(max_length=64, blank=True)
    adopted_by = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    published_on = models.DateField(null=True, blank=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        db_table = "evaluation_cycle"
        verbose_name = _("cycle of evaluation")
        verbose_name_plural = _("cycles of evaluation")
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="evaluationcycle_ends_after_it_begins",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The end is before the beginning."),
            ),
            models.CheckConstraint(
                name="evaluationcycle_survey_of_a_year",
                condition=Q(kind=CycleKind.YEAR, survey_until__isnull=False)
                | Q(kind=CycleKind.HALF, survey_until__isnull=True),
                violation_error_message=_("A year has a survey, half a year has none."),
            ),
            models.CheckConstraint(
                name="evaluationcycle_frozen_with_its_hash",
                condition=Q(state__in=["planned", "collecting"], frozen_at__isnull=True, frozen_hash="")
                | (~Q(state__in=["planned", "collecting"]) & Q(frozen_at__isnull=False) & ~Q(frozen_hash="")),
            ),
            models.CheckConstraint(
                name="evaluationcycle_adopted_by_a_decision",
                condition=~Q(state__in=["adopted", "published"]) | Q(adopted_by__isnull=False),
                violation_error_message=_("A report is adopted by a decision."),
            ),
            models.CheckConstraint(
                name="evaluationcycle_waits_until_a_day",
                condition=Q(state="published", published_on__isnull=False)
                | (~Q(state="published") & Q(due_on__isnull=False, published_on__isnull=True)),
            ),
            # Of two periods that differ by a few days, the difference of two figures would be a person's.
            ExclusionConstraint(
                name="evaluationcycle_periods_of_a_kind_apart",
                expressions=[
                    (DaySpan("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                    ("kind", RangeOperators.EQUAL),
                ],
                violation_error_message=_("Two cycles of one kind have no day in common."),
            ),
        ]
        triggers = [
            # Of a year and half a year that differ by a few days, the difference would be a person's too.
            pgtrigger.Trigger(
                name="evaluationcycle_half_inside_a_year",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("kind", "starts_on", "ends_on"),
                func=_INSIDE,
            ),
            pgtrigger.Trigger(
                name="evaluationcycle_stays_frozen", when=pgtrigger.Before, operation=pgtrigger.Update, func=_KEPT
            ),
            pgtrigger.Protect(
                name="evaluationcycle_frozen_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=[str(state) for state in STANDING]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"

    @property
    def is_frozen(self) -> bool:
        return self.state in STANDING

    @property
    def is_asking(self) -> bool:
        """The predicate beside `asking`."""
        is_open = self.state == CycleState.COLLECTING and self.survey_until is not None
        return is_open and self.survey_until >= clock.today()  # type: ignore[operator]

    @property
    def freezes_from(self) -> dt.date:
        """The first day on which it may be frozen: after the period, and after the survey."""
        return max(self.ends_on, self.survey_until or self.ends_on) + dt.timedelta(days=1)

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today()


class EvaluationIndicator(models.Model):
    """What is measured in a cycle; its words and its function stand in `network.evaluation.indicators` by the code."""

    cycle = models.ForeignKey(EvaluationCycle, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=32)
    formula = models.CharField(max_length=48)
    direction = models.CharField(max_length=4, choices=Direction.choices)
    baseline = models.DecimalField(_("at the beginning"), max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("wanted"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        db_table = "evaluation_indicator"
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["cycle", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "position"], name="evaluationindicator_position_once"),
            models.UniqueConstraint(fields=["cycle", "code"], name="evaluationindicator_code_once"),
            models.CheckConstraint(
                name="evaluationindicator_at_most_twenty",
                condition=Q(position__gte=1, position__lte=INDICATORS_AT_MOST),
                violation_error_message=_("A cycle has at most twenty indicators."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="evaluationindicator_before_freezing",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=BEFORE_FREEZING.format(row="NEW"),
            ),
            pgtrigger.Trigger(
                name="evaluationindicator_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=BEFORE_FREEZING.format(row="OLD"),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class IndicatorValue(models.Model):
    """Measured once: for the network (""), a country ("AM") or a way ("AM>PL").

    `n` is of how many rows or events, `source` the hash of them. What comes after freezing has a note, and the value
    that was frozen stays beside it.
    """

    indicator = models.ForeignKey(EvaluationIndicator, models.CASCADE, related_name="values")
    scope = models.CharField(max_length=5, blank=True, validators=[RegexValidator(r"^([A-Z]{2}(>[A-Z]{2})?)?$")])
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    n = models.PositiveIntegerField()
    source = models.CharField(max_length=64)
    computed_at = models.DateTimeField(default=clock.now)
    note = models.CharField(_("why it is added"), max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "evaluation_value"
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        ordering = ["indicator", "scope", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "scope"], condition=Q(note=""), name="indicatorvalue_frozen_once"
            ),
            models.CheckConstraint(name="indicatorvalue_source_is_a_hash", condition=Q(source__regex="^[0-9a-f]{64}$")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="indicatorvalue_only_added_to",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_MEASURED,
            ),
            pgtrigger.Protect(
                name="indicatorvalue_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("indicator", "scope", "value", "n", "source", "computed_at", "note"),
            ),
            pgtrigger.Protect(name="indicatorvalue_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} · {self.scope}"
