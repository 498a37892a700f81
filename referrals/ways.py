"""Counts of ways for whoever looks back at a period: how many referrals of a way ended how. There is nobody in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from referrals.models import CorridorCount
from referrals.models.words import AnswerBand


def counted(first: dt.date, last: dt.date) -> Iterator[tuple[str, str, bool, bool | None, int]]:
    """Of the months from `first` to `last`: way as «AM>PL», what else is counted apart, whether it was answered in
    time, whether help came before the medicine ended (None: that was not asked), how many."""
    for row in CorridorCount.objects.filter(month__range=(first, last)).order_by("pk"):
        apart = f"{row.month}|{row.group}|{row.urgency}|{row.mode}|{row.band}|{row.outcome}|{row.before_end}"
        way = f"{row.from_country}>{row.to_country}"
        yield way, apart, row.band == AnswerBand.IN_TIME, row.before_end, row.n
