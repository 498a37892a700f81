"""What others do in the journey of an evaluation: answer as other members, and let the days of a survey pass."""

from __future__ import annotations

import datetime as dt

from core import clock
from network.decisions import services as decisions
from network.decisions.models import Body, Seat
from network.decisions.models.words import BodyKind, SeatKind
from network.evaluation import rights
from network.evaluation import services as evaluation
from network.evaluation.models import EvaluationCycle
from organizations.models import MembershipRole


def answer(public_id: str, number: int) -> int:
    """So many members that have no code yet say yes; how many have answered then."""
    row = EvaluationCycle.objects.get(public_id=public_id)
    silent = rights.asked().exclude(pk__in=row.handed.values("organization"))
    for house in silent.order_by("pk")[:number]:
        manager = house.memberships.filter(role=MembershipRole.MANAGER).select_related("user").earliest("pk").user
        code = evaluation.hand_out(actor=manager, cycle=row, organization=house)
        positions = row.asked.values_list("position", flat=True)
        evaluation.answer(cycle=row, code=code, said=dict.fromkeys(positions, "yes"))
    return row.used.count()


def end_survey(public_id: str) -> str:
    """Its last day was yesterday."""
    yesterday = clock.today() - dt.timedelta(days=1)
    EvaluationCycle.objects.filter(public_id=public_id).update(survey_until=yesterday)
    return yesterday.isoformat()


def meet() -> str:
    """A meeting of the assembly was held today; its id."""
    body = Body.objects.get(kind=BodyKind.ASSEMBLY)
    chair = Seat.objects.current().filter(body=body, kind=SeatKind.CHAIR).select_related("person").earliest("pk").person
    told = {"body": body, "held_on": clock.today(), "place": "онлайн", "agenda": ["Отчёт"]}
    row = decisions.call_meeting(actor=chair, **told)
    return decisions.write_minutes(actor=chair, meeting=row, said={1: "Обсудили."}, present=[]).public_id
