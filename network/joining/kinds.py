"""Kinds of letters about membership to people with an account. Applicants have none: see `letters`."""

from __future__ import annotations

#: To the coordinators of the country: an application came, an answer came, a vote is over and waits for its words.
APPLICATION_CAME, APPLICATION_ANSWERED, APPLICATION_VOTED = (
    "application_came",
    "application_answered",
    "application_voted",
)
#: To the organisation that goes along with a newcomer; to the coordinators when the way in takes too long.
APPLICATION_MENTOR, APPLICATION_SLOW = "application_mentor", "application_slow"
#: In January to every member; to the coordinators when nobody has answered.
PARTICIPATION_ASKED, PARTICIPATION_SILENT = "participation_asked", "participation_silent"
#: To the organisation and to the administrators: it was suspended, or a suspension has lapsed.
STANDING_CHANGED = "standing_changed"
#: Somebody waits for what the reader does, or it comes too late by a day (ADR 0198): outside the six of a month.
WORK = frozenset(
    (
        *(APPLICATION_CAME, APPLICATION_ANSWERED, APPLICATION_VOTED, APPLICATION_SLOW, APPLICATION_MENTOR),
        STANDING_CHANGED,
    )
)
