"""The table of steps of a cycle, and the days of each state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from core.errors import WrongState
from network.evaluation.models import CycleState, EvaluationCycle

S = CycleState
STEPS: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "open": (frozenset({S.PLANNED}), S.COLLECTING),
    "freeze": (frozenset({S.COLLECTING}), S.FROZEN),
    "discuss": (frozenset({S.FROZEN}), S.DISCUSSED),
    "adopt": (frozenset({S.DISCUSSED}), S.ADOPTED),
    "publish": (frozenset({S.ADOPTED}), S.PUBLISHED),
}
#: Days until the next step.
DAYS: Final[Mapping[str, int]] = {S.FROZEN: 30, S.DISCUSSED: 45, S.ADOPTED: 14}


def move(row: EvaluationCycle, step: str) -> None:
    """Set the state that the step leads to; WrongState when it does not lead there from here."""
    sources, target = STEPS[step]
    if row.state not in sources:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": CycleState(row.state).label})
    row.state = target
