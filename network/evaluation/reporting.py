"""A cycle as it is told: every indicator with its definition, number, day and hash; the survey; what was found.

Rule: of what speaks of people nothing is told before the freezing, for two looks at a growing number tell the last one
by a difference. A number below five is told to nobody, neither its value nor its hash; and where those that are hidden
would sum to less than five, the next smallest is hidden too, so that no sum gives it away. Nor does a second cycle
(`network.evaluation.subtracting`), nor a better figure that is added beside a frozen one. Referrals are rounded to
five, and a way that is hidden has no line, as on the coordinators' desk. A file holds what the page holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from core import clock
from network.evaluation.indicators import SPECS, IndicatorSpec
from network.evaluation.measuring import Measured, MeasuredHow
from network.evaluation.models import EvaluationCycle, EvaluationIndicator, IndicatorValue
from network.evaluation.services import values
from network.evaluation.subtracting import LEAST, WHOLE, added_given_away, given_away, is_few


@dataclass(frozen=True)
class ValueTold:
    """`n` None: hidden, `is_beside` for the sake of another that was told. `value` None beside an `n`: there is
    nothing to measure. `is_later`: from the freezing on.
    """

    scope: str
    value: Decimal | None
    n: int | None
    source: str
    computed_at: dt.datetime
    note: str = ""
    is_later: bool = False
    is_beside: bool = False

    @property
    def is_hidden(self) -> bool:
        return self.n is None

    def hidden(self) -> ValueTold:
        return replace(self, value=None, n=None, source="")

    def hidden_beside(self) -> ValueTold:
        return replace(self.hidden(), is_beside=True)


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
    """As frozen; before that as it is now, and nothing of people: neither a figure of them nor the survey."""
    rows = list(cycle.indicators.all())
    if not cycle.is_frozen:
        open_now = [row for row in rows if not SPECS[row.code].is_of_people]
        found = values.now(cycle, open_now)
        return [_told(row, [_of(one) for one in found[row.code]]) if row in open_now else _later(row) for row in rows]
    added_away = added_given_away(cycle)
    kept: dict[int, list[ValueTold]] = {row.pk: [] for row in rows}
    for value in IndicatorValue.objects.filter(indicator__cycle=cycle).order_by("scope", "pk"):
        one = ValueTold(value.scope, value.value, value.n, value.source, value.computed_at, value.note)
        kept[value.indicator_id].append(one.hidden_beside() if value.pk in added_away else one)
    beside = given_away(cycle)
    return [_told(row, kept[row.pk], beside.get(row.code, "")) for row in rows]


def _of(one: Measured) -> ValueTold:
    return ValueTold(one.scope, one.value, one.n, one.source, clock.now())


def _later(row: EvaluationIndicator) -> IndicatorTold:
    return IndicatorTold(row, SPECS[row.code], ValueTold("", None, None, "", clock.now(), is_later=True))


def _told(row: EvaluationIndicator, found: Iterable[ValueTold], beside: str = "") -> IndicatorTold:
    """`beside` is what another cycle would give away of it: "whole", "parts" or nothing."""
    spec, all_of_them = SPECS[row.code], list(found)
    frozen = [one for one in all_of_them if not one.note]
    whole = next(one for one in frozen if not one.scope)
    parts = [one for one in frozen if one.scope]
    added = sorted((one for one in all_of_them if one.note), key=lambda one: one.computed_at)
    if spec.is_of_people:
        parts = without_small(parts, whole.n or 0)
        whole, *added = [_small(one) for one in (whole, *added)]
    if beside:
        parts = [one.hidden_beside() for one in parts]
        added = [one.hidden_beside() if one.scope or beside == WHOLE else one for one in added]
        whole = whole.hidden_beside() if beside == WHOLE else whole
    if spec.is_of_people and not spec.is_of_ways:
        added = without_near(added, [whole, *parts], spec)
    if spec.is_of_ways:
        whole, *added = [_rounded(one) for one in (whole, *added)]
        parts = [_rounded(one) for one in parts if not one.is_hidden]
    return IndicatorTold(row, spec, whole, parts, added)


def _small(one: ValueTold) -> ValueTold:
    return one.hidden() if one.n is not None and 0 < one.n < LEAST else one


def without_small(parts: Iterable[ValueTold], whole: int) -> list[ValueTold]:
    """Parts below five hidden, and the next smallest as long as what is left of the whole is a number below five.

    What is left is those that are hidden together, and whatever has no country.
    """
    found = {one.scope: _small(one) for one in parts}
    shown = sorted((one for one in found.values() if one.n), key=lambda one: (one.n or 0, one.scope))
    left = whole - sum(one.n or 0 for one in shown)
    for one in shown:
        if not 0 < left < LEAST:
            break
        found[one.scope], left = one.hidden(), left + (one.n or 0)
    return list(found.values())


def without_near(added: Iterable[ValueTold], frozen: Iterable[ValueTold], spec: IndicatorSpec) -> list[ValueTold]:
    """Added ones, hidden where somebody could reckon out a few people beside what was told before them.

    The frozen one stands beside it: of 100 and 98 everybody reads two.
    """
    shown, found = [one for one in frozen if not one.is_hidden], []
    for one in added:
        tells_few = any(one.scope == other.scope and _is_near(one, other, spec) for other in shown)
        if not one.is_hidden and (tells_few or _leaves_few(one, shown)):
            one = one.hidden_beside()
        shown += [] if one.is_hidden else [one]
        found.append(one)
    return found


def _is_near(one: ValueTold, other: ValueTold, spec: IndicatorSpec) -> bool:
    """Of so many more or fewer, or of as many, so many of whom something else is said."""
    if one.n != other.n:
        return is_few((one.n or 0) - (other.n or 0))
    of = Decimal(one.n or 0) / 100 if spec.how == MeasuredHow.SHARE else 1
    said, before = (round((value.value or 0) * of) for value in (one, other))
    return is_few(said - before)


def _leaves_few(one: ValueTold, shown: Sequence[ValueTold]) -> bool:
    """Whether the whole less its countries is a few, with any of the numbers that each was said to be."""
    numbers: dict[str, set[int]] = {}
    for other in (*(other for other in shown if other.scope != one.scope), one):
        numbers.setdefault(other.scope, set()).add(other.n or 0)
    left = numbers.pop("", set())
    if not numbers:
        return False
    for found in numbers.values():
        left = {n - less for n in left for less in found}
    return any(map(is_few, left))


def _rounded(one: ValueTold) -> ValueTold:
    """Its number and its percent to the nearest five."""
    if one.is_hidden:
        return one
    value, n = (None if number is None else _to_five(Decimal(number)) for number in (one.value, one.n))
    return replace(one, value=value, n=int(n or 0))


def _to_five(number: Decimal) -> Decimal:
    return (number / LEAST).quantize(Decimal(1), ROUND_HALF_UP) * LEAST
