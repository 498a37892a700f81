"""Two cycles of evaluation: a light one early, a year with its survey later. Frozen, computed anew, spoken about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection

from accounts.models import NetworkRole
from core import clock
from network.decisions import services as decisions
from network.decisions.models import Decision
from network.evaluation import rights
from network.evaluation import services as evaluation
from network.evaluation.models import EvaluationCycle, SurveyAnswer
from verification.tests import scenarios

if TYPE_CHECKING:
    from accounts.models import User
    from simulation.network.year import NetworkYear, Story


def stories(year: NetworkYear) -> Iterator[tuple[float, Story]]:
    """The light one fits into the weeks; the year's survey is in autumn, its figures are frozen in the last weeks."""
    yield year.dice.uniform(2, 3), a_light_one(year)
    yield year.dice.uniform(280, 285), a_year(year)


def hashes_equal() -> bool | None:
    """Every frozen cycle against the rows of today, and against its own values; None where none is frozen."""
    rows = list(EvaluationCycle.objects.exclude(frozen_at=None))
    same = (evaluation.recomputed_hash(row) == evaluation.frozen_hash(row) == row.frozen_hash for row in rows)
    return all(same) if rows else None


def a_light_one(year: NetworkYear) -> Story:
    """Twenty days without a survey; what is frozen cannot be changed afterwards, by services or by hand."""
    evaluator = scenarios.person(None, "", NetworkRole.EVALUATOR)
    first = clock.today()
    cycle = evaluation.plan(
        actor=evaluator, kind="half", starts_on=first - dt.timedelta(days=2), ends_on=first + dt.timedelta(days=20)
    )
    cycle = evaluation.open_cycle(actor=evaluator, cycle=cycle)
    yield 15
    year.refused("freezing before the end", lambda: evaluation.freeze(actor=evaluator, cycle=cycle))
    year.refused("freezing by a manager", lambda: evaluation.freeze(actor=year.people.manager(0), cycle=cycle))
    yield 7
    cycle = _frozen(year, evaluator, cycle)
    yield 6
    _compared(year, cycle)


# long: the year in its order
def a_year(year: NetworkYear) -> Story:
    evaluator = scenarios.person(None, "", NetworkRole.EVALUATOR)
    first = clock.today()
    told: dict[str, Any] = {"actor": evaluator}
    half = EvaluationCycle.objects.filter(kind="half").first()
    if half is not None:
        cut: dict[str, Any] = {"kind": "year", "starts_on": half.ends_on, "ends_on": first, "survey_until": first}
        year.refused("a year that cuts half a year", lambda: evaluation.plan(**told, **cut))
    cycle = evaluation.plan(
        **told, kind="year", starts_on=first - dt.timedelta(days=255), ends_on=first + dt.timedelta(days=20),
        survey_until=first + dt.timedelta(days=21), asked=[("Хватает ли переводчиков?", "Enough interpreters?")],
    )  # fmt: skip
    cycle = evaluation.open_cycle(**told, cycle=cycle)
    yield 5
    _answers(year, cycle)
    yield 18
    year.refused("an answer after the end", lambda: _take(year, cycle, 0))
    cycle = _frozen(year, evaluator, cycle)
    yield 3
    late: dict[str, Any] = {"cycle": cycle, "code": "decisions_in_time", "value": Decimal(50), "n": 2}
    year.refused("a value without a note", lambda: evaluation.add_value(**told, **late, note=""))
    evaluation.add_value(**told, **late, note="Протокол нашёлся позже")
    finding = evaluation.find(**told, cycle=cycle, text="Отвечаем не всегда")
    advice = evaluation.recommend(**told, finding=finding, text="Договориться о дежурстве")
    old = Decision.objects.order_by("decided_at").first()
    if old is not None:
        year.refused("an old decision", lambda: evaluation.take_up(**told, recommendation=advice, decision=old))
    cycle = evaluation.discuss(**told, cycle=cycle)
    yield 8
    decision = _decided(year)
    evaluation.take_up(actor=year.people.made.chair, recommendation=advice, decision=decision)
    cycle = evaluation.adopt(**told, cycle=cycle, decision=decision)
    year.refused("a finding after it is adopted", lambda: evaluation.find(**told, cycle=cycle, text="Поздно"))
    evaluation.publish(actor=year.people.made.chair, cycle=cycle)
    year.count("evaluations_published")
    yield 10
    _compared(year, cycle)


def _answers(year: NetworkYear, cycle: EvaluationCycle) -> None:
    """Six houses answer; one tries twice, one with another's code, one by hand."""
    used = ""
    for number in range(6):
        used = _take(year, cycle, number)
        _say(cycle, used, year.dice.choice(SurveyAnswer.values))
        year.count("survey_answers")
    year.refused("a second code", lambda: _take(year, cycle, 0))
    year.refused("a code used twice", lambda: _say(cycle, used, "yes"))
    year.refused("a code of nobody", lambda: _say(cycle, "aaaaaaaaaa-0000000000", "yes"))
    year.refused("an answer by hand", lambda: _by_hand("UPDATE evaluation_count SET n = n + 1"))


def _take(year: NetworkYear, cycle: EvaluationCycle, number: int) -> str:
    """The code of a house that is a member today, by its manager."""
    house = [one for one in rights.asked() if one.pk in year.people.managers][number]
    return evaluation.hand_out(actor=year.people.managers[house.pk], cycle=cycle, organization=house)


def _say(cycle: EvaluationCycle, code: str, answer: str) -> None:
    positions = cycle.asked.values_list("position", flat=True)
    evaluation.answer(cycle=cycle, code=code, said=dict.fromkeys(positions, answer))


def _frozen(year: NetworkYear, evaluator: User, cycle: EvaluationCycle) -> EvaluationCycle:
    cycle = evaluation.freeze(actor=evaluator, cycle=cycle)
    year.count("evaluations_frozen")
    year.refused("a second freezing", lambda: evaluation.freeze(actor=evaluator, cycle=cycle))
    for what in (
        "UPDATE evaluation_value SET value = 100",
        "DELETE FROM evaluation_value",
        "UPDATE evaluation_indicator SET target = 1",
        "UPDATE evaluation_cycle SET state = 'collecting'",
        *(["UPDATE evaluation_count SET n = n + 1"] if cycle.survey_until else []),
    ):
        year.refused(what, lambda what=what: _by_hand(what))  # type: ignore[misc]  # a default is no argument
    return cycle


def _by_hand(text: str) -> None:
    """What touches no row would be refused by nobody: then there is nothing to refuse."""
    with connection.cursor() as cursor:
        cursor.execute(text)
        if cursor.rowcount == 0:
            raise LookupError(text)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _compared(year: NetworkYear, cycle: EvaluationCycle) -> None:
    if list(evaluation.changed(cycle)):
        year.count("evaluations_changed")
    year.count("evaluations_recomputed")


def _decided(year: NetworkYear) -> Decision:
    made: Any = year.people.made
    meeting = decisions.call_meeting(
        actor=made.chair, body=made.assembly, held_on=clock.today(), place="онлайн", agenda=["Отчёт"]
    )
    decisions.write_minutes(actor=made.chair, meeting=meeting, said={1: "Обсудили"}, present=[])
    return decisions.decide(actor=made.chair, meeting=meeting, text="Принять отчёт и договориться о дежурстве")
