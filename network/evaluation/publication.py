"""The report for everybody: a paper of the network, in force from the decision that adopted it.

Rule: figures of the network as a whole, what was found and what was decided. No country, way, organisation or person
stands in it, and no number of people below five.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from core.phrasing.dates import days_in_words
from core.phrasing.numbers import in_figures
from network.decisions import services as decisions
from network.decisions.models.words import Audience, PaperKind
from network.evaluation import reporting
from network.evaluation.models import EvaluationCycle
from network.evaluation.models.words import RecommendationState
from verification.snapshots import texts

if TYPE_CHECKING:
    from accounts.models import User

#: In which languages the report is written.
LANGUAGES = RUSSIAN, ENGLISH = ("ru", "en")


def publish(actor: User, cycle: EvaluationCycle) -> None:
    """By whoever keeps the body that adopted it."""
    decision = cycle.adopted_by
    if decision is None:
        return
    titles = {}
    for code in LANGUAGES:
        with translation.override(code):
            titles[code] = _("What has changed: %(days)s") % {"days": days_in_words(cycle.starts_on, cycle.ends_on)}
    paper = decisions.add_document(
        actor=actor, body=decision.body, kind=PaperKind.REPORT, title=titles[RUSSIAN], title_en=titles[ENGLISH],
        audience=Audience.PUBLIC,
    )  # fmt: skip
    for code in LANGUAGES:
        number = None if code == RUSSIAN else 1
        version = decisions.add_version(
            actor=actor, document=paper, language=code, text=text_of(cycle, code), number=number
        )
        decisions.put_into_force(actor=actor, paper=version, decision=decision)


def text_of(cycle: EvaluationCycle, language: str) -> str:
    """The report as plain text."""
    with translation.override(language):
        parts = [_figures(cycle), *_findings(cycle, language)]
        parts.append(
            _("A number of people below five is not told. How each is measured stands in the network's report.")
        )
        return "\n\n".join(part for part in parts if part)


def _figures(cycle: EvaluationCycle) -> str:
    lines = []
    for one in reporting.told(cycle):
        if one.whole.value is None:
            continue
        value = f"{in_figures(float(one.whole.value), decimals=1)}{one.spec.unit}"
        aim = "" if one.row.target is None else _("wanted %(n)s") % {"n": in_figures(float(one.row.target), decimals=1)}
        rest = [f"{one.spec.n}: {in_figures(one.whole.n or 0)}", *([aim] if aim else [])]
        lines.append(f"{one.spec.name}: {value} ({', '.join(rest)})")
    return "\n".join(lines)


def _findings(cycle: EvaluationCycle, language: str) -> list[str]:
    found = []
    for finding in cycle.findings.filter(withdrawn_at=None).prefetch_related("recommendations"):
        lines = [_in(finding, language)]
        for one in finding.recommendations.exclude(state=RecommendationState.OPEN):
            lines.append(f"– {_in(one, language)} ({one.get_state_display()})")
        found.append("\n".join(lines))
    return found


def _in(row: object, language: str) -> str:
    said = texts(row, "text")  # type: ignore[arg-type]
    return said.get(language) or said.get(RUSSIAN) or ""
