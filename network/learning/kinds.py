"""Kinds of letters about learning."""

from __future__ import annotations

#: To whoever offered: a coordinator approved it, or returned it with a reason.
LEARNING_APPROVED, LEARNING_RETURNED = "learning_approved", "learning_returned"
#: To whoever comes: there is a place; another day or place; it is cancelled; three questions.
TRAINING_INVITED, TRAINING_CHANGED = "training_invited", "training_changed"
TRAINING_CANCELLED, TRAINING_ASKED = "training_cancelled", "training_asked"
#: Somebody waits for what the reader does, or it comes too late by a day (ADR 0198): outside the six of a month.
WORK = frozenset({LEARNING_RETURNED, TRAINING_INVITED, TRAINING_CHANGED, TRAINING_CANCELLED})
