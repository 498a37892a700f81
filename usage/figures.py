"""Sums over days, as people may read them: a cell that is smaller than five is told by no number."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Final

from core import clock
from usage import files
from usage.words import EMBED, PAGES

#: Smaller sums might point at somebody.
LEAST: Final = 5
#: The days of a report, yesterday the last.
DAYS: Final = 28


@dataclass(frozen=True)
class SumTold:
    """A code or a country, and how often; None where that is less than five and more than nothing."""

    code: str
    count: int | None


@dataclass(frozen=True)
class SumsOfUse:
    """The sums of a time, largest first. `totals` by kind; `views` by country, pages and embeds together."""

    first: dt.date
    last: dt.date
    totals: dict[str, int | None]
    by_country: list[tuple[str, dict[str, int | None]]]
    lists: dict[str, list[SumTold]]

    @property
    def is_empty(self) -> bool:
        return not self.totals


def report(*lists: str) -> SumsOfUse:
    """The last four whole weeks. `lists` are the kinds of which the single codes are told."""
    last = clock.today() - dt.timedelta(days=1)
    first = last - dt.timedelta(days=DAYS - 1)
    totals: Counter[str] = Counter()
    countries: dict[str, Counter[str]] = {}
    codes: dict[str, Counter[str]] = {what: Counter() for what in lists}
    for cell, count in files.read(first, last):
        totals[cell.what] += count
        if cell.country:
            countries.setdefault(cell.country, Counter())[cell.what] += count
        if cell.what in codes:
            codes[cell.what][cell.code] += count
    return SumsOfUse(
        first=first,
        last=last,
        totals={what: told(count) for what, count in totals.items()},
        by_country=_by_country(countries),
        lists={
            what: [SumTold(code, told(count)) for code, count in sums.most_common()] for what, sums in codes.items()
        },
    )


def _by_country(countries: dict[str, Counter[str]]) -> list[tuple[str, dict[str, int | None]]]:
    def seen(sums: Counter[str]) -> int:
        return sum(sums[what] for what in (*PAGES, EMBED))

    rows = sorted(countries.items(), key=lambda item: (-seen(item[1]), item[0]))
    return [(code, {what: told(count) for what, count in sums.items()}) for code, sums in rows]


def told(count: int) -> int | None:
    """The count; None where it might point at somebody. Nothing is told as nothing."""
    return count if count >= LEAST or not count else None
