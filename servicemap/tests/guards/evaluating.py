"""Evaluation in the small world: a frozen year with findings, and what members answered, in words that few may read.

`тайникответов` stands in a question of the survey: while it is frozen and not adopted, only those read it who read its
figures.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import NetworkRole, User
from core import clock
from network.evaluation import services as evaluation
from network.evaluation.models import EvaluationCycle
from organizations.models import Organization
from verification.tests import scenarios

#: What is asked and found before a report is adopted.
SECRET = "тайникответов"


def evaluated(editor: User, own: Organization, number: int = 0) -> dict[str, Any]:
    """Opened forty days ago, answered by the editor for `own`, frozen, with a finding and a recommendation."""
    evaluator = scenarios.person(None, "", NetworkRole.EVALUATOR)
    today = clock.today()
    back = 366 * number  # two years have no day in common
    days = {"starts_on": today - dt.timedelta(days=400 + back), "ends_on": today - dt.timedelta(days=35 + back)}
    with clock.travel(clock.now() - dt.timedelta(days=30)):
        row = evaluation.plan(
            actor=evaluator, kind="year", survey_until=today - dt.timedelta(days=20), questions="Что нового?",
            asked=[(f"{SECRET}?", f"{SECRET}?")], **days,
        )  # fmt: skip
        row = evaluation.open_cycle(actor=evaluator, cycle=row)
    with clock.travel(clock.now() - dt.timedelta(days=25)):
        _answered(editor, own, row)
    with clock.travel(clock.now() - dt.timedelta(days=10)):
        row = evaluation.freeze(actor=evaluator, cycle=row)
        finding = evaluation.find(actor=evaluator, cycle=row, text=f"{SECRET} в выводе")
        evaluation.recommend(actor=evaluator, finding=finding, text=f"{SECRET} в рекомендации")
    return {"cycle": row}


def _answered(editor: User, own: Organization, row: EvaluationCycle) -> None:
    code = evaluation.hand_out(actor=editor, cycle=row, organization=own)
    positions = row.asked.values_list("position", flat=True)
    evaluation.answer(cycle=row, code=code, said=dict.fromkeys(positions, "no"))
