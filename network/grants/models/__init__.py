"""Calls, applications, scores, grants and their reports."""

from network.grants.models.bids import GrantApplication, GrantBudgetLine, GrantIndicator, GrantOpinion
from network.grants.models.calls import GrantCall, GrantCriterion
from network.grants.models.grants import Grant, GrantCell, GrantReport, GrantReportFile, GrantTranche
from network.grants.models.scores import GrantConflict, GrantMark, GrantScore

__all__ = [
    "Grant",
    "GrantApplication",
    "GrantBudgetLine",
    "GrantCall",
    "GrantCell",
    "GrantConflict",
    "GrantCriterion",
    "GrantIndicator",
    "GrantMark",
    "GrantOpinion",
    "GrantReport",
    "GrantReportFile",
    "GrantScore",
    "GrantTranche",
]
