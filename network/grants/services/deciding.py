"""The committee's vote, by the one model of votes, and what is written down of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from core.languages import SOURCE
from core.writing import clean_text, one_write
from network.decisions import services as decisions
from network.decisions.counting import VoteOutcome, count_of
from network.grants import letters
from network.grants.models import GrantApplication
from network.grants.models.words import OUTCOMES, BidState
from network.grants.services._inside import locked, need_keeper, need_words
from network.grants.services.scoring import points
from network.grants.transitions import WRITE_DOWN_DAYS, move

if TYPE_CHECKING:
    from accounts.models import User
    from network.decisions.models import Vote

#: The vote has not ended, or waits for the council.
WAITS = (VoteOutcome.RUNNING, VoteOutcome.PAUSED, VoteOutcome.HALTED)
_STEPS = {
    BidState.GRANTED: "grant",
    BidState.CONDITIONS: "conditions",
    BidState.RESERVE: "reserve",
    BidState.DECLINED: "decline",
}


def options() -> list[str]:
    """What the committee chooses between, in the source's language and in English: a vote keeps its words."""
    told = []
    for number in range(len(OUTCOMES)):
        words = []
        for code in dict.fromkeys((SOURCE, "en")):
            with translation.override(code):
                words.append(
                    [_("Grant it"), _("Grant it with conditions"), _("Keep it in reserve"), _("Decline it")][number]
                )
        told.append(" · ".join(dict.fromkeys(words)))
    return told


@one_write
def put_to_vote(
    *, actor: User, application: GrantApplication, closes_at: dt.datetime, conditions: str = ""
) -> GrantApplication:
    """To the seats of the committee with a voice, never to the applicant's own."""
    row = locked(application)
    need_keeper(actor, row)
    move(row, "put")
    row.conditions = clean_text(conditions, lines=True)[:1000]
    row.vote = decisions.ask_seats(
        body=row.call.body,
        question=f"{row.call.title}: {row.title}",
        text=_text(row),
        about=row.organization,
        closes_at=closes_at,
        options=options(),
    )
    row.due_on = closes_at.date() + dt.timedelta(days=WRITE_DOWN_DAYS)
    row.save()
    return row


def _text(row: GrantApplication) -> str:
    """What voters read: the sum, the points, the conditions that are proposed. The plan they read in the application:
    a vote keeps its words for good, and plans go after three years.
    """
    parts = [
        _("They ask for %(amount)s %(currency)s.") % {"amount": _round(row.amount), "currency": row.call.currency},
        _("Points of the scores: %(points)s of 100.") % {"points": points(row)},
    ]
    if row.conditions:
        parts.append(_("Conditions that are proposed: %(text)s") % {"text": row.conditions})
    return "\n\n".join(parts)[:8000]


def _round(amount: Decimal) -> str:
    """Without cents where there are none."""
    return f"{amount:.2f}".removesuffix(".00")


def chosen(vote: Vote) -> BidState | None:
    """What the committee has chosen; None when it runs, or came to nothing."""
    count = count_of(vote)
    return OUTCOMES[int(count.winner) - 1] if count.outcome == VoteOutcome.ADOPTED else None


@one_write
def write_down(
    *, actor: User, application: GrantApplication, reason: str = "", conditions: str = ""
) -> GrantApplication:
    """What the vote came to, with the reasons for the organisation. Without a majority it may be put once more."""
    row = locked(application)
    need_keeper(actor, row)
    vote = row.vote
    if row.state != BidState.VOTING or vote is None:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": row.stage.label})
    if count_of(vote).outcome in WAITS:
        raise WrongState(_("The vote is not over yet."))
    outcome = chosen(vote)
    if outcome is None:
        move(row, "undecided")
        row.vote = None
        row.save()
        return row
    _say(row, outcome, reason, conditions)
    move(row, _STEPS[outcome])
    row.decided_by, row.decided_on = actor, clock.today()
    row.save()
    if outcome in (BidState.GRANTED, BidState.CONDITIONS):
        _record(row)
    letters.to_applicant(row)
    return row


def _say(row: GrantApplication, outcome: BidState, reason: str, conditions: str) -> None:
    row.conditions = clean_text(conditions, lines=True)[:1000] or row.conditions
    if outcome == BidState.CONDITIONS and not row.conditions:
        raise ValidationError({"conditions": _("Say what the conditions are.")})
    if outcome != BidState.CONDITIONS:
        row.conditions = ""
    row.reason = clean_text(reason, lines=True)[:1000]
    if outcome in (BidState.RESERVE, BidState.DECLINED):
        need_words(row.reason)


def _record(row: GrantApplication) -> None:
    """Members read who gets how much; of what was declined there is no decision to read."""
    if row.vote is None:
        return
    with translation.override(SOURCE):
        told = {"who": row.organization.name, "amount": _round(row.amount), "currency": row.call.currency}
        text = _("A grant for %(who)s: up to %(amount)s %(currency)s.") % told
    decisions.record(vote=row.vote, text=text)


@one_write
def from_reserve(*, actor: User, application: GrantApplication) -> GrantApplication:
    """Money is there after all, within the days of the reserve."""
    row = locked(application)
    need_keeper(actor, row)
    if row.state != BidState.RESERVE:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": row.stage.label})
    move(row, "grant")
    row.decided_by, row.decided_on = actor, clock.today()
    row.save()
    _record(row)
    letters.to_applicant(row)
    return row
