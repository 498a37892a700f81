"""Kinds of letters about decisions. They say that there is something, and lead to the login."""

from __future__ import annotations

#: To those who have a voice: a vote was announced, its end is near, it is over.
VOTE_ANNOUNCED, VOTE_ENDS_SOON, VOTE_OVER = "vote_announced", "vote_ends_soon", "vote_over"
#: To the council: an objection for safety waits for an answer.
VOTE_OBJECTED = "vote_objected"
#: To whoever does it: something was decided, its day has passed.
DECISION_GIVEN, DECISION_LATE = "decision_given", "decision_late"
#: Somebody waits for what the reader does, or it comes too late by a day (ADR 0198): outside the six of a month.
WORK = frozenset({VOTE_ANNOUNCED, VOTE_ENDS_SOON, VOTE_OBJECTED, DECISION_GIVEN, DECISION_LATE})
