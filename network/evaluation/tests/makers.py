"""A network with an evaluator, and a cycle of last year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from accounts.models import NetworkRole
from core import clock
from messaging.models import Message
from network.decisions import services as decisions
from network.decisions.models import Body, Decision
from network.decisions.tests.makers import Network, network
from network.evaluation import rounds
from network.evaluation import services as evaluation
from network.evaluation.models import EvaluationCycle, SurveyAnswer
from network.grants.tests.makers import beside
from organizations.models import MembershipRole
from verification.tests import scenarios

DAY = dt.timedelta(days=1)


class Year:
    """Members with managers, an evaluator of none of them, a cycle of the twelve months before `ends_on`."""

    def __init__(self, made: Network | None = None, *, size: int = 7, survey_days: int = 20) -> None:
        self.made = made or (beside(size) if Body.objects.exists() else network(size))
        self.evaluator = scenarios.person(None, "", NetworkRole.EVALUATOR)
        today = clock.today()
        self.starts_on, self.ends_on = today - 365 * DAY, today - DAY
        self.survey_until = today + survey_days * DAY
        self.cycle: EvaluationCycle

    def planned(self, **fields: Any) -> EvaluationCycle:
        values = {
            "kind": "year", "starts_on": self.starts_on, "ends_on": self.ends_on, "survey_until": self.survey_until,
            "questions": "Стало ли легче?",
        } | fields  # fmt: skip
        self.cycle = evaluation.plan(actor=self.evaluator, **values)
        return self.cycle

    def opened(self, **fields: Any) -> EvaluationCycle:
        self.cycle = evaluation.open_cycle(actor=self.evaluator, cycle=self.planned(**fields))
        return self.cycle

    def answered(self, number: int, answer: str = SurveyAnswer.YES) -> str:
        """The manager of this house takes its code and uses it; the code."""
        code = evaluation.hand_out(
            actor=self.made.managers[number], cycle=self.cycle, organization=self.made.houses[number]
        )
        self.said(code, answer)
        return code

    def said(self, code: str, answer: str = SurveyAnswer.YES) -> None:
        positions = self.cycle.asked.values_list("position", flat=True)
        evaluation.answer(cycle=self.cycle, code=code, said=dict.fromkeys(positions, answer))

    def frozen(self) -> EvaluationCycle:
        """On the day after the survey."""
        self.cycle = evaluation.freeze(actor=self.evaluator, cycle=self.cycle)
        return self.cycle

    def decided(self, text: str = "Звонить чаще") -> Decision:
        """A decision of a meeting that was held today."""
        meeting = decisions.call_meeting(
            actor=self.made.administrator,
            body=self.made.assembly,
            held_on=clock.today(),
            place="онлайн",
            agenda=["Отчёт"],
        )
        decisions.write_minutes(actor=self.made.administrator, meeting=meeting, said={1: "Обсудили"}, present=[])
        return decisions.decide(actor=self.made.administrator, meeting=meeting, text=text)


def lived_through(start: dt.datetime, said: str) -> Iterator[None]:
    """A survey, its last days, the freezing, the report; after each step, for a step ends what was told before."""
    with clock.travel(start + dt.timedelta(hours=3)):
        year = Year(size=4)
        for house in year.made.houses:
            scenarios.person(house, MembershipRole.EDITOR)
        year.opened(questions=said, asked=[(said, said)])
        yield
    with clock.travel(start + dt.timedelta(days=18)):
        year.answered(0)
        rounds.run_daily()
        yield
    with clock.travel(start + dt.timedelta(days=22)):
        year.frozen()
        yield
        finding = evaluation.find(actor=year.evaluator, cycle=year.cycle, text=said)
        evaluation.recommend(actor=year.evaluator, finding=finding, text=said)
        evaluation.discuss(actor=year.evaluator, cycle=year.cycle)
        evaluation.adopt(actor=year.evaluator, cycle=year.cycle, decision=year.decided(said))
        yield


def letters(start: dt.datetime, said: str, written_of: Callable[[Any], dict[str, list[str]]]) -> dict[str, list[str]]:
    """All letters of it, by kind, as `written_of` writes the rows; none of them is left."""
    written: dict[str, list[str]] = {}
    rows = Message.objects.filter(kind__regex="^(survey|cycle)_")
    for _step in lived_through(start, said):
        for kind, texts in written_of(rows.all()).items():
            written.setdefault(kind, []).extend(texts)
    rows.delete()
    return written
