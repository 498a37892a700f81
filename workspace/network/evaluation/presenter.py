"""Evaluation in words."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import clock
from core.geo.countries import country_name
from core.phrasing.dates import day_in_words, days_in_words, moment_in_words
from core.phrasing.numbers import in_figures
from core.phrasing.sentences import one_to_another
from core.spelling.collation import reading_key
from network.evaluation import reporting
from network.evaluation import services as evaluation
from network.evaluation.indicators import SPECS, DeclaredTask
from network.evaluation.models import CycleState, EvaluationCycle, Finding, Recommendation, SurveyAnswer
from network.evaluation.models.words import RecommendationState
from network.evaluation.reporting import IndicatorTold, ValueTold
from network.gaps.models import GapSnapshot
from network.gaps.models.words import CellState
from workspace.shared.texts import worded

TONES = {
    CycleState.PLANNED: "",
    CycleState.COLLECTING: "accent",
    CycleState.FROZEN: "warn",
    CycleState.DISCUSSED: "warn",
    CycleState.ADOPTED: "ok",
    CycleState.PUBLISHED: "ok",
}
RECOMMENDATION_TONES = {
    RecommendationState.OPEN: "warn",
    RecommendationState.DECIDED: "ok",
    RecommendationState.DECLINED: "stale",
}


def period_of(cycle: EvaluationCycle) -> str:
    return days_in_words(cycle.starts_on, cycle.ends_on)


def line_of(cycle: EvaluationCycle) -> dict[str, Any]:
    """One cycle in a list."""
    return {
        "row": cycle,
        "period": period_of(cycle),
        "kind": cycle.get_kind_display(),
        "stage": cycle.get_state_display(),
        "tone": TONES[CycleState(cycle.state)],
        "due": day_in_words(cycle.due_on) if cycle.due_on else "",
        "survey_until": day_in_words(cycle.survey_until) if cycle.is_asking and cycle.survey_until else "",
        "freezes_from": day_in_words(cycle.freezes_from) if cycle.freezes_from > clock.today() else "",
    }


def number_of(value: Decimal | None) -> str:
    return "" if value is None else in_figures(float(value), decimals=1)


def scope_name(scope: str) -> str:
    """“Armenia”, “Armenia → Poland”, or the network."""
    return one_to_another(*map(country_name, scope.split(">"))) if scope else _("The network")


def value_told(one: ValueTold, unit: str) -> dict[str, Any]:
    """`value` is what stands in the table: a number, «<5», or that there was nothing to measure."""
    words = f"{number_of(one.value)}{unit}"
    if one.is_later:
        words = pgettext("evaluation", "after the freezing")
    elif one.is_hidden:
        words = _("hidden")
    elif one.value is None:
        words = _("no data")
    return {
        "scope": scope_name(one.scope),
        "value": words,
        "n": n_told(one),
        "computed": moment_in_words(one.computed_at),
        "source": one.source,
        "note": one.note,
        "is_hidden": one.is_hidden,
        "is_later": one.is_later,
    }


def n_told(one: ValueTold) -> str:
    """“12”, “<5”, or “–” before the freezing, and where another cycle would give it away."""
    if one.is_later or one.is_beside:
        return "–"
    return f"<{reporting.LEAST}" if one.n is None else in_figures(one.n)


def indicator_told(one: IndicatorTold) -> dict[str, Any]:
    unit = one.spec.unit
    parts = sorted(one.parts, key=lambda part: reading_key(scope_name(part.scope)))
    return {
        "code": one.row.code,
        "name": str(one.spec.name),
        "means": str(one.spec.means),
        "of": str(one.spec.n),
        "direction": one.row.get_direction_display(),
        "formula": one.row.formula,
        "baseline": number_of(one.row.baseline),
        "target": number_of(one.row.target),
        "is_reached": one.is_reached,
        "unit": unit,
        "whole": value_told(one.whole, unit),
        "parts": [value_told(part, unit) for part in parts],
        "added": [value_told(part, unit) for part in one.added],
    }


def by_task(cycle: EvaluationCycle) -> list[dict[str, Any]]:
    """Indicators under the promise of the declaration that they serve."""
    told = [(one.spec.task, indicator_told(one)) for one in reporting.told(cycle)]
    rows = [{"name": task.label, "rows": [one for own, one in told if own == task]} for task in DeclaredTask]
    return [part for part in rows if part["rows"]]


def survey_told(cycle: EvaluationCycle) -> list[dict[str, Any]]:
    """Sums of each question, once nobody can answer any more."""
    found = []
    for question, sums in evaluation.heard(cycle):
        answers = [(label, in_figures(sums.get(code, 0))) for code, label in SurveyAnswer.choices] if sums else []
        found.append({"text": question_words(question), "answers": answers, "sums": sums})
    return found


def question_words(question: Any) -> str:
    return str(question.get_code_display()) if question.code else worded(question, "text")


def findings_told(cycle: EvaluationCycle) -> list[dict[str, Any]]:
    rows = cycle.findings.select_related("cycle", "indicator").prefetch_related("recommendations__decision")
    return [
        {
            "row": row,
            "text": worded(row, "text"),
            "indicator": str(SPECS[row.indicator.code].name) if row.indicator else "",
            "recommendations": [_recommended(one, row) for one in row.recommendations.all()],
            "correction": None,
            "withdrawn": day_in_words(row.withdrawn_at.date()) if row.withdrawn_at else "",
            "because": row.withdrawn_because,
        }
        for row in rows
    ]


def _recommended(one: Recommendation, finding: Finding) -> dict[str, Any]:
    falls_away = finding.withdrawn_at is not None and one.state == RecommendationState.OPEN
    return {
        "row": one,
        "text": worded(one, "text"),
        "stage": pgettext("recommendation", "Falls away") if falls_away else one.get_state_display(),
        "tone": "stale" if falls_away else RECOMMENDATION_TONES[RecommendationState(one.state)],
        "decision": one.decision,
        "reason": one.reason,
    }


def gaps_told(cycle: EvaluationCycle) -> dict[str, Any] | None:
    """The matrix of the last quarter that was kept by the end of the period: how many kinds of help, by country."""
    kept = GapSnapshot.objects.filter(quarter__lte=cycle.ends_on).order_by("-quarter").first()
    if kept is None:
        return None
    states = list(CellState)
    rows = []
    for country in sorted(kept.countries, key=lambda code: reading_key(country_name(code))):
        sums = Counter(kept.states.get(f"{kind}|{country}|", CellState.UNKNOWN) for kind in kept.kinds)
        rows.append((country_name(country), [sums[state] for state in states]))
    return {"day": day_in_words(kept.quarter), "head": [state.label for state in states], "rows": rows}
