"""Do letters still leave? A worker that stands still, or a mail server that is away, is seen by its silence."""

from __future__ import annotations

import datetime as dt

from core import clock
from messaging.models import Round, RoundKind

#: The round comes every two minutes; after so many without one that reached the mail server somebody has to look.
PATIENCE = dt.timedelta(minutes=15)


def note_round() -> None:
    """A round came to its end, and the mail server was not away."""
    Round.objects.update_or_create(kind=RoundKind.LETTERS, defaults={"finished_at": clock.now()})


def minutes_of_silence() -> int | None:
    """Whole minutes since the last round that came to its end; None: there never was one."""
    last = Round.objects.filter(kind=RoundKind.LETTERS).values_list("finished_at", flat=True).first()
    return None if last is None else max(0, int((clock.now() - last).total_seconds() // 60))


def is_too_long(minutes: int | None) -> bool:
    return minutes is None or minutes >= PATIENCE.total_seconds() // 60
