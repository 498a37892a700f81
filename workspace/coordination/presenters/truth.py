"""Pages of monitoring beside the months: coverage, how listings stand, what silence took. Every figure has its link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.geo.countries import country_name
from core.spelling.collation import reading_key
from facts.names import names
from organizations.models import Organization
from verification.coordination import coverage as covered
from verification.coordination.listings import (
    COUNTED,
    WITHOUT,
    MonitoredListing,
    Which,
    by_kind,
    by_organization,
    counted,
    standing,
)
from verification.coordination.waits import WAITS, days_of, ended
from verification.models import Coverage
from workspace.coordination.presenters.figures import SMALL, WITHHELD, number, rows_url
from workspace.shared.texts import worded

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User

#: Columns of the table of how listings stand.
STANDING = ("listings", "fresh", "late", "level1", "level2", "level3")


@dataclass(frozen=True)
class Figure:
    """A number as it may be told, and where its rows are ("" for whoever may not open them)."""

    text: int | float | str
    url: str = ""


def figure(count: int, of: str, about: Mapping[str, str], *, opens: bool, sees_small: bool) -> Figure:
    return Figure(number(count, sees_small), rows_url(of, about) if opens and count else "")


def coverage_table(
    known: Sequence[MonitoredListing], country: str, group: str, *, sees_small: bool
) -> dict[str, object]:
    """Kinds down, countries or cities across; whoever may not see small numbers reads neither them nor their colour."""
    places, cells = covered.coverage(known, country, group)
    nowhere = _("remotely, or without a city") if country else _("without a country")
    called = {place: (place if country else country_name(place)) or nowhere for place in places}
    order = sorted(places, key=lambda place: (not place, reading_key(called[place])))
    lines = []
    for kind, row in cells.items():
        at = {cell.place: _cell(cell, country, sees_small=sees_small) for cell in row}
        drill = not group and bool(names().tree.get(kind))
        line = {"code": kind, "name": names().name("service", kind), "drills": drill}
        lines.append(line | {"cells": [at[place] for place in order]})
    return {"places": [{"code": place, "name": called[place]} for place in order], "lines": lines}


def _cell(cell: covered.Cell, country: str, *, sees_small: bool) -> dict[str, object]:
    if cell.shown and cell.shown < SMALL and not sees_small:
        return {"coverage": "small", "shown": Figure(f"<{SMALL}"), "checked": None}
    place = cell.place or WITHOUT
    where = {"country": country or place, "kind": cell.kind, "city": place if country else ""}
    checked = number(cell.checked, sees_small)
    return {
        "coverage": str(cell.coverage),
        "words": str(Coverage(cell.coverage).label),
        "shown": figure(cell.shown, "shown", where, opens=sees_small, sees_small=sees_small),
        "checked": Figure(checked, rows_url("checked", where) if sees_small and cell.checked else ""),
    }


def kinds_table(
    known: Sequence[MonitoredListing],
    country: str,
    group: str,
    *,
    sees_small: bool,
    organization: Organization | None = None,
) -> list[dict[str, object]]:
    there = [row for row in _there(known, country) if organization is None or row.organization == organization.pk]
    found, about = (
        by_kind(there, group),
        {"country": country, "organization": organization.slug if organization else ""},
    )
    rows = [
        _line(names().name("service", kind), mine, about | {"kind": kind}, sees_small=sees_small)
        | {"code": kind, "drills": not group and bool(names().tree.get(kind))}
        for kind, mine in found.items()
        if mine
    ]
    return rows if sees_small else without_single_small(rows)


def organizations_table(known: Sequence[MonitoredListing], country: str) -> list[dict[str, object]]:
    """In the order of the alphabet: nobody is ranked."""
    found = by_organization(_there(known, country))
    called = {row.pk: row for row in Organization.objects.filter(pk__in=found)}
    rows = [
        _line(worded(called[pk], "name"), mine, {"country": country, "organization": called[pk].slug}, sees_small=True)
        | {"organization": called[pk].slug}
        for pk, mine in found.items()
    ]
    return sorted(rows, key=lambda row: reading_key(str(row["name"])))


def silence_table(known: Sequence[MonitoredListing], *, sees_small: bool) -> list[dict[str, object]]:
    """What went from the public map because nobody confirmed it: in this month, and in all."""
    codes = {row.country for row in known if row.is_gone}
    order = sorted(codes, key=lambda code: (not code, reading_key(country_name(code))))
    rows = [_silence(known, code or WITHOUT, sees_small=sees_small) for code in order]
    return [_silence(known, "", sees_small=sees_small), *(rows if sees_small else without_single_small(rows))]


def waits_table(user: User, month: dt.date, country: str, *, sees_small: bool) -> list[dict[str, object]]:
    """What ended in the month. A coordinator's are those that they may open: their countries, not their own house."""
    opens = user.is_coordinator
    called = {
        "confirmed": _("From the reminder to the confirmation"),
        "repaired": _("From a report to the correction"),
        "answered": _("From a suggestion to its answer"),
        "decided": _("From a submission to the decision"),
    }
    table = []
    for code, wait in WAITS.items():
        rows = ended(wait, month, wait.seen_by(user) if opens else None)
        days = days_of([row for row in rows if not country or row.country == country])
        told = sees_small or days.count >= SMALL
        about = {"month": f"{month:%Y-%m}", "country": country}
        table.append(
            {
                "name": called[code],
                "count": figure(days.count, code, about, opens=opens, sees_small=sees_small),
                "median": days.median if told else None,
                "nine": days.p90 if told else None,
            }
        )
    return table


def without_single_small(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """A single small number is the sum less all others, so the next one is withheld with it."""
    for name in {key for row in rows for key, value in row.items() if isinstance(value, Figure)}:
        told = [row for row in rows if isinstance(row[name], Figure) and isinstance(row[name].text, int)]  # type: ignore[attr-defined]
        small = [row for row in rows if isinstance(row[name], Figure) and row[name].text == f"<{SMALL}"]  # type: ignore[attr-defined]
        others = [row for row in told if row[name].text]  # type: ignore[attr-defined]
        if len(small) == 1 and others:
            min(others, key=lambda row: row[name].text)[name] = Figure(WITHHELD)  # type: ignore[attr-defined]
    return rows


def _there(known: Iterable[MonitoredListing], country: str) -> list[MonitoredListing]:
    return [row for row in known if row.is_published and (not country or row.country == country)]


def _silence(known: Sequence[MonitoredListing], country: str, *, sees_small: bool) -> dict[str, object]:
    asked, name = Which(country=country), _("The whole network")
    if country:
        name = _("without a country") if country == WITHOUT else country_name(country)
    found = {of: len(counted(known, of, asked)) for of in ("lost", "gone")}
    told = {of: figure(n, of, {"country": country}, opens=sees_small, sees_small=sees_small) for of, n in found.items()}
    return {"name": name, **told}


def _line(
    name: str, rows: Sequence[MonitoredListing], about: Mapping[str, str], *, sees_small: bool
) -> dict[str, object]:
    small = len(rows) < SMALL and not sees_small
    found = {of: sum(COUNTED[of](row) for row in rows) for of in STANDING}
    told = {of: figure(n, of, about, opens=sees_small, sees_small=sees_small) for of, n in found.items()}
    said = standing(rows).said
    return {"name": name, **told, "said": None if small else said}


def plain(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> list[list[object]]:
    """The same table for a spreadsheet."""
    return [[_value(row[name]) for name in columns] for row in rows]


def _value(value: object) -> object:
    return asdict(value)["text"] if isinstance(value, Figure) else value
