"""What was found, what is recommended, what was decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, NotAllowed, StaleWrite, WrongState
from core.languages import stored
from core.writing import assign, clean_text, one_write
from network.decisions.models import Decision
from network.evaluation import rights
from network.evaluation.models import FINDING, CycleState, EvaluationCycle, EvaluationIndicator, Finding, Recommendation
from network.evaluation.models.words import RecommendationState
from network.evaluation.services._inside import locked, need_runner

if TYPE_CHECKING:
    from accounts.models import User


def _need_standing(finding: Finding) -> None:
    if finding.withdrawn_at is not None:
        raise WrongState(_("This finding was withdrawn."))


def _need_open(cycle: EvaluationCycle) -> None:
    if cycle.state not in FINDING:
        raise WrongState(_("Findings are written after the freezing and before the report is adopted."))


@one_write
def find(
    *, actor: User, cycle: EvaluationCycle, text: str, text_en: str = "", indicator: EvaluationIndicator | None = None
) -> Finding:
    need_runner(actor)
    row = locked(cycle)
    _need_open(row)
    if indicator is not None and indicator.cycle_id != row.pk:
        raise HouseError(_("Choose an indicator of this cycle."), field="indicator")
    made = Finding(cycle=row, indicator=indicator, written_by=actor)
    assign(made, {"text": text, stored("text_en"): text_en}, allowed={"text"})
    made.full_clean(exclude=["cycle", "indicator", "written_by"])
    made.save()
    return made


@one_write
def correct(
    *,
    actor: User,
    finding: Finding,
    text: str,
    text_en: str = "",
    indicator: EvaluationIndicator | None = None,
    expected_version: int | None = None,
) -> Finding:
    """Other words, until the report is adopted; what was decided about keeps the words that were read."""
    need_runner(actor)
    cycle = locked(finding.cycle)
    _need_open(cycle)
    row = Finding.objects.select_for_update().get(pk=finding.pk)
    _need_standing(row)
    if any(one.state != RecommendationState.OPEN for one in row.recommendations.select_for_update()):
        raise WrongState(_("It has its answer already: its words stay. Write another finding."))
    if expected_version is not None and row.version != expected_version:
        raise StaleWrite(
            _("Somebody else has corrected it meanwhile. Please look at the page once more."), current=row, changed={}
        )
    if indicator is not None and indicator.cycle_id != cycle.pk:
        raise HouseError(_("Choose an indicator of this cycle."), field="indicator")
    row.indicator, row.version, row.updated_at = indicator, row.version + 1, clock.now()
    assign(row, {"text": text, stored("text_en"): text_en}, allowed={"text"})
    row.full_clean(exclude=["cycle", "indicator", "written_by"])
    row.save()
    return row


@one_write
def withdraw(*, actor: User, finding: Finding, reason: str) -> Finding:
    """It turned out wrong: it stays with its reason, and nothing follows from it any more. Until it is published."""
    need_runner(actor)
    cycle = locked(finding.cycle)
    if cycle.state == CycleState.PUBLISHED:
        raise WrongState(_("The report is published and stays as it is. Say it in the next cycle."))
    row = Finding.objects.select_for_update().get(pk=finding.pk)
    _need_standing(row)
    because = clean_text(reason)
    if not because:
        raise HouseError(_("Say why."), field="reason")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = clock.now(), actor, because
    row.version, row.updated_at = row.version + 1, row.withdrawn_at
    # Its words are not written again: those of an adopted report stay as they were read.
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because", "version", "updated_at"])
    return row


@one_write
def recommend(*, actor: User, finding: Finding, text: str, text_en: str = "") -> Recommendation:
    need_runner(actor)
    _need_open(locked(finding.cycle))
    _need_standing(Finding.objects.get(pk=finding.pk))
    made = Recommendation(finding=finding)
    assign(made, {"text": text, stored("text_en"): text_en}, allowed={"text"})
    made.full_clean(exclude=["finding"])
    made.save()
    return made


@one_write
def take_up(*, actor: User, recommendation: Recommendation, decision: Decision) -> Recommendation:
    """It was decided: by a decision of the network that was taken after the freezing."""
    row = _waiting(actor, recommendation)
    frozen_at = row.finding.cycle.frozen_at
    if frozen_at is not None and decision.decided_at < frozen_at:
        raise HouseError(_("This decision is older than the figures."), field="decision")
    row.state, row.decision = RecommendationState.DECIDED, decision
    return _kept(row)


@one_write
def decline(*, actor: User, recommendation: Recommendation, reason: str) -> Recommendation:
    row = _waiting(actor, recommendation)
    if not reason.strip():
        raise HouseError(_("Say why."), field="reason")
    row.state, row.reason = RecommendationState.DECLINED, " ".join(reason.split())
    return _kept(row)


def _waiting(actor: User, recommendation: Recommendation) -> Recommendation:
    if not rights.decides(actor):
        raise NotAllowed(_("Those who run the evaluation do this, or those who keep a body."))
    row = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if row.state != RecommendationState.OPEN:
        raise WrongState(_("It has its answer already."))
    _need_standing(row.finding)
    return row


def _kept(row: Recommendation) -> Recommendation:
    row.version, row.updated_at = row.version + 1, clock.now()
    row.full_clean(exclude=["finding", "decision"])
    row.save()
    return row
