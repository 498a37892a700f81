"""The one table of steps of a review, and the days that each state may last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from network.reviews.models import YearlyReview
from network.reviews.models.words import YearlyState

S = YearlyState
#: step → states from which it leads, and the state that it leads to.
STEPS: Mapping[str, tuple[frozenset[str], YearlyState]] = {
    "write": (frozenset({S.SELF}), S.SELF),
    "send": (frozenset({S.SELF}), S.PEER),
    "look": (frozenset({S.PEER}), S.PEER),
    "dispute": (frozenset({S.PEER}), S.DISPUTED),
    "agree": (frozenset({S.PEER, S.DISPUTED}), S.AGREED),
    "drop": (frozenset({S.PLANNED, S.SELF, S.PEER, S.DISPUTED}), S.DROPPED),
}
#: How long a state may last. Nothing ends by its day: late ones stand on the desk, and letters are written.
DAYS: Mapping[str, int] = {S.SELF: 21, S.PEER: 30, S.DISPUTED: 21}


def move(row: YearlyReview, step: str) -> None:
    """WrongState when the step does not lead there from here."""
    sources, target = STEPS[step]
    if row.stage not in sources:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": row.stage.label})
    if row.state != target and target in DAYS and row.stage != target:
        row.due_on = clock.today() + dt.timedelta(days=DAYS[target])
    elif target not in DAYS:
        row.due_on = None
    row.state = target
    row.version += 1
    row.updated_at = clock.now()
