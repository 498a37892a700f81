"""From rows to a value: how many, which, and the hash of them.

Rule: the same rows give the same value and the same hash, in whatever order they come.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

#: Of whole numbers and halves of days; what is finer says nothing.
_CENTS: Final = Decimal("0.01")


@dataclass(frozen=True)
class MeasuredPeriod:
    """The days of a cycle, both included; `cycle` and `question` are for the survey, `salt` for hashes."""

    starts_on: dt.date
    ends_on: dt.date
    cycle: int | None = None
    question: str = ""
    salt: str = ""

    @property
    def starts_at(self) -> dt.datetime:
        return dt.datetime.combine(self.starts_on, dt.time(), tzinfo=dt.UTC)

    @property
    def ends_at(self) -> dt.datetime:
        """The first instant after it."""
        return dt.datetime.combine(self.ends_on + dt.timedelta(days=1), dt.time(), tzinfo=dt.UTC)

    @property
    def first_month(self) -> dt.date:
        return self.starts_on.replace(day=1)

    @property
    def last_month(self) -> dt.date:
        return self.ends_on.replace(day=1)


@dataclass(frozen=True)
class MeasuredRow:
    """One row or sum of the source: where, which, how much of how many.

    `is_total`: it speaks of the network, and where there are such rows no others make its sum.
    """

    scope: str
    key: str
    part: float
    whole: int = 1
    is_total: bool = False

    @property
    def line(self) -> str:
        return f"{self.scope}|{self.key}|{self.part:g}|{self.whole}|{int(self.is_total)}"


class MeasuredHow(StrEnum):
    SHARE = "share"  # percent: of so many, so many
    MEAN = "mean"  # of so many, so much each
    TOTAL = "total"  # all together


@dataclass(frozen=True)
class Measured:
    """`value` None: there is nothing to measure."""

    scope: str
    value: Decimal | None
    n: int
    source: str

    @property
    def line(self) -> str:
        return f"{self.scope}|{self.value}|{self.n}|{self.source}"


Formula = Callable[[MeasuredPeriod], Iterable[MeasuredRow]]


def measured(rows: Iterable[MeasuredRow], how: MeasuredHow, salt: str = "") -> list[Measured]:
    """For the network, and for each country or way that the rows name; the network first."""
    scopes: dict[str, list[MeasuredRow]] = defaultdict(list)
    everything = list(rows)
    totals = [row for row in everything if row.is_total]
    scopes[""] = totals or everything
    for row in everything:
        if row.scope and not row.is_total:
            scopes[row.scope].append(row)
    return [_value(scope, scopes[scope], how, salt) for scope in sorted(scopes)]


def _value(scope: str, rows: list[MeasuredRow], how: MeasuredHow, salt: str) -> Measured:
    n = sum(row.whole for row in rows)
    part = Decimal(repr(round(sum(row.part for row in rows), 6)))
    value: Decimal | None = None
    if how == MeasuredHow.TOTAL:
        value = part
    elif n:
        value = part / n * (100 if how == MeasuredHow.SHARE else 1)
    found = None if value is None else value.quantize(_CENTS)
    return Measured(scope, found, n, hash_of((row.line for row in rows), salt))


def hash_of(lines: Iterable[str], salt: str = "") -> str:
    return hashlib.sha256("\n".join([salt, *sorted(lines)]).encode()).hexdigest()
