"""Kinds of letters about volunteers."""

#: To the colleague who answers for a volunteer: something waits for their word; one a day at the most.
VOLUNTEER_BROUGHT = "volunteer_brought"
#: Somebody waits for what the reader does, or it comes too late by a day (ADR 0198): outside the six of a month.
WORK = frozenset({VOLUNTEER_BROUGHT})
