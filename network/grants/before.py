"""How the cells of a grant stood before it, and how they stand after: by the matrix, never by a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core import clock
from directory.vocabulary import vocabulary
from network.gaps.cells import Matrix, matrix
from network.gaps.matrix import GROUP, LANGUAGE
from network.gaps.models import CellState, Gap, GapSnapshot
from network.gaps.quarters import state_in
from network.gaps.rounds import cell_of
from network.grants.models import Grant, GrantCell

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True)
class CellTold:
    """`after` is how it stands today until the grant is closed; then it stays."""

    gap: Gap
    before: CellState
    before_on: dt.date
    after: CellState
    after_on: dt.date
    is_final: bool
    #: Quarters in between, as they were kept: first day and state.
    quarters: list[tuple[dt.date, CellState]] = field(default_factory=list)

    @property
    def is_better(self) -> bool:
        return self.after == CellState.YES and self.before != CellState.YES


def _cuts(gaps: Iterable[Gap]) -> dict[str, Matrix]:
    words, axes = vocabulary("members"), {LANGUAGE if gap.language else GROUP for gap in gaps}
    return {axis: matrix(words, axis) for axis in sorted(axes)}


def note_before(grant: Grant, gaps: list[Gap]) -> None:
    cuts, today = _cuts(gaps), clock.today()
    for gap in gaps:
        GrantCell.objects.create(grant=grant, gap=gap, before=cell_of(gap, cuts).state, before_on=today)


def note_after(grant: Grant) -> None:
    """Once, when it is closed."""
    rows = list(grant.cells.select_related("gap").filter(after=""))
    cuts, today = _cuts([row.gap for row in rows]), clock.today()
    for row in rows:
        row.after, row.after_on = cell_of(row.gap, cuts).state, today
        row.save(update_fields=["after", "after_on"])


def told_of(grant: Grant) -> list[CellTold]:
    """Each cell before and after, with the quarters between."""
    rows = list(grant.cells.select_related("gap"))
    cuts, today = _cuts([row.gap for row in rows if not row.after]), clock.today()
    kept = list(GapSnapshot.objects.filter(quarter__gt=grant.starts_on).order_by("quarter")) if rows else []
    found = []
    for row in rows:
        after = CellState(row.after) if row.after else cell_of(row.gap, cuts).state
        until = row.after_on or today
        found.append(
            CellTold(
                gap=row.gap,
                before=CellState(row.before),
                before_on=row.before_on,
                after=after,
                after_on=until,
                is_final=bool(row.after),
                quarters=_quarters(row.gap, [one for one in kept if one.quarter <= until]),
            )
        )
    return found


def _quarters(gap: Gap, kept: list[GapSnapshot]) -> list[tuple[dt.date, CellState]]:
    """Only of cells that a quarter keeps: neither ways nor languages."""
    if gap.to_country or gap.language:
        return []
    told = [(one.quarter, state_in(one, gap.service_type, gap.country, gap.group)) for one in kept]
    return [(quarter, state) for quarter, state in told if state is not None]
