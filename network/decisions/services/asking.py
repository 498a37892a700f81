"""How another room puts a question to the members and writes down what came of it.

Who may do so is that room's own rule; the voices, the end and the count are those of every vote.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from network.decisions import letters
from network.decisions.counting import VoteOutcome, count_of
from network.decisions.errors import NotAdopted
from network.decisions.models import Body, Decision, Vote
from network.decisions.models.announced import PROLONGED_DAYS
from network.decisions.models.words import BodyKind, DecisionState, Quorum, Threshold
from network.decisions.services.voting import begin
from network.decisions.transitions import move_vote
from organizations.models import Organization


@transaction.atomic
def ask_members(*, question: str, text: str, about: Organization, closes_at: dt.datetime) -> Vote:
    """A vote about an organisation: two thirds of for and against, a quorum of a third, run on once without it."""
    assembly = Body.objects.filter(kind=BodyKind.ASSEMBLY).first()
    if assembly is None:
        raise WrongState(_("The network has no assembly yet: an administrator makes it under “Who decides”."))
    vote = Vote(
        body=assembly, question=question[:300], text=text, about=about, closes_at=closes_at, quorum=Quorum.THIRD,
        threshold=Threshold.TWO_THIRDS, prolongs=True,
    )  # fmt: skip
    vote.full_clean()
    vote.save()
    return begin(vote)


@transaction.atomic
def ask_seats(
    *, body: Body, question: str, text: str, about: Organization, closes_at: dt.datetime, options: Sequence[str]
) -> Vote:
    """A choice of a body about an organisation, which only the body reads: more than half of the voices, of half of

    the seats; run on once without them.
    """
    vote = Vote(
        body=body, question=question[:300], text=text, about=about, closes_at=closes_at, options=list(options),
        quorum=Quorum.HALF, threshold=Threshold.MAJORITY, prolongs=True, is_inner=True,
    )  # fmt: skip
    vote.full_clean()
    vote.save()
    return begin(vote)


@transaction.atomic
def record(*, vote: Vote, text: str) -> Decision:
    """What a vote has decided, when nothing is left to do by it. Raises NotAdopted."""
    locked = Vote.objects.select_for_update().get(pk=vote.pk)
    if count_of(locked).outcome != VoteOutcome.ADOPTED:
        raise NotAdopted(_("This vote did not end with yes, so nothing was decided by it."))
    found = Decision.objects.filter(vote=locked).first()
    if found is not None:
        return found
    now = clock.now()
    told = {"state": DecisionState.DONE, "decided_at": now, "ended_at": now}
    row = Decision(body=locked.body, vote=locked, text=text[:600], **told)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def run_on(vote: Vote) -> bool:
    """Seven days more for a vote that ended without its quorum, once; whether it runs on."""
    row = Vote.objects.select_for_update().get(pk=vote.pk)
    if count_of(row).outcome != VoteOutcome.PAUSED:
        return False
    row.prolonged_at = clock.now()
    row.closes_at = row.prolonged_at + dt.timedelta(days=PROLONGED_DAYS)
    row.version += 1
    row.updated_at = clock.now()
    row.save()
    letters.prolonged(row)
    return True


@transaction.atomic
def call_off_vote(*, vote: Vote, reason: str) -> Vote:
    """What it was about is not asked any more: nobody is asked for a voice. One that is over stays as it is."""
    row = Vote.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    if row.is_running:
        move_vote(row, "cancel")
        row.reason = reason[:500]
        row.save()
    return row
