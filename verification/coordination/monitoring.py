"""The figures of the network: how fresh, how well checked, how quick. Past months stay as they were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

from django.db import transaction

from core import clock
from services.models.coverage import country_of, for_members
from verification.coordination.coverage import coverage
from verification.coordination.listings import (
    COUNTED,
    MonitoredListing,
    by_kind,
    listings_known,
    standing,
)
from verification.coordination.waits import WAITS, Days, Ended, days_of, ended
from verification.models import MonthlyFigure, MonthlyListing, MonthlyPart, Report

Key = tuple[object, ...]
Values = tuple[object, ...]
#: Columns of the keys and of the values of what is written down every night.
_PART: Final = (
    ("country", "kind", "organization_id"),
    ("listings", "fresh", "level1", "level2", "level3", "coverage", "completeness"),
)
_LISTING: Final = (
    ("listing_id",),
    ("country", "kinds", "organization_id", "level", "is_fresh", "is_lost", "said"),
)
#: A report is closed quickly within so many days.
QUICK_DAYS = 7


@dataclass(frozen=True)
class Figures:
    """Figures of one country ("" = network) in one month; shares are of `listings`."""

    country: str
    listings: int
    fresh: int
    level2: int
    confirmations: int
    median_days_to_confirm: float | None
    p90_days_to_confirm: float | None
    reports: int
    reports_in_7_days: int
    repaired: int
    median_days_to_repair: float | None
    p90_days_to_repair: float | None
    suggestions_answered: int
    median_days_to_answer: float | None
    p90_days_to_answer: float | None
    decided: int
    median_days_to_decide: float | None
    p90_days_to_decide: float | None
    lost: int
    completeness: float | None


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def figures_now(month: dt.date, known: Sequence[MonitoredListing] | None = None) -> list[Figures]:
    """The figures of `month` as they are now: states of today, events of the month. By country, "" first."""
    rows = listings_known() if known is None else known
    waits = {code: ended(wait, month) for code, wait in WAITS.items()}
    reports = list(_reports(month))
    countries = {row.country for row in rows if row.is_published}
    countries |= {wait.country for code in ("confirmed", "answered") for wait in waits[code]}
    return [_figures(country, rows, waits, reports) for country in ["", *sorted(c for c in countries if c)]]


def parts_now(known: Sequence[MonitoredListing]) -> dict[Key, Values]:
    """What the month looks like by kind, organisation and country, and by each of them together, as columns.

    Groups stand there and organisations even where nothing is on the map; of the rest what somebody has.
    """
    found: dict[tuple[str, int | None, str], list[MonitoredListing]] = {(kind, None, ""): [] for kind in by_kind(known)}
    for row in known:
        for key in _parts_of(row):
            found.setdefault(key, []).append(row)
    covered = {(cell.kind, None, cell.place): cell.coverage for row in coverage(known)[1].values() for cell in row}
    told: dict[tuple[str, int | None, str], str] = {key: str(covered[key]) for key in covered if key[2]}
    parts: dict[Key, Values] = {}
    for key in dict.fromkeys((*found, *told)):
        (kind, pk, country), rows = key, found.get(key, [])
        if key in told or any(row.is_published for row in rows) or not (country or (kind and pk)):
            parts[country, kind, pk] = _part(rows, told.get(key, ""))
    return parts


def _parts_of(row: MonitoredListing) -> Iterable[tuple[str, int | None, str]]:
    """(kind, organisation, country) of each part in which a listing counts; "" and None for all."""
    kinds, countries = ("", *dict.fromkeys((*row.groups, *row.types))), dict.fromkeys(("", row.country))
    whole = ("", None)
    return (
        (kind, pk, country)
        for kind in kinds
        for pk in (None, row.organization)
        for country in countries
        if (kind, pk) != whole
    )


@transaction.atomic
def record_month(day: dt.date | None = None) -> int:
    """Write the figures of the month of `day` (default: this month). A month that has passed is left alone."""
    today = clock.today()
    month = month_of(day or today)
    if day is None and today.day <= QUICK_DAYS + 1:
        _settle_reports(month_of(month - dt.timedelta(days=1)))
    if month < month_of(today) and MonthlyFigure.objects.filter(month=month).exists():
        return 0
    known = listings_known()
    _record_parts(month, known)
    rows = figures_now(month, known)
    names = [field.name for field in fields(Figures) if field.name != "country"]
    MonthlyFigure.objects.bulk_create(
        [MonthlyFigure(month=month, recorded_at=clock.now(), **vars(row)) for row in rows],
        update_conflicts=True,
        unique_fields=["month", "country"],
        update_fields=[*names, "recorded_at"],
    )
    return len(rows)


def _record_parts(month: dt.date, known: Sequence[MonitoredListing]) -> None:
    """By kind, organisation and country; and every listing, so that the figures of this month open their rows."""
    _in_step(MonthlyPart, month, _PART, parts_now(known))
    listings: dict[Key, Values] = {
        (row.pk,): (
            row.country, [*dict.fromkeys((*row.groups, *row.types))], row.organization,
            row.level, row.is_fresh, row.went_this_month, row.said,
        )
        for row in known
        if row.is_published
    }  # fmt: skip
    _in_step(MonthlyListing, month, _LISTING, listings)


def _in_step(
    model: type[MonthlyPart] | type[MonthlyListing],
    month: dt.date,
    columns: tuple[Sequence[str], Sequence[str]],
    wanted: Mapping[Key, Values],
) -> None:
    """Write what is another than last night. Of most rows nothing is, and a row that stays is neither made nor written.

    `columns`: those of the keys, and those of the values.
    """
    keys, values = columns
    stored = model._default_manager.filter(month=month).order_by().values_list("pk", *keys, *values)
    known = {tuple(row[1 : 1 + len(keys)]): (row[0], tuple(row[1 + len(keys) :])) for row in stored}
    over = [pk for key, (pk, said) in known.items() if wanted.get(key) != said]
    model._default_manager.filter(pk__in=over).delete()
    fresh = (
        model(month=month, **dict(zip(keys, key, strict=True)), **dict(zip(values, said, strict=True)))
        for key, said in wanted.items()
        if key not in known or known[key][1] != said
    )
    model._default_manager.bulk_create(fresh, batch_size=2000)  # type: ignore[arg-type]


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


# long: the fields of a month, one a line
def _figures(
    country: str,
    known: Iterable[MonitoredListing],
    waits: Mapping[str, Iterable[Ended]],
    reports: Iterable[tuple[str, bool]],
) -> Figures:
    mine = [row for row in known if not country or row.country == country]
    stands = standing(mine)
    days: dict[str, Days] = {
        code: days_of([wait for wait in found if not country or wait.country == country])
        for code, found in waits.items()
    }
    told = [quick for c, quick in reports if not country or c == country]
    return Figures(
        country=country,
        listings=stands.listings,
        fresh=stands.fresh,
        level2=stands.level2,
        confirmations=days["confirmed"].count,
        median_days_to_confirm=days["confirmed"].median,
        p90_days_to_confirm=days["confirmed"].p90,
        reports=len(told),
        reports_in_7_days=sum(told),
        repaired=days["repaired"].count,
        median_days_to_repair=days["repaired"].median,
        p90_days_to_repair=days["repaired"].p90,
        suggestions_answered=days["answered"].count,
        median_days_to_answer=days["answered"].median,
        p90_days_to_answer=days["answered"].p90,
        decided=days["decided"].count,
        median_days_to_decide=days["decided"].median,
        p90_days_to_decide=days["decided"].p90,
        lost=sum(COUNTED["lost"](row) for row in mine),
        completeness=stands.said,
    )


def _part(rows: Iterable[MonitoredListing], covered: str) -> Values:
    """In the order of `_PART`."""
    stands = standing(rows)
    return (stands.listings, stands.fresh, stands.level1, stands.level2, stands.level3, covered, stands.said)


def _next_month(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1)


def _reports(month: dt.date) -> Iterable[tuple[str, bool]]:
    """(country, closed within 7 days) of the reports that came in the month and are closed or had their week."""
    reports = Report.objects.filter(
        for_members("listing__"), received_at__date__gte=month, received_at__date__lt=_next_month(month)
    )
    rows = reports.annotate(country=country_of("listing__")).values_list("country", "received_at", "closed_at")
    week = dt.timedelta(days=QUICK_DAYS)
    for country, received_at, closed_at in rows:
        if closed_at or clock.now() - received_at > week:
            yield country, bool(closed_at and closed_at - received_at <= week)
