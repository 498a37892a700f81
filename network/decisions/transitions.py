"""The one table of steps of votes, meetings and decisions. That a vote is over is no step: its end has come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from network.decisions.models import Decision, Meeting, Vote
from network.decisions.models.words import DecisionState, MeetingState, VoteState

RowT = TypeVar("RowT", Vote, Meeting, Decision)
Steps = Mapping[str, tuple[frozenset[str], str]]

#: step → states from which it leads, and the state that it leads to.
VOTE_STEPS: Steps = {
    "announce": (frozenset({VoteState.DRAFT}), VoteState.OPEN),
    "cancel": (frozenset({VoteState.DRAFT, VoteState.OPEN}), VoteState.CANCELLED),
}
MEETING_STEPS: Steps = {
    "hold": (frozenset({MeetingState.PLANNED, MeetingState.HELD}), MeetingState.HELD),
    "call_off": (frozenset({MeetingState.PLANNED}), MeetingState.CANCELLED),
}
DECISION_STEPS: Steps = {
    "finish": (frozenset({DecisionState.OPEN}), DecisionState.DONE),
    "drop": (frozenset({DecisionState.OPEN}), DecisionState.DROPPED),
    "reopen": (frozenset({DecisionState.DONE, DecisionState.DROPPED}), DecisionState.OPEN),
}


def move_vote(vote: Vote, step: str) -> None:
    """WrongState when the step does not lead there from here; after its end a vote cannot be called off."""
    if vote.is_over:
        raise WrongState(_("This vote is over."))
    _move(vote, step, VOTE_STEPS)


def move_meeting(meeting: Meeting, step: str) -> None:
    _move(meeting, step, MEETING_STEPS)


def move_decision(decision: Decision, step: str) -> None:
    _move(decision, step, DECISION_STEPS)


def _move(row: RowT, step: str, table: Steps) -> None:
    sources, target = table[step]
    if row.state not in sources:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": row.get_state_display()})
    row.state = target
    row.version += 1
    row.updated_at = clock.now()
