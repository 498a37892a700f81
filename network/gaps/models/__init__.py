"""Gaps with their steps, words that something is not there, and the matrix as it was each quarter."""

from network.gaps.models.absences import AbsenceCheck
from network.gaps.models.gaps import HOLDS_DAYS, Gap, GapStep
from network.gaps.models.snapshots import GapSnapshot
from network.gaps.models.words import AT_WORK, LIVE, SIGNS, WEAKER, CellState, GapState, Priority, StepKind

__all__ = [
    "AT_WORK",
    "HOLDS_DAYS",
    "LIVE",
    "SIGNS",
    "WEAKER",
    "AbsenceCheck",
    "CellState",
    "Gap",
    "GapSnapshot",
    "GapState",
    "GapStep",
    "Priority",
    "StepKind",
]
