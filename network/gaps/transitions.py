"""The one table of steps of a gap. That a gap is over is no step: its sixty days have passed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from core.errors import WrongState
from network.gaps.models import LIVE, Gap, GapState

S = GapState
_LIVE = frozenset(LIVE)
STEPS: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "open": (frozenset({S.PROPOSED}), S.OPEN),
    "plan": (frozenset({S.PROPOSED, S.OPEN, S.IN_WORK, S.ACCEPTED}), S.IN_WORK),
    "put_off": (frozenset({S.PROPOSED, S.OPEN, S.IN_WORK, S.ACCEPTED}), S.ACCEPTED),
    "drop": (_LIVE, S.DROPPED),
    "reopen": (frozenset({S.ACCEPTED, S.DROPPED}), S.OPEN),
}


def move(gap: Gap, step: str) -> None:
    """Set the state that the step leads to; WrongState when it does not lead there from here."""
    sources, target = STEPS[step]
    if gap.state not in sources or gap.is_over:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": gap.stage.label})
    gap.state = target
