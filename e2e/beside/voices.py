"""What the journey of a vote needs from the served network: its end."""

from __future__ import annotations

import datetime as dt

import pgtrigger

from core import clock
from network.decisions.models import Vote


def end_of(public_id: str) -> str:
    """Ten days later, seen from the vote: it began and ended ten days earlier than it did. Its ballots stay."""
    with pgtrigger.ignore("decisions.Vote:vote_stays_as_announced"):
        Vote.objects.filter(public_id=public_id).update(
            opens_at=clock.now() - dt.timedelta(days=10), closes_at=clock.now()
        )
    return public_id
