"""What was found, what is recommended, what was decided about it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from core.constraints import Editable
from network.decisions.models import Decision
from network.evaluation.models.cycles import EvaluationCycle, EvaluationIndicator
from network.evaluation.models.words import FINDING, RecommendationState

_OPEN = ", ".join(f"'{state}'" for state in FINDING)
_WHILE_DISCUSSED = """
    IF NOT EXISTS (SELECT 1 FROM evaluation_cycle c WHERE c.id = NEW.cycle_id AND c.state IN ({open})) THEN
        RAISE EXCEPTION 'findings belong to a frozen cycle that is not adopted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND EXISTS (
        SELECT 1 FROM evaluation_recommendation r WHERE r.finding_id = NEW.id AND r.state <> 'open'
    ) THEN
        RAISE EXCEPTION 'a finding that has its answer keeps its words' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
""".replace("{open}", _OPEN)
_WITHDRAWN = """
    IF OLD.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'a finding that was withdrawn stays so' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM evaluation_cycle c WHERE c.id = NEW.cycle_id AND c.state = 'published') THEN
        RAISE EXCEPTION 'a published report stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
_OF_FINDING = """
    IF (TG_OP = 'INSERT' OR NEW.text IS DISTINCT FROM OLD.text OR NEW.i18n IS DISTINCT FROM OLD.i18n) AND NOT EXISTS (
        SELECT 1 FROM evaluation_cycle c JOIN evaluation_finding f ON f.cycle_id = c.id
        WHERE f.id = NEW.finding_id AND c.state IN ({open})
    ) THEN
        RAISE EXCEPTION 'an adopted report stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
""".replace("{open}", _OPEN)


@pghistory.track()
class Finding(Editable):
    """A sentence that the figures carry; about an indicator, or about all of them.

    One that turns out wrong is withdrawn with its reason, until the report is published: it stays, and says so.
    """

    cycle = models.ForeignKey(EvaluationCycle, models.PROTECT, related_name="findings")
    indicator = models.ForeignKey(EvaluationIndicator, models.PROTECT, null=True, blank=True, related_name="findings")
    text = models.CharField(_("what was found"), max_length=1000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_because = models.CharField(
        _("why it is withdrawn"), max_length=500, blank=True, default="", db_default=""
    )

    i18n = TranslationField(fields=("text",))

    class Meta:
        db_table = "evaluation_finding"
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["cycle", "pk"]
        constraints = [
            models.CheckConstraint(
                name="finding_withdrawn_with_its_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                violation_error_message=_("Say why."),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="finding_withdrawn_once",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("withdrawn_at", "withdrawn_because"),
                func=_WITHDRAWN,
            ),
            pgtrigger.Trigger(
                name="finding_while_it_is_discussed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("text", "i18n", "cycle_id", "indicator_id"),
                func=_WHILE_DISCUSSED,
            ),
            pgtrigger.Protect(name="finding_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.text[:60]


@pghistory.track()
class Recommendation(Editable):
    """What should be done; then the decision that took it up, or why it is not taken up."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="recommendations")
    text = models.CharField(_("what is recommended"), max_length=600)
    state = models.CharField(max_length=12, choices=RecommendationState.choices, default=RecommendationState.OPEN)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="recommendations")
    reason = models.CharField(_("why not"), max_length=500, blank=True)

    i18n = TranslationField(fields=("text",))

    class Meta:
        db_table = "evaluation_recommendation"
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["finding", "pk"]
        constraints = [
            models.CheckConstraint(
                name="recommendation_decided_by_a_decision",
                condition=Q(state="decided", decision__isnull=False) | (~Q(state="decided") & Q(decision__isnull=True)),
                violation_error_message=_("Choose the decision."),
            ),
            models.CheckConstraint(
                name="recommendation_declined_with_its_reason",
                condition=~Q(state="declined") | ~Q(reason=""),
                violation_error_message=_("Say why."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="recommendation_keeps_its_words",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_OF_FINDING,
            ),
            pgtrigger.Protect(name="recommendation_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.text[:60]
