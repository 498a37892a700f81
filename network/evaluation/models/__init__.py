"""Cycles, indicators and values; the survey; findings."""

from network.evaluation.models.cycles import (
    INDICATORS_AT_MOST,
    LEFT_DAYS,
    EvaluationCycle,
    EvaluationIndicator,
    IndicatorValue,
)
from network.evaluation.models.findings import Finding, Recommendation
from network.evaluation.models.survey import (
    QUESTIONS_AT_MOST,
    SHOWN_FROM,
    SurveyCount,
    SurveyHanded,
    SurveyQuestion,
    SurveyUsed,
)
from network.evaluation.models.words import (
    FINDING,
    OPEN_TO_MEMBERS,
    STANDING,
    CoreQuestion,
    CycleKind,
    CycleState,
    Direction,
    RecommendationState,
    SurveyAnswer,
)

__all__ = [
    "FINDING",
    "INDICATORS_AT_MOST",
    "LEFT_DAYS",
    "OPEN_TO_MEMBERS",
    "QUESTIONS_AT_MOST",
    "SHOWN_FROM",
    "STANDING",
    "CoreQuestion",
    "CycleKind",
    "CycleState",
    "Direction",
    "EvaluationCycle",
    "EvaluationIndicator",
    "Finding",
    "IndicatorValue",
    "Recommendation",
    "RecommendationState",
    "SurveyAnswer",
    "SurveyCount",
    "SurveyHanded",
    "SurveyQuestion",
    "SurveyUsed",
]
