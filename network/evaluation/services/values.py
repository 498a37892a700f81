"""Values: written once when a cycle is frozen, computed anew to compare, added to with a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, WrongState
from core.writing import clean_text, one_write
from network.evaluation.indicators import measure
from network.evaluation.measuring import Measured, MeasuredPeriod, hash_of
from network.evaluation.models import EvaluationCycle, EvaluationIndicator, IndicatorValue
from network.evaluation.services._inside import locked, need_runner

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Recomputed:
    """An indicator whose source has changed since it was frozen: then, and now. None: there is no such value."""

    code: str
    scope: str
    then: IndicatorValue | None
    now: Measured | None


def window_of(cycle: EvaluationCycle) -> MeasuredPeriod:
    return MeasuredPeriod(cycle.starts_on, cycle.ends_on, cycle.pk, salt=cycle.salt)


def now(cycle: EvaluationCycle, rows: Iterable[EvaluationIndicator] | None = None) -> dict[str, list[Measured]]:
    """Every indicator, or these, as it is at this moment, by code."""
    window = window_of(cycle)
    return {one.code: measure(one.code, window) for one in (cycle.indicators.all() if rows is None else rows)}


def write_values(cycle: EvaluationCycle) -> str:
    """Every value of a cycle that is being frozen; the hash of all of them."""
    found = now(cycle)
    rows = [
        IndicatorValue(indicator=one, scope=m.scope, value=m.value, n=m.n, source=m.source, computed_at=clock.now())
        for one in cycle.indicators.all()
        for m in found[one.code]
    ]
    IndicatorValue.objects.bulk_create(rows)
    return _hash(cycle, found)


def _hash(cycle: EvaluationCycle, found: dict[str, list[Measured]]) -> str:
    return hash_of((f"{code}|{m.line}" for code, values in found.items() for m in values), cycle.salt)


def frozen_hash(cycle: EvaluationCycle) -> str:
    """The hash of the values as they stand in the database; what somebody changed there would show."""
    kept: dict[str, list[Measured]] = {}
    for row in IndicatorValue.objects.filter(indicator__cycle=cycle, note="").select_related("indicator"):
        kept.setdefault(row.indicator.code, []).append(Measured(row.scope, row.value, row.n, row.source))
    return _hash(cycle, kept)


def recomputed_hash(cycle: EvaluationCycle) -> str:
    """The hash of the same indicators computed anew from the rows of today."""
    return _hash(cycle, now(cycle))


def changed(cycle: EvaluationCycle) -> Iterator[Recomputed]:
    """Indicators whose sources say something else today. Nothing is written."""
    then = {
        (row.indicator.code, row.scope): row
        for row in IndicatorValue.objects.filter(indicator__cycle=cycle, note="").select_related("indicator")
    }
    today = {(code, m.scope): m for code, values in now(cycle).items() for m in values}
    for key in sorted(then.keys() | today.keys()):
        was, is_now = then.get(key), today.get(key)
        if was is None or is_now is None or (was.value, was.n, was.source) != (is_now.value, is_now.n, is_now.source):
            yield Recomputed(*key, was, is_now)


@one_write
def add_value(
    *, actor: User, cycle: EvaluationCycle, code: str, value: Decimal, n: int, note: str, scope: str = ""
) -> IndicatorValue:
    """Beside the frozen one, which stays; the note says why."""
    need_runner(actor)
    row = locked(cycle)
    if not row.is_frozen:
        raise WrongState(_("A value is added after the freezing."))
    if not note.strip():
        raise HouseError(_("Say why the value is added."), field="note")
    one = EvaluationIndicator.objects.filter(cycle=row, code=code).first()
    if one is None:
        raise HouseError(_("Choose an indicator of this cycle."), field="code")
    note = clean_text(note)
    source = hash_of([f"{actor.pk}|{scope}|{value}|{n}|{note}"], row.salt)
    made = IndicatorValue(
        indicator=one, scope=scope, value=value, n=n, source=source, note=note, added_by=actor, computed_at=clock.now()
    )
    made.full_clean(exclude=["indicator", "added_by"])
    made.save()
    return made
