"""What the worker does about votes and decisions: it writes letters, and lets a vote without its quorum run on once.

Nothing ends by it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sized

from django.db import transaction

from core import clock
from messaging.models import Message
from network.decisions import letters
from network.decisions.kinds import VOTE_OVER
from network.decisions.models import Decision, Objection, Vote
from network.decisions.models.announced import ANSWER_DAYS
from network.decisions.services.asking import run_on

#: So long before the end those who have not voted are reminded.
REMINDS = dt.timedelta(days=2)
#: So long before an unanswered objection stands the council is asked again.
WARNS = dt.timedelta(days=4)
#: A vote that ended longer ago is no news.
NEWS = dt.timedelta(days=7)


def run() -> dict[str, int]:
    """Write the letters that are due; a second call writes none."""
    with transaction.atomic():
        return _write()


def _write() -> dict[str, int]:
    now = clock.now()
    longer = [vote for vote in Vote.objects.over().filter(prolongs=True, prolonged_at=None) if run_on(vote)]
    soon = list(Vote.objects.running().filter(closes_at__lte=now + REMINDS, opens_at__lte=now - REMINDS))
    told = Message.objects.filter(kind=VOTE_OVER, created_at__gt=now - NEWS).values_list("payload__vote", flat=True)
    over = list(Vote.objects.over().filter(closes_at__gt=now - NEWS).exclude(public_id__in=list(told)))
    late = list(Decision.objects.late().select_related("organization"))
    for vote in soon:
        letters.ends_soon(vote)
    for vote in over:
        letters.over(vote)
    for decision in late:
        letters.late(decision)
    waiting = _waiting(now)
    for objection in waiting:
        letters.objected(objection, again="-soon")
    done: dict[str, Sized] = {"votes prolonged": longer, "votes ending": soon, "votes over": over}
    done |= {"decisions late": late, "objections waiting": waiting}
    return {name: len(rows) for name, rows in done.items()}


def _waiting(now: dt.datetime) -> list[Objection]:
    """Those that stand soon, because nobody has answered them."""
    left = dt.timedelta(days=ANSWER_DAYS)
    soon = Vote.objects.over().filter(closes_at__gt=now - left, closes_at__lte=now - left + WARNS)
    rows = Objection.objects.filter(stands=None, voter__vote__in=soon).order_by("pk")
    return list(rows.select_related("voter__vote"))
