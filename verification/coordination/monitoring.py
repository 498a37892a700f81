"""The figures of the network: how fresh, how well checked, how quick. Past months stay as they were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields
from statistics import median

from django.db import transaction

from core import clock
from services.models.coverage import country_of
from verification.models import (
    Check,
    CheckMethod,
    CheckOutcome,
    ListingState,
    MonthlyFigure,
    Publication,
    Report,
    Suggestion,
)

#: A report is closed quickly within so many days.
QUICK_DAYS = 7
#: Confirmations are the owner's answers; checks by others are counted by level.
_OWNER_METHODS = (CheckMethod.WORKSPACE, CheckMethod.LINK, CheckMethod.COORDINATOR_PHONE)


@dataclass(frozen=True)
class Figures:
    """Figures of one country ("" = network) in one month; shares are of `listings`."""

    country: str
    listings: int
    fresh: int
    level2: int
    confirmations: int
    median_days_to_confirm: float | None
    reports: int
    reports_in_7_days: int
    suggestions_answered: int
    median_days_to_answer: float | None


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def figures_now(month: dt.date) -> list[Figures]:
    """The figures of `month` as they are now: states of today, events of the month. By country, "" first."""
    states = list(
        ListingState.objects.filter(publication=Publication.PUBLISHED)
        .annotate(country=country_of("listing__"))
        .values_list("due_on", "level", "country", "listing__location__timezone")
    )
    confirmations = list(_confirmations(month))
    reports = list(_reports(month))
    answers = list(_answers(month))
    countries = {c for _due, _level, c, _zone in states} | {c for c, _days in [*confirmations, *answers]}
    names = ["", *sorted(c for c in countries if c)]
    return [_figures(country, states, confirmations, reports, answers) for country in names]


@transaction.atomic
def record_month(day: dt.date | None = None) -> int:
    """Write the figures of the month of `day` (default: this month). A month that has passed is left alone."""
    today = clock.today()
    month = month_of(day or today)
    if day is None and today.day <= QUICK_DAYS + 1:
        _settle_reports(month_of(month - dt.timedelta(days=1)))
    if month < month_of(today) and MonthlyFigure.objects.filter(month=month).exists():
        return 0
    rows = figures_now(month)
    names = [field.name for field in fields(Figures) if field.name != "country"]
    MonthlyFigure.objects.bulk_create(
        [MonthlyFigure(month=month, recorded_at=clock.now(), **vars(row)) for row in rows],
        update_conflicts=True,
        unique_fields=["month", "country"],
        update_fields=[*names, "recorded_at"],
    )
    return len(rows)


def _settle_reports(month: dt.date) -> None:
    """The last reports of a month have their week in the next one; nothing else of a past month changes."""
    known = list(_reports(month))
    for figure in MonthlyFigure.objects.filter(month=month):
        told = [quick for country, quick in known if not figure.country or country == figure.country]
        figure.reports, figure.reports_in_7_days = len(told), sum(told)
        figure.save(update_fields=["reports", "reports_in_7_days"])


def history(country: str = "", months: int = 12) -> list[MonthlyFigure]:
    """The recorded months of a country, the oldest first."""
    rows = MonthlyFigure.objects.filter(country=country).order_by("-month")[:months]
    return list(reversed(rows))


def _figures(
    country: str,
    states: Iterable[tuple[dt.date | None, int, str, str | None]],
    confirmations: Iterable[tuple[str, float | None]],
    reports: Iterable[tuple[str, bool]],
    answers: Iterable[tuple[str, float]],
) -> Figures:
    mine = [state for state in states if not country or state[2] == country]
    days = [d for c, d in confirmations if not country or c == country]
    told = [quick for c, quick in reports if not country or c == country]
    known = [d for d in days if d is not None]
    answered = [d for c, d in answers if not country or c == country]
    return Figures(
        country=country,
        listings=len(mine),
        fresh=sum(1 for due, _level, _country, zone in mine if due and clock.today(zone or "UTC") < due),
        level2=sum(1 for _due, level, _country, _zone in mine if level >= 2),
        confirmations=len(days),
        median_days_to_confirm=round(median(known), 1) if known else None,
        reports=len(told),
        reports_in_7_days=sum(told),
        suggestions_answered=len(answered),
        median_days_to_answer=round(median(answered), 1) if answered else None,
    )


def _next_month(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1)


def _confirmations(month: dt.date) -> Iterable[tuple[str, float | None]]:
    """(country, days from the notice) of the owners' confirmations in the month; None without a notice."""
    checks = Check.objects.filter(
        method__in=_OWNER_METHODS,
        outcome=CheckOutcome.CORRECT,
        checked_at__date__gte=month,
        checked_at__date__lt=_next_month(month),
    ).annotate(country=country_of("listing__"))
    for country, noticed_at, checked_at in checks.values_list("country", "noticed_at", "checked_at"):
        yield country, (checked_at - noticed_at).total_seconds() / 86400 if noticed_at else None


def _answers(month: dt.date) -> Iterable[tuple[str, float]]:
    """(country, days from a suggestion to its answer) of the answers of the month."""
    rows = Suggestion.objects.filter(answered_at__date__gte=month, answered_at__date__lt=_next_month(month))
    for country, received_at, answered_at in rows.values_list("country", "received_at", "answered_at"):
        if answered_at is not None:
            yield country, (answered_at - received_at).total_seconds() / 86400


def _reports(month: dt.date) -> Iterable[tuple[str, bool]]:
    """(country, closed within 7 days) of the reports that came in the month and are closed or had their week."""
    reports = Report.objects.filter(received_at__date__gte=month, received_at__date__lt=_next_month(month))
    rows = reports.annotate(country=country_of("listing__")).values_list("country", "received_at", "closed_at")
    week = dt.timedelta(days=QUICK_DAYS)
    for country, received_at, closed_at in rows:
        if closed_at or clock.now() - received_at > week:
            yield country, bool(closed_at and closed_at - received_at <= week)
