"""A month that is over: its numbers as they were written down, and the rows behind them, as its last night left them.

Rule: a number stays as it was written down. Of its rows whoever opens them sees those that are still there and that
everybody of the network may know today: what has been narrowed since is narrowed in the past, too. What was not
written down in that month is unknown, and never reckoned from today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.db.models import Q, QuerySet

from services.models.coverage import for_members
from verification.coordination.listings import WITHOUT, Which
from verification.models import Level, MonthlyFigure, MonthlyListing, MonthlyPart

#: What a figure of a past month counts, by the code in its link.
COUNTED_THEN: Final[Mapping[str, Q]] = {
    "listings": Q(),
    "fresh": Q(is_fresh=True),
    "late": Q(is_fresh=False),
    "level1": Q(level=Level.OWNER),
    "level2": Q(level__gte=Level.REMOTE),
    "level3": Q(level__gte=Level.VISITED),
    "lost": Q(is_lost=True),
}
#: Which column of the month's figures holds the number.
_NUMBER: Final = {
    "listings": "listings", "fresh": "fresh", "level2": "level2", "lost": "lost", "confirmed": "confirmations",
    "repaired": "repaired", "answered": "suggestions_answered", "decided": "decided", "reported": "reports",
}  # fmt: skip
#: Those that stand in a part of a month.
_IN_A_PART: Final = ("listings", "fresh", "late", "level1", "level2", "level3")


def months_kept() -> list[dt.date]:
    """The months whose parts were written down, the newest first."""
    return list(MonthlyPart.objects.order_by("-month").values_list("month", flat=True).distinct())


def is_told_whole(month: dt.date) -> bool:
    """Whether this month was written down by all levels, by the kinds within groups, and by all of these together."""
    return MonthlyPart.objects.filter(month=month, level1__isnull=False).exists()


def parts_then(month: dt.date, asked: Which) -> QuerySet[MonthlyPart]:
    """What was written down of this month by kind, of a country and an organisation when they are named."""
    rows = MonthlyPart.objects.filter(month=month, country=asked.country).select_related("organization")
    return rows.exclude(kind="").filter(organization=asked.organization)


def organizations_then(month: dt.date, country: str) -> QuerySet[MonthlyPart]:
    """What was written down of this month by organisation."""
    rows = MonthlyPart.objects.filter(month=month, country=country, kind="", organization__isnull=False)
    return rows.select_related("organization")


def count_then(part: MonthlyPart, of: str) -> int | None:
    """A number of a part; None where it was not written down."""
    found: int | None = part.listings - part.fresh if of == "late" else getattr(part, of)
    return found


def rows_then(month: dt.date, of: str, asked: Which) -> QuerySet[MonthlyListing]:
    """The listings that a figure of this month counted."""
    rows = MonthlyListing.objects.filter(COUNTED_THEN[of], for_members("listing__"), month=month)
    if asked.country:
        rows = rows.filter(country="" if asked.country == WITHOUT else asked.country)
    if asked.kind:
        rows = rows.filter(kinds__contains=[asked.kind])
    if asked.organization is not None:
        rows = rows.filter(organization=asked.organization)
    return rows.order_by("said", "listing")


def were_kept(month: dt.date, asked: Which) -> bool:
    """Whether the rows of this month were written down beside its numbers, with what is asked for."""
    rows = MonthlyListing.objects.filter(month=month)
    if asked.kind:
        rows = rows.filter(kinds__isnull=False)
    if asked.organization is not None:
        rows = rows.filter(organization__isnull=False)
    return rows.exists()


def told_then(month: dt.date, of: str, asked: Which) -> int | None:
    """The number that was written down for this month; None when there is none."""
    if asked.kind or asked.organization is not None:
        return _told_of_part(month, of, asked)
    column = _NUMBER.get(of)
    if column is None:
        return None
    return MonthlyFigure.objects.filter(month=month, country=asked.country).values_list(column, flat=True).first()


def _told_of_part(month: dt.date, of: str, asked: Which) -> int | None:
    if of not in _IN_A_PART:
        return None
    about = {"country": asked.country, "kind": asked.kind, "organization": asked.organization}
    part = MonthlyPart.objects.filter(month=month, **about).first()
    return count_then(part, of) if part else None
