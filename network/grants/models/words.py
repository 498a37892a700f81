"""The words of small grants as they are used inside. What applicants are told of a state stands in `grants.stages`."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class GrantCallState(models.TextChoices):
    """What people did to a call. That it is over is told by its end alone."""

    DRAFT = "draft", pgettext_lazy("call for grants", "Being prepared")
    ANNOUNCED = "announced", pgettext_lazy("call for grants", "Announced")
    CALLED_OFF = "called_off", pgettext_lazy("call for grants", "Called off")


class BidState(models.TextChoices):
    """An application for a grant."""

    DRAFT = "draft", pgettext_lazy("application for a grant", "Draft")
    #: Only by the clock: the end of the call came before it was sent.
    MISSED = "missed", pgettext_lazy("application for a grant", "Not sent in time")
    SENT = "sent", pgettext_lazy("application for a grant", "To be screened")
    NOT_ELIGIBLE = "not_eligible", pgettext_lazy("application for a grant", "Does not fit the call")
    ELIGIBLE = "eligible", pgettext_lazy("application for a grant", "To be scored")
    NEEDS_INFO = "needs_info", pgettext_lazy("application for a grant", "Asked something")
    SCORED = "scored", pgettext_lazy("application for a grant", "Scored, to be put to the vote")
    VOTING = "voting", pgettext_lazy("application for a grant", "The committee votes")
    GRANTED = "granted", pgettext_lazy("application for a grant", "Granted, to be agreed")
    CONDITIONS = "conditions", pgettext_lazy("application for a grant", "Granted with conditions")
    RESERVE = "reserve", pgettext_lazy("application for a grant", "In reserve")
    DECLINED = "declined", pgettext_lazy("application for a grant", "Declined")
    AGREED = "agreed", pgettext_lazy("application for a grant", "Agreed")
    WITHDRAWN = "withdrawn", pgettext_lazy("application for a grant", "Taken back")


#: Somebody has a next step, and it has a day.
BID_OPEN: Final = (
    *(BidState.DRAFT, BidState.SENT, BidState.ELIGIBLE, BidState.NEEDS_INFO, BidState.SCORED, BidState.VOTING),
    *(BidState.GRANTED, BidState.CONDITIONS, BidState.RESERVE),
)
#: The committee has said yes.
BID_YES: Final = (BidState.GRANTED, BidState.CONDITIONS, BidState.AGREED)
#: What a committee chooses between, in the order of the options of its vote.
OUTCOMES: Final = (BidState.GRANTED, BidState.CONDITIONS, BidState.RESERVE, BidState.DECLINED)


class GrantScoreState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("score", "asked")
    GIVEN = "given", pgettext_lazy("score", "given")
    CONFLICT = "conflict", pgettext_lazy("score", "has a conflict of interest")
    RELEASED = "released", pgettext_lazy("score", "not asked any more")


class GrantState(models.TextChoices):
    RUNNING = "running", pgettext_lazy("grant", "Under way")
    CLOSING = "closing", pgettext_lazy("grant", "To be closed")
    CLOSED = "closed", pgettext_lazy("grant", "Closed")
    STOPPED = "stopped", pgettext_lazy("grant", "Stopped")


#: A grant somebody has a step in.
GRANT_OPEN: Final = (GrantState.RUNNING, GrantState.CLOSING)


class GrantReportState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("report of a grant", "To come")
    SENT = "sent", pgettext_lazy("report of a grant", "Sent")
    RETURNED = "returned", pgettext_lazy("report of a grant", "Sent back with a question")
    ACCEPTED = "accepted", pgettext_lazy("report of a grant", "Accepted")
    #: The grant was stopped before it.
    DROPPED = "dropped", pgettext_lazy("report of a grant", "Not asked for any more")


#: The organisation owes it.
REPORT_OWED: Final = (GrantReportState.PLANNED, GrantReportState.RETURNED)
