"""The rows behind the figures of a month that is over: what each counted, as the last night of that month left it.

Rule: a number stays as it was written down. Of its rows whoever opens them sees those that are still there and that
everybody of the network may know today: what has been narrowed since is narrowed in the past, too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.db.models import Q, QuerySet

from services.models.coverage import for_members
from verification.models import Level, MonthlyFigure, MonthlyListing

#: What a figure of a past month counts, by the code in its link.
COUNTED_THEN: Final[Mapping[str, Q]] = {
    "listings": Q(),
    "fresh": Q(is_fresh=True),
    "late": Q(is_fresh=False),
    "level2": Q(level__gte=Level.REMOTE),
    "lost": Q(is_lost=True),
}
#: Which column of the month's figures holds the number.
_NUMBER: Final = {
    "listings": "listings", "fresh": "fresh", "level2": "level2", "lost": "lost", "confirmed": "confirmations",
    "repaired": "repaired", "answered": "suggestions_answered", "decided": "decided", "reported": "reports",
}  # fmt: skip


def rows_then(month: dt.date, of: str, country: str = "") -> QuerySet[MonthlyListing]:
    """The listings that a figure of this month counted, of one country when named."""
    rows = MonthlyListing.objects.filter(COUNTED_THEN[of], for_members("listing__"), month=month)
    return (rows.filter(country=country) if country else rows).order_by("said", "listing")


def were_kept(month: dt.date) -> bool:
    """Whether the rows of this month were written down beside its numbers."""
    return MonthlyListing.objects.filter(month=month).exists()


def told_then(month: dt.date, of: str, country: str = "") -> int | None:
    """The number that was written down for this month; None when there is none."""
    column = _NUMBER.get(of)
    if column is None:
        return None
    return MonthlyFigure.objects.filter(month=month, country=country).values_list(column, flat=True).first()
