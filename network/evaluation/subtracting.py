"""What two cycles would give away together: a year less half a year, or less both of its halves.

Rule: whatever was frozen first has been told, so the later cycle hides. Where a difference of the network is a number
from one to four, its whole indicator; where only that of a country is, all of its countries. Halves lie inside their
year (a trigger); of older ones that do not, the later cycle tells nothing about people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from network.evaluation.indicators import SPECS
from network.evaluation.models import CycleKind, EvaluationCycle, IndicatorValue

#: Of people, smaller numbers are told to nobody.
LEAST: Final = 5
WHOLE, PARTS = "whole", "parts"
#: By country, and "" for the network.
_Numbers = dict[str, int]


def given_away(cycle: EvaluationCycle) -> dict[str, str]:
    """By code of indicator: whether all of it is hidden for another cycle's sake, or its countries."""
    earlier = [one for one in EvaluationCycle.objects.beside(cycle) if _is_earlier(one, cycle)]
    codes = [code for code, spec in SPECS.items() if spec.is_of_people and not spec.is_of_ways]
    if not cycle.is_frozen or not earlier:
        return {}
    sums = list(_pairs(cycle, earlier))
    if not sums:
        return dict.fromkeys(codes, WHOLE)
    numbers = _numbers({one.pk for year, halves in sums for one in (year, *halves)})
    hidden = {code: _level(_left(code, numbers, *pair) for pair in sums) for code in codes}
    return {code: level for code, level in hidden.items() if level}


def _is_earlier(one: EvaluationCycle, cycle: EvaluationCycle) -> bool:
    if one.frozen_at is None or cycle.frozen_at is None:
        return False
    return (one.frozen_at, one.pk) < (cycle.frozen_at, cycle.pk)


def _pairs(
    cycle: EvaluationCycle, earlier: Sequence[EvaluationCycle]
) -> Iterator[tuple[EvaluationCycle, tuple[EvaluationCycle, ...]]]:
    """A year and halves of it that somebody could take away, this cycle among them. None: they do not lie inside."""
    year, others = cycle, [*earlier]
    own: tuple[EvaluationCycle, ...] = ()
    if cycle.kind != CycleKind.YEAR:
        year, own = earlier[0], (cycle,)
        others = [one for one in EvaluationCycle.objects.beside(year) if _is_earlier(one, cycle)]
    lie_inside = all(year.starts_on <= one.starts_on and one.ends_on <= year.ends_on for one in (*own, *others))
    if not lie_inside or (own and len(earlier) > 1):
        return
    for size in range(0 if own else 1, len(others) + 1):
        for more in combinations(others, size):
            yield year, (*own, *more)


def _numbers(cycles: Iterable[int]) -> dict[tuple[int, str], _Numbers]:
    """As they were frozen, by cycle and code."""
    found: dict[tuple[int, str], _Numbers] = {}
    rows = IndicatorValue.objects.filter(indicator__cycle__in=list(cycles), note="").order_by("pk")
    for cycle, code, scope, n in rows.values_list("indicator__cycle", "indicator__code", "scope", "n"):
        found.setdefault((cycle, code), {})[scope] = n
    return found


def _left(
    code: str,
    numbers: dict[tuple[int, str], _Numbers],
    year: EvaluationCycle,
    halves: Sequence[EvaluationCycle],
) -> _Numbers:
    """What remains of the year; nothing where one of them does not measure it."""
    parts = [numbers.get((one.pk, code)) for one in halves]
    whole = numbers.get((year.pk, code))
    if whole is None or not all(part is not None for part in parts):
        return {}
    return {scope: n - sum(part.get(scope, 0) for part in parts if part) for scope, n in whole.items()}


def _level(remainders: Iterable[_Numbers]) -> str:
    small = {scope for left in remainders for scope, n in left.items() if 0 < abs(n) < LEAST}
    if "" in small:
        return WHOLE
    return PARTS if small else ""
