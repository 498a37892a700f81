"""The one table of steps of an application, and the days that each state may last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from network.grants.models import GrantApplication
from network.grants.models.words import BidState

S = BidState
_SENT = frozenset({S.SENT, S.ELIGIBLE, S.NEEDS_INFO, S.SCORED})
#: step → states from which it leads, and the state that it leads to.
STEPS: Mapping[str, tuple[frozenset[BidState], BidState]] = {
    "write": (frozenset({S.DRAFT}), S.DRAFT),
    "send": (frozenset({S.DRAFT}), S.SENT),
    "take": (frozenset({S.SENT}), S.ELIGIBLE),
    "refuse": (frozenset({S.SENT}), S.NOT_ELIGIBLE),
    "ask": (frozenset({S.ELIGIBLE}), S.NEEDS_INFO),
    "answer": (frozenset({S.NEEDS_INFO}), S.ELIGIBLE),
    "score": (frozenset({S.ELIGIBLE, S.NEEDS_INFO}), S.ELIGIBLE),
    "scored": (frozenset({S.ELIGIBLE, S.NEEDS_INFO}), S.SCORED),
    "unscored": (frozenset({S.SCORED}), S.ELIGIBLE),
    "put": (frozenset({S.SCORED}), S.VOTING),
    "undecided": (frozenset({S.VOTING}), S.SCORED),
    "grant": (frozenset({S.VOTING, S.RESERVE}), S.GRANTED),
    "conditions": (frozenset({S.VOTING}), S.CONDITIONS),
    "reserve": (frozenset({S.VOTING}), S.RESERVE),
    "decline": (frozenset({S.VOTING}), S.DECLINED),
    "agree": (frozenset({S.GRANTED, S.CONDITIONS}), S.AGREED),
    "withdraw": (frozenset({S.DRAFT, *_SENT, S.VOTING, S.GRANTED, S.CONDITIONS, S.RESERVE}), S.WITHDRAWN),
}
#: How long a state may last. But for a question and a reserve nothing ends by its day: late ones stand on the desk.
DAYS: Mapping[BidState, int] = {
    S.SENT: 14,
    S.ELIGIBLE: 21,
    S.NEEDS_INFO: 7,
    S.SCORED: 14,
    S.GRANTED: 30,
    S.CONDITIONS: 60,
    S.RESERVE: 180,
}
#: After the end of a vote so many days remain to write down what came of it.
WRITE_DOWN_DAYS = 7


def move(row: GrantApplication, step: str) -> None:
    """WrongState when the step does not lead there from here."""
    sources, target = STEPS[step]
    stage = row.stage
    if stage not in sources:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": stage.label})
    if target != row.state:
        row.due_on = clock.today() + dt.timedelta(days=DAYS[target]) if target in DAYS else None
    row.state = target
    touch(row)


def touch(row: GrantApplication) -> None:
    row.version += 1
    row.updated_at = clock.now()
