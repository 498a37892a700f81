"""What two cycles would give away together: a year less half a year, or less both of its halves.

Rule: whatever was told first has been told, so the later one hides. Where a difference of the network is a number from
one to four, the whole indicator of the cycle that was frozen later; where only that of a country is, all of its
countries. Of a value that was added after the freezing, that value. Every value is compared with every value of the
others, frozen and added. Halves lie inside their year (a trigger); of older ones that do not, the later cycle tells
nothing about people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from network.evaluation.indicators import SPECS
from network.evaluation.models import CycleKind, EvaluationCycle, IndicatorValue

#: Of people, smaller numbers are told to nobody.
LEAST: Final = 5
WHOLE, PARTS = "whole", "parts"
#: By country, and "" for the network: what it was said to be, first and later.
_Numbers = dict[str, set[int]]
#: When something was told; two cycles of one instant by their keys.
_Moment = tuple[dt.datetime, int]
#: A year and halves of it that somebody could take away.
_Sum = tuple[EvaluationCycle, tuple[EvaluationCycle, ...]]


def is_few(n: int) -> bool:
    """Whether a difference of this many is that of a few people."""
    return 0 < abs(n) < LEAST


def given_away(cycle: EvaluationCycle) -> dict[str, str]:
    """By code of indicator: whether all that was frozen of it is hidden for another cycle's sake, or its countries."""
    if not cycle.is_frozen or cycle.frozen_at is None:
        return {}
    moment, around = (cycle.frozen_at, cycle.pk), _around(cycle)
    if not any(_is_earlier(one, moment) for one in around):
        return {}
    sums = list(_sums(cycle, around, moment))
    if not sums:
        return dict.fromkeys(_codes(), WHOLE)
    numbers = _numbers(_values(sums), cycle, cycle.frozen_at)
    hidden = {code: _level(_left(code, numbers, *one) for one in sums) for code in _codes()}
    return {code: level for code, level in hidden.items() if level}


def added_given_away(cycle: EvaluationCycle) -> set[int]:
    """Keys of values that were added, and that another cycle had told too much beside."""
    added = IndicatorValue.objects.filter(indicator__cycle=cycle, indicator__code__in=_codes()).exclude(note="")
    rows, around = list(added.select_related("indicator")), _around(cycle)
    if not rows or not around:
        return set()
    values = _values([(one, tuple(halves)) for one, halves in around.items()])
    return {row.pk for row in rows if _is_told_away(row, cycle, around, values)}


def _is_told_away(
    row: IndicatorValue,
    cycle: EvaluationCycle,
    around: dict[EvaluationCycle, list[EvaluationCycle]],
    values: Sequence[IndicatorValue],
) -> bool:
    """Beside what was told before it."""
    moment = (row.computed_at, 0)
    if not any(_is_earlier(one, moment) for one in around):
        return False
    sums, code = list(_sums(cycle, around, moment)), row.indicator.code
    numbers = _numbers(values, cycle, row.computed_at)
    numbers[cycle.pk, code] = {row.scope: {row.n}}
    return not sums or any(is_few(n) for one in sums for n in _left(code, numbers, *one).get(row.scope, ()))


def _codes() -> list[str]:
    return [code for code, spec in SPECS.items() if spec.is_of_people and not spec.is_of_ways]


def _around(cycle: EvaluationCycle) -> dict[EvaluationCycle, list[EvaluationCycle]]:
    """Those of the other kind that have a day in common with it; of a year that half a year lies in, all its halves."""
    others = list(EvaluationCycle.objects.beside(cycle))
    if cycle.kind == CycleKind.YEAR:
        return {one: [] for one in others}
    return {year: [one for one in EvaluationCycle.objects.beside(year) if one != cycle] for year in others}


def _is_earlier(one: EvaluationCycle, moment: _Moment) -> bool:
    return one.frozen_at is not None and (one.frozen_at, one.pk) < moment


def _sums(
    cycle: EvaluationCycle, around: dict[EvaluationCycle, list[EvaluationCycle]], moment: _Moment
) -> Iterator[_Sum]:
    """This cycle is among each. None: they do not lie inside."""
    earlier = [one for one in around if _is_earlier(one, moment)]
    year, others = cycle, earlier
    own: tuple[EvaluationCycle, ...] = ()
    if cycle.kind != CycleKind.YEAR:
        year, own = earlier[0], (cycle,)
        others = [one for one in around[year] if _is_earlier(one, moment)]
    lie_inside = all(year.starts_on <= one.starts_on and one.ends_on <= year.ends_on for one in (*own, *others))
    if not lie_inside or (own and len(earlier) > 1):
        return
    for size in range(0 if own else 1, len(others) + 1):
        for more in combinations(others, size):
            yield year, (*own, *more)


def _values(sums: Iterable[_Sum]) -> list[IndicatorValue]:
    cycles = {one.pk for year, halves in sums for one in (year, *halves)}
    return list(IndicatorValue.objects.filter(indicator__cycle__in=cycles).select_related("indicator").order_by("pk"))


def _numbers(
    values: Iterable[IndicatorValue], cycle: EvaluationCycle, until: dt.datetime
) -> dict[tuple[int, str], _Numbers]:
    """By cycle and code: as they were frozen, and what was added to the others until then."""
    found: dict[tuple[int, str], _Numbers] = {}
    for one in values:
        of = one.indicator
        if not one.note or (of.cycle_id != cycle.pk and one.computed_at <= until):
            found.setdefault((of.cycle_id, of.code), {}).setdefault(one.scope, set()).add(one.n)
    return found


def _left(
    code: str,
    numbers: dict[tuple[int, str], _Numbers],
    year: EvaluationCycle,
    halves: Sequence[EvaluationCycle],
) -> _Numbers:
    """All that may remain of the year; nothing where one of them does not measure it."""
    parts = [numbers.get((one.pk, code)) for one in halves]
    whole = numbers.get((year.pk, code))
    if whole is None or not all(part is not None for part in parts):
        return {}
    left = {}
    for scope, found in whole.items():
        left[scope] = found
        for part in parts:
            left[scope] = {n - less for n in left[scope] for less in (part or {}).get(scope, {0})}
    return left


def _level(remainders: Iterable[_Numbers]) -> str:
    small = {scope for left in remainders for scope, found in left.items() if any(map(is_few, found))}
    if "" in small:
        return WHOLE
    return PARTS if small else ""
