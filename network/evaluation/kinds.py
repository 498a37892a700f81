"""Kinds of letters about evaluation."""

from __future__ import annotations

#: To managers of members: a survey is open; three days before its end to those who have taken no code.
SURVEY_INVITED, SURVEY_ENDS = "survey_invited", "survey_ends"
#: To coordinators and administrators: a cycle is frozen, its figures can be spoken about.
CYCLE_FROZEN = "cycle_frozen"
#: To managers of members: the report is adopted.
CYCLE_ADOPTED = "cycle_adopted"
#: Somebody waits for what the reader does, or it comes too late by a day (ADR 0198): outside the six of a month.
WORK = frozenset({SURVEY_INVITED, SURVEY_ENDS})
