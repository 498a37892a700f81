"""Quarters that were kept, and what became of a cell between two of them."""

from __future__ import annotations

from dataclasses import dataclass

from network.gaps.cells import Matrix
from network.gaps.models import GapSnapshot
from network.gaps.models.words import CellState


@dataclass(frozen=True)
class Change:
    """One cell of a kind and a country (and group) that stands otherwise than it did."""

    kind: str
    country: str
    group: str
    before: CellState
    now: CellState


def state_in(kept: GapSnapshot, kind: str, country: str, group: str = "") -> CellState | None:
    """How the cell stood; None when it was not asked about."""
    if kind not in kept.kinds or country not in kept.countries or (group and group not in kept.groups):
        return None
    return CellState(kept.states.get(f"{kind}|{country}|{group}", CellState.UNKNOWN))


def changes(kept: GapSnapshot, cut: Matrix) -> list[Change]:
    """What changed since then, of the cells without a group: a change of one shows in most of its groups."""
    found = []
    for kind in cut.kinds:
        for country in cut.countries:
            before, now = state_in(kept, kind, country), cut.cell(kind, country).state
            if before is not None and before != now:
                found.append(Change(kind, country, "", before, now))
    return found
