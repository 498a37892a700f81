"""The one table of steps of an application, and the days that each state may last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from network.joining.models import Application
from network.joining.models.words import ENDED, ApplicationState

S = ApplicationState

#: step → states from which it leads, and the state that it leads to.
STEPS: Mapping[str, tuple[frozenset[str], ApplicationState]] = {
    "send": (frozenset({S.DRAFT}), S.SENT),
    "check": (frozenset({S.SENT}), S.CHECKING),
    "ask": (frozenset({S.CHECKING}), S.NEEDS_INFO),
    "answer": (frozenset({S.NEEDS_INFO}), S.CHECKING),
    "put_to_vote": (frozenset({S.CHECKING, S.VOTING}), S.VOTING),
    "accept": (frozenset({S.VOTING}), S.ACCEPTED),
    "decline": (frozenset({S.VOTING}), S.DECLINED),
    "complete": (frozenset({S.ACCEPTED}), S.MEMBER),
    "withdraw": (frozenset({S.DRAFT, S.SENT, S.CHECKING, S.NEEDS_INFO, S.VOTING, S.ACCEPTED}), S.WITHDRAWN),
}
#: How long a state lasts at most. What becomes of it then: drafts are deleted, unanswered questions close the
#: application, of the others the coordinators are reminded.
DAYS: Mapping[str, int] = {S.DRAFT: 60, S.SENT: 14, S.CHECKING: 45, S.NEEDS_INFO: 30, S.VOTING: 10, S.ACCEPTED: 90}


def move(row: Application, step: str) -> None:
    """WrongState when the step does not lead there from here, or the state has run out."""
    sources, target = STEPS[step]
    if row.stage not in sources:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": row.stage.label})
    enter(row, target)


def enter(row: Application, state: ApplicationState) -> None:
    now = clock.now()
    row.state, row.state_at = state, now
    row.due_at = None if state in ENDED else now + dt.timedelta(days=DAYS[state])
    row.version += 1
    row.updated_at = now
