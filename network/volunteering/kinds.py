"""Kinds of letters about volunteers."""

#: To the colleague who answers for a volunteer: something waits for their word; one a day at the most.
VOLUNTEER_BROUGHT = "volunteer_brought"
