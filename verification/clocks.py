"""When a listing must be checked again: windows become dates at the moment of a check.

Source of the windows: the table of docs/verification.md, kept as rows of `Clock`.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from services.models import ServiceType, VerificationClass
from verification.models import CapacityClock, Clock

#: From the strictest class.
_STRICTNESS = (VerificationClass.A, VerificationClass.B, VerificationClass.C)


@dataclass(frozen=True)
class Deadlines:
    """Dates at the place. `due_on` is the first grey day, `hides_on` the first day on which the public is without."""

    checked_on: dt.date
    notice_on: dt.date
    due_on: dt.date
    hides_on: dt.date
    archives_on: dt.date


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month, `months` later; the last day of a shorter month (31 August + 6 = 28 February)."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def deadlines(
    clock: Clock, checked_on: dt.date, *, ends_on: dt.date | None = None, every: int | None = None
) -> Deadlines:
    """The dates that follow from a check on `checked_on`.

    A service that is funded until `ends_on` is due on the day after, if that comes first; one that is looked at
    `every` so many days, after these. The first reminder is the earliest of the class that lies after the check;
    where the time is too short for any, a quarter of it remains.
    """
    due_on = add_months(checked_on, clock.recheck_months)
    if every is not None:
        due_on = min(due_on, checked_on + dt.timedelta(days=every))
    if ends_on and checked_on <= ends_on < due_on:
        due_on = max(ends_on + dt.timedelta(days=1), checked_on)
    first_notice = first_notice_days(clock, (due_on - checked_on).days, is_short=every is not None)
    return Deadlines(
        checked_on=checked_on,
        notice_on=max(due_on - dt.timedelta(days=first_notice), checked_on),
        due_on=due_on,
        hides_on=due_on + dt.timedelta(days=clock.hide_days),
        archives_on=due_on + dt.timedelta(days=clock.archive_days),
    )


def first_notice_days(clock: Clock, length: int, *, is_short: bool) -> int:
    """So many days before the date the first reminder leaves, in a round of so many days."""
    if not is_short:
        return max(clock.notice_days, default=0)
    return max((days for days in clock.notice_days if days < length), default=max(1, length // 4))


def capacity_dates(clock: CapacityClock, reported_on: dt.date) -> tuple[dt.date, dt.date]:
    """The day of the reminder, and the first day on which what was said is not known any more."""
    expires_on = reported_on + dt.timedelta(days=clock.valid_days)
    return expires_on - dt.timedelta(days=clock.notice_days), expires_on


def class_for(*, types: Iterable[str], high_risk_country: bool, raised: str = "") -> str:
    """The strictest of what the types ask for, what the country asks for, and what was set by hand."""
    codes = list(types)
    types_asked = ServiceType.objects.filter(code__in=codes)
    asked = set(types_asked.values_list("verification_class", flat=True))  # type: ignore[misc]
    asked |= {raised} if raised else set()
    asked |= {VerificationClass.A} if high_risk_country else set()
    asked.add(VerificationClass.B)
    return next(str(name.value) for name in _STRICTNESS if name in asked)
