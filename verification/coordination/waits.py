"""How long the network lets people wait: from a letter, a report, a suggestion, a submission to its end.

A wait belongs to the month in which it ended. The rows of a wait are what its figures are made of.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from services.models.coverage import country_of, for_members
from verification.coordination.desk import history_for, reports_for
from verification.coordination.queues import reviews_for
from verification.coordination.suggestions import suggestions_for
from verification.models import Check, CheckOutcome, Report, ReportState, Review, Suggestion
from verification.models.check import OWNER_METHODS
from verification.models.review import DECIDED_REVIEWS

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Wait:
    """`begins` and `ends` name the columns; `everything` are the rows, `seen_by` those that a coordinator may open.

    A wait belongs to the month of `counts_by`, which is its end when nothing else is said.
    """

    code: str
    begins: str
    ends: str
    listing: str
    everything: Callable[[], QuerySet[Any]]
    seen_by: Callable[[User], QuerySet[Any]]
    counts_by: str = ""


@dataclass(frozen=True)
class Ended:
    """One wait that has ended: in which country, after how many days (None when nothing says when it began)."""

    pk: int
    country: str
    days: float | None


@dataclass(frozen=True)
class Days:
    """Of a number of waits: half of them ended within `median` days, nine of ten within `p90`."""

    count: int
    median: float | None
    p90: float | None


def _confirmed() -> QuerySet[Check]:
    return Check.objects.filter(for_members("listing__"), method__in=OWNER_METHODS, outcome=CheckOutcome.CORRECT)


def _repaired() -> QuerySet[Report]:
    return Report.objects.filter(for_members("listing__"), state=ReportState.FIXED)


def _answered() -> QuerySet[Suggestion]:
    return Suggestion.objects.of_services().exclude(answered_at=None)


def _decided() -> QuerySet[Review]:
    return Review.objects.filter(for_members("listing__"), state__in=DECIDED_REVIEWS)


WAITS: Final[Mapping[str, Wait]] = {
    wait.code: wait
    for wait in (
        Wait(
            "confirmed", "noticed_at", "checked_at", "listing__", _confirmed,
            lambda user: _confirmed().filter(listing__in=history_for(user).values("pk")),
        ),
        Wait(
            "repaired", "received_at", "closed_at", "listing__", _repaired,
            lambda user: _repaired().filter(pk__in=reports_for(user).values("pk")),
        ),
        Wait(
            "answered", "received_at", "answered_at", "", _answered,
            lambda user: _answered().filter(pk__in=suggestions_for(user).values("pk")),
        ),
        Wait(
            "decided", "submitted_at", "decided_at", "listing__", _decided,
            lambda user: _decided().filter(
                pk__in=reviews_for(user).values("pk"), listing__in=history_for(user).values("pk")
            ),
        ),
    )
}  # fmt: skip


#: Reports by the month in which they came: those behind "closed within seven days".
REPORTED: Final = Wait(
    "reported", "received_at", "closed_at", "listing__", lambda: Report.objects.filter(for_members("listing__")),
    lambda user: Report.objects.filter(for_members("listing__"), pk__in=reports_for(user).values("pk")),
    counts_by="received_at",
)  # fmt: skip


def ended(wait: Wait, month: dt.date, rows: QuerySet[Any] | None = None) -> list[Ended]:
    """The waits that ended in the month, the longest first; of these rows, else of the whole network."""
    found = (wait.everything() if rows is None else rows).filter(_in_month(wait, month))
    where = country_of(wait.listing) if wait.listing else Coalesce("country", "country")
    values = found.annotate(at=where).order_by().values_list("pk", "at", wait.begins, wait.ends)
    waits = [
        Ended(pk, country or "", (end - begin).total_seconds() / 86400 if begin and end else None)
        for pk, country, begin, end in values
    ]
    return sorted(waits, key=lambda row: (-(row.days or 0), row.pk))


def days_of(waits: Sequence[Ended]) -> Days:
    known = sorted(row.days for row in waits if row.days is not None)
    if not known:
        return Days(len(waits), None, None)
    return Days(len(waits), round(median(known), 1), round(known[math.ceil(0.9 * len(known)) - 1], 1))


def _in_month(wait: Wait, month: dt.date) -> Q:
    after = (month + dt.timedelta(days=32)).replace(day=1)
    column = wait.counts_by or wait.ends
    return Q(**{f"{column}__date__gte": month, f"{column}__date__lt": after})
