"""Public holidays of a country, from a dated table with its sources (`fixtures/holidays`, `fixtures/README.md`).

Rule: a day is a holiday, is none, or **it is not known**: where the table has no row for the country and year, where a
feast goes by the moon and the country has not named the day yet, where only some regions have it.
"""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from typing import NamedTuple

from django.conf import settings


class HolidayYear(NamedTuple):
    """Days of one year in one country, as “12-31”: free in the whole country, and those of which that is not sure."""

    off: frozenset[str]
    perhaps: frozenset[str]


@cache
def calendars() -> dict[tuple[str, int], HolidayYear]:
    """(country, year) → its days."""
    path = settings.BASE_DIR / "fixtures" / "holidays" / "holidays.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["country"], int(row["year"])): HolidayYear(
                frozenset(row["off"].split()), frozenset(row["perhaps"].split())
            )
            for row in csv.DictReader(file)
        }


def is_known(country: str, year: int) -> bool:
    """Whether the table has the country's holidays of that year."""
    return (country, year) in calendars()


def holiday(country: str, date: dt.date) -> bool | None:
    """Whether the date is a public holiday there; None when that is not known."""
    year = calendars().get((country, date.year))
    if year is None:
        return None
    day = f"{date:%m-%d}"
    return True if day in year.off else None if day in year.perhaps else False
