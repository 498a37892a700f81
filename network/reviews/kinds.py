"""Kinds of letters about yearly reviews."""

from __future__ import annotations

#: To the organisation: its review begins; the reviewer sees something differently; it is agreed.
REVIEW_BEGINS, REVIEW_DISPUTED, REVIEW_AGREED = "review_begins", "review_disputed", "review_agreed"
#: To the organisation that is asked to look, and to the third that decides.
REVIEW_PEER, REVIEW_THIRD = "review_peer", "review_third"
#: To whoever has the next step, when its day is past; to the organisation when an action is late.
REVIEW_LATE, REVIEW_ACTION_LATE = "review_late", "review_action_late"
#: Somebody waits for what the reader does, or it comes too late by a day (ADR 0198): outside the six of a month.
WORK = frozenset({REVIEW_BEGINS, REVIEW_PEER, REVIEW_THIRD, REVIEW_DISPUTED, REVIEW_LATE})
