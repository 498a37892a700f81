"""How the fictional network looks at itself: a frozen year that is spoken about, and one under way."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any

from accounts.models import User
from core import clock
from demonstration.life import Course
from network.decisions import services as decisions
from network.decisions.models import Body, Decision
from network.decisions.models.words import BodyKind
from network.evaluation import rounds
from network.evaluation import services as evaluation
from network.evaluation.models import CycleKind, EvaluationCycle, SurveyAnswer

#: What members answered last year: by house, in turns.
_ANSWERS = ("yes", "yes", "partly", "yes", "no", "yes", "partly", "yes", "cannot")
#: Number at the beginning, and the one that is wanted.
_AIMS = {
    "listings_fresh": (Decimal(60), Decimal(85)),
    "listings_level2": (Decimal(35), Decimal(60)),
    "days_to_confirm": (Decimal(12), Decimal(7)),
    "referrals_answered": (Decimal(70), Decimal(90)),
    "countries_coordinated": (Decimal(40), Decimal(80)),
    "members_reviewed": (Decimal(0), Decimal(50)),
    "people_trained": (Decimal(0), Decimal(20)),
    "decisions_in_time": (Decimal(50), Decimal(80)),
    "survey_map": (None, Decimal(70)),
}
_QUESTION = ("Хватает ли вам переводчиков?", "Do you have enough interpreters?")


class Evaluating:
    def __init__(self, life: Course, evaluator: User) -> None:
        self.managers, self.houses = life.people.managers, life.network.organizations
        self.chair = life.people.managers["dom-s-balkonom"]
        self.evaluator = evaluator
        self.today = clock.today()

    def tell(self) -> None:
        self._last_year()
        self._this_year()
        rounds.run_daily()

    # long: the story in its order
    def _last_year(self) -> None:
        """Frozen, with two findings; of what was recommended one thing was decided."""
        with self._ago(64):
            cycle = self._opened(
                starts_on=self._day(-430), ends_on=self._day(-66), survey_until=self._day(-50),
                questions="Стало ли проще найти, куда направить человека? Где путь обрывается?",
            )  # fmt: skip
        with self._ago(55):
            for number, slug in enumerate(sorted(self.houses)):
                self._answer(cycle, slug, _ANSWERS[number % len(_ANSWERS)])
        with self._ago(45):
            cycle = evaluation.freeze(actor=self.evaluator, cycle=cycle)
            told: dict[str, Any] = {"actor": self.evaluator, "cycle": cycle}
            first = evaluation.find(
                **told, indicator=cycle.indicators.get(code="countries_coordinated"),
                text="Координатор есть не в каждой стране, где работают участники.",
                text_en="Not every country in which members work has a coordinator.",
            )  # fmt: skip
            second = evaluation.find(
                **told, text="Карте верят, но о языках на ней сказано мало.",
                text_en="The map is trusted, but it says little about languages.",
            )  # fmt: skip
            advice = evaluation.recommend(
                actor=self.evaluator, finding=first, text="Найти координатора для Польши до весны.",
                text_en="Find a coordinator for Poland by spring.",
            )  # fmt: skip
            evaluation.recommend(
                actor=self.evaluator, finding=second, text="Спросить каждую организацию о языках приёма.",
                text_en="Ask every organisation in which languages it works.",
            )  # fmt: skip
            cycle = evaluation.discuss(actor=self.evaluator, cycle=cycle)
        with self._ago(30):
            evaluation.take_up(actor=self.chair, recommendation=advice, decision=self._decided())

    def _this_year(self) -> None:
        with self._ago(6):
            cycle = self._opened(
                starts_on=self._day(-65), ends_on=self._day(299), survey_until=self._day(21),
                questions="Отвечаем ли мы друг другу вовремя?", asked=[_QUESTION],
            )  # fmt: skip
        for slug in ("abrikosovaya-vetv", "zholty-tramvay"):
            self._answer(cycle, slug, SurveyAnswer.YES)

    def _opened(self, **fields: Any) -> EvaluationCycle:
        cycle = evaluation.plan(actor=self.evaluator, kind=CycleKind.YEAR, aims=_AIMS, **fields)
        return evaluation.open_cycle(actor=self.evaluator, cycle=cycle)

    def _answer(self, cycle: EvaluationCycle, slug: str, first: str) -> None:
        """The manager of the house, when it is a member; answers differ a little from question to question."""
        actor, house = self.managers[slug], self.houses[slug]
        if house.member_status != "member":
            return
        code = evaluation.hand_out(actor=actor, cycle=cycle, organization=house)
        said = {
            one.position: first if one.position % 3 else SurveyAnswer.YES for one in cycle.asked.order_by("position")
        }
        evaluation.answer(cycle=cycle, code=code, said=said)

    def _decided(self) -> Decision:
        """By a meeting of the assembly, with somebody who does it."""
        body = Body.objects.get(kind=BodyKind.ASSEMBLY)
        meeting = decisions.call_meeting(
            actor=self.chair, body=body, held_on=clock.today(), place="онлайн", agenda=["Что изменилось за год"]
        )
        decisions.write_minutes(actor=self.chair, meeting=meeting, said={1: "Обсудили показатели."}, present=[])
        slug = "zholty-tramvay"
        return decisions.decide(
            actor=self.chair, meeting=meeting, text="Найти координатора для Польши",
            organization=self.houses[slug], responsible=self.managers[slug], due_on=self._day(120),
        )  # fmt: skip

    def _day(self, days: int) -> dt.date:
        return self.today + dt.timedelta(days=days)

    def _ago(self, days: int) -> AbstractContextManager[None]:
        return clock.travel(clock.now() - dt.timedelta(days=days))
