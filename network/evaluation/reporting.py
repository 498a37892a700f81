"""A cycle as it is told: every indicator with its definition, number, day and hash; the survey; what was found.

Rule: of what speaks of people a number below five is told to nobody, neither its value nor its hash; and where one part
alone would be hidden, the next smallest is hidden too, so that no sum gives it away. A file holds what the page holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from core import clock
from network.evaluation.indicators import SPECS, IndicatorSpec
from network.evaluation.measuring import Measured
from network.evaluation.models import EvaluationCycle, EvaluationIndicator, IndicatorValue
from network.evaluation.services import values

#: Of people, smaller numbers are told to nobody.
LEAST: Final = 5


@dataclass(frozen=True)
class ValueTold:
    """`n` None: hidden. `value` None beside an `n`: there is nothing to measure."""

    scope: str
    value: Decimal | None
    n: int | None
    source: str
    computed_at: dt.datetime
    note: str = ""

    @property
    def is_hidden(self) -> bool:
        return self.n is None

    def hidden(self) -> ValueTold:
        return replace(self, value=None, n=None, source="")


@dataclass(frozen=True)
class IndicatorTold:
    """`added` came after the freezing and does not take the place of what was frozen."""

    row: EvaluationIndicator
    spec: IndicatorSpec
    whole: ValueTold
    parts: Sequence[ValueTold] = ()
    added: Sequence[ValueTold] = field(default=())

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is; None where there is none, or no number."""
        if self.row.target is None or self.whole.value is None:
            return None
        if self.row.direction == "up":
            return self.whole.value >= self.row.target
        return self.whole.value <= self.row.target


def told(cycle: EvaluationCycle) -> list[IndicatorTold]:
    """As frozen; before that as it is now, without the survey, which is read by nobody while it runs."""
    rows = list(cycle.indicators.all())
    if not cycle.is_frozen:
        found = {code: measured for code, measured in values.now(cycle).items() if not SPECS[code].question}
        return [_told(row, [_of(one) for one in found[row.code]]) for row in rows if row.code in found]
    kept: dict[int, list[ValueTold]] = {row.pk: [] for row in rows}
    for value in IndicatorValue.objects.filter(indicator__cycle=cycle).order_by("scope", "pk"):
        one = ValueTold(value.scope, value.value, value.n, value.source, value.computed_at, value.note)
        kept[value.indicator_id].append(one)
    return [_told(row, kept[row.pk]) for row in rows]


def _of(one: Measured) -> ValueTold:
    return ValueTold(one.scope, one.value, one.n, one.source, clock.now())


def _told(row: EvaluationIndicator, found: Iterable[ValueTold]) -> IndicatorTold:
    spec, all_of_them = SPECS[row.code], list(found)
    frozen = [one for one in all_of_them if not one.note]
    whole = next(one for one in frozen if not one.scope)
    parts = [one for one in frozen if one.scope]
    added = [one for one in all_of_them if one.note]
    if spec.is_of_people:
        whole, *added = [_small(one) for one in (whole, *added)]
        parts = without_small(parts)
    return IndicatorTold(row, spec, whole, parts, added)


def _small(one: ValueTold) -> ValueTold:
    return one.hidden() if one.n is not None and 0 < one.n < LEAST else one


def without_small(parts: Iterable[ValueTold]) -> list[ValueTold]:
    """Parts below five hidden, and one more where a single one could be reckoned from the sum."""
    found = [_small(one) for one in parts]
    shown = [one for one in found if one.n]
    if sum(one.is_hidden for one in found) == 1 and shown:
        least = min(shown, key=lambda one: (one.n or 0, one.scope))
        found = [one.hidden() if one is least else one for one in found]
    return found
