"""The figures of the months as charts and tables. Small numbers are for people of the network's members only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from core.geo.countries import country_name
from core.phrasing.dates import month_in_a_column
from verification.coordination.monitoring import Figures
from verification.models import MonthlyFigure
from workspace.coordination.charts import bar_chart, line_chart

#: A number below this could point at somebody, so outsiders get none of what rests on it.
SMALL = 5
FigureRow = Figures | MonthlyFigure


@dataclass(frozen=True)
class Measure:
    """One figure of a month. `base` is the number that it rests on, `read` its value or None; `empty` says why there
    is none in all these months. `show` names the page it stands on, `nine` within which time nine of ten ended;
    `counts` are numbers of listings themselves; `of` names the rows that it rests on."""

    code: str
    title: str
    help: str
    unit: str
    base: Callable[[FigureRow], int]
    read: Callable[[FigureRow], float | None]
    empty: str
    goal: float | None = None
    show: str = ""
    nine: Callable[[FigureRow], float | None] | None = None
    counts: bool = False
    of: str = ""

    def value(self, row: FigureRow, *, sees_small: bool) -> float | None:
        if not self._may_be_told(row, sees_small=sees_small):
            return None
        return self.read(row)

    def nine_of_ten(self, row: FigureRow, *, sees_small: bool) -> float | None:
        return self.nine(row) if self.nine and self._may_be_told(row, sees_small=sees_small) else None

    def _may_be_told(self, row: FigureRow, *, sees_small: bool) -> bool:
        """A count is small by itself, too: outsiders get none below five, and nothing below it as "0"."""
        least = min(self.base(row), self.read(row) or SMALL) if self.counts else self.base(row)
        return bool(self.base(row)) and (least >= SMALL or sees_small)


#: Figures whose rows are listings; those of the others are waits.
OF_LISTINGS = frozenset({"listings", "fresh", "late", "level2", "lost"})


@dataclass(frozen=True)
class Opens:
    """Which rows this person may open: listings, and what people waited for."""

    listings: bool
    waits: bool

    def url(self, of: str, country: str, month: dt.date) -> str:
        """The rows behind a figure of a month; "" for whoever may not open them."""
        if not of or not (self.listings if of in OF_LISTINGS else self.waits):
            return ""
        return rows_url(of, {"country": country, "month": f"{month:%Y-%m}"})


NOTHING_OPENS = Opens(listings=False, waits=False)


def rows_url(of: str, about: Mapping[str, str]) -> str:
    """The address of the rows behind a figure."""
    query = {"of": of} | {name: value for name, value in about.items() if value}
    return f"{reverse('workspace:coordination-monitoring-rows')}?{urlencode(query)}"


# long: one figure after the other
def measures() -> list[Measure]:
    return [
        Measure(
            "fresh", _("Confirmed in time"), _("Share of the listings on the map whose date has not passed."),
            "%", lambda r: r.listings, lambda r: _share(r.fresh, r.listings),
            _("There is no listing on the map yet."), 90, of="fresh",
        ),
        Measure(
            "level2", _("Checked by another organisation"),
            _("Share of the listings on the map that another organisation has checked."), "%",
            lambda r: r.listings, lambda r: _share(r.level2, r.listings), _("There is no listing on the map yet."),
            of="level2",
        ),
        Measure(
            "days", _("From the reminder to the confirmation"), _("Days, half of the answers were quicker."),
            "", lambda r: r.confirmations, lambda r: r.median_days_to_confirm,
            _("Nobody has confirmed anything after a reminder yet. The line begins with the first answer."),
            show="waits", nine=lambda r: r.p90_days_to_confirm, of="confirmed",
        ),
        Measure(
            "quick", _("Reports closed within 7 days"), _("Share of the reports that came in the month."),
            "%", lambda r: r.reports, lambda r: _share(r.reports_in_7_days, r.reports),
            _("No reader has reported anything in these months. The line begins with the first report."),
            show="waits", of="reported",
        ),
        Measure(
            "repair", _("From a report to the correction"), _("Days, half of the corrections were quicker."),
            "", lambda r: r.repaired, lambda r: r.median_days_to_repair,
            _("Nothing was corrected after a report in these months. The line begins with the first correction."),
            show="waits", nine=lambda r: r.p90_days_to_repair, of="repaired",
        ),
        Measure(
            "answers", _("From a suggestion to its answer"), _("Days, half of the answers were quicker."),
            "", lambda r: r.suggestions_answered, lambda r: r.median_days_to_answer,
            _("Nobody has suggested a service in these months. The line begins with the first answer."), 7,
            show="waits", nine=lambda r: r.p90_days_to_answer, of="answered",
        ),
        Measure(
            "decide", _("From a submission to the decision"), _("Days, half of the decisions were quicker."),
            "", lambda r: r.decided, lambda r: r.median_days_to_decide,
            _("Nothing was sent to be checked in these months. The line begins with the first decision."),
            show="waits", nine=lambda r: r.p90_days_to_decide, of="decided",
        ),
        Measure(
            "said", _("How much listings say"),
            _("Of what people look for: hours, contacts, languages and the rest, by weight. Half say more."), "%",
            lambda r: r.listings, lambda r: r.completeness,
            _("Nothing has been weighed in these months. The line begins with the next night."), show="standing",
            of="listings",
        ),
        Measure(
            "lost", _("Gone from the map, because nobody confirmed"),
            _("Services that readers could find until the month in which they went, and not back at its end."), "",
            lambda r: r.listings, lambda r: r.lost, _("There is no listing on the map yet."),
            show="silence", counts=True, of="lost",
        ),
    ]  # fmt: skip


def charts_of(
    history: Sequence[MonthlyFigure],
    months: Sequence[dt.date],
    *,
    sees_small: bool,
    show: str = "",
    opens: Opens = NOTHING_OPENS,
) -> list[dict[str, object]]:
    """One line chart for each measure of a page, with the rows of its table, over these months."""
    known = {row.month: row for row in history}
    found = []
    for measure in (one for one in measures() if one.show == show):
        told = {month: measure.value(row, sees_small=sees_small) for month, row in known.items()}
        series = [(month_in_a_column(month), told.get(month)) for month in months]
        rows = [
            {
                "month": month,
                "value": told[month],
                "nine": measure.nine_of_ten(known[month], sees_small=sees_small),
                "url": opens.url(measure.of, known[month].country, month) if told[month] else "",
            }
            for month in months
            if month in known
        ]
        chart = line_chart(str(measure.title), series, unit=measure.unit, goal=measure.goal)
        why_empty = _why_empty(measure, history, sees_small=sees_small)
        found.append({"measure": measure, "chart": chart, "why_empty": why_empty, "rows": rows})
    return found


def _why_empty(measure: Measure, history: Sequence[MonthlyFigure], *, sees_small: bool) -> str:
    """What stands where a line would, when no month has a value that may be told."""
    withheld = not sees_small and any(0 < measure.base(row) < SMALL for row in history)
    return (
        _("The numbers are below five, so they are for people of the network's members only.")
        if withheld
        else measure.empty
    )


def by_country(rows: Sequence[FigureRow], month: dt.date, opens: Opens, *, sees_small: bool) -> dict[str, object]:
    """The countries of one month: bars for each share, and a table with all figures, each with its rows."""
    shown = [row for row in rows if row.country]
    names = [country_name(row.country) for row in shown]
    bars = []
    for measure in measures()[:2]:
        values = [measure.value(row, sees_small=sees_small) for row in shown]
        bars.append(bar_chart(str(measure.title), list(zip(names, values, strict=True)), unit=measure.unit, top=100))
    table = [table_row(row, sees_small=sees_small) for row in rows]
    if not sees_small:
        not_to_be_subtracted(table)
    for line, row in zip(table, rows, strict=True):
        line["urls"] = {code: opens.url(of, row.country, month) for code, of in _ROWS.items()}
    return {"bars": bars, "rows": table}


def table_row(row: FigureRow, *, sees_small: bool) -> dict[str, object]:
    """All figures of a row; `None` where there is none or where it is too small to be told."""
    return {
        "country": row.country,
        "name": country_name(row.country) or _("The whole network"),
        "listings": number(row.listings, sees_small),
        "confirmations": number(row.confirmations, sees_small),
        "reports": number(row.reports, sees_small),
        "repaired": number(row.repaired, sees_small),
        "suggestions_answered": number(row.suggestions_answered, sees_small),
        "decided": number(row.decided, sees_small),
        **{f"{m.code}_nine": m.nine_of_ten(row, sees_small=sees_small) for m in measures() if m.nine},
        **{measure.code: measure.value(row, sees_small=sees_small) for measure in measures()},
    }


#: The rows behind the columns of the table of countries.
_ROWS = {
    "listings": "listings", "fresh": "fresh", "level2": "level2", "confirmations": "confirmed", "days": "confirmed",
    "reports": "reported", "quick": "reported",
}  # fmt: skip
#: Counts of a row; the row without a country is their sum.
COUNTS = ("listings", "confirmations", "reports", "repaired", "suggestions_answered", "decided")
#: Stands where a number could be told apart by taking the others from the sum.
WITHHELD = "…"


def not_to_be_subtracted(rows: Sequence[dict[str, object]], counts: Sequence[str] = COUNTS) -> None:
    """Of one month: a single small number is the sum less all others, so a second one is withheld beside it."""
    small = f"<{SMALL}"
    for name in counts:
        countries = [row for row in rows if row["country"]]
        if sum(row[name] == small for row in countries) != 1:
            continue
        told = [row for row in countries if isinstance(row[name], int) and row[name]]
        if told:  # else the rest is of no country, and stands nowhere
            min(told, key=lambda row: int(str(row[name])))[name] = WITHHELD


def number(count: int, sees_small: bool) -> int | str:
    return count if sees_small or count == 0 or count >= SMALL else f"<{SMALL}"


def last_months(today: dt.date, count: int = 12) -> list[dt.date]:
    """The first days of the last months, the oldest first, this one included."""
    numbers = [today.year * 12 + today.month - 1 - back for back in reversed(range(count))]
    return [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
