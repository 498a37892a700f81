"""What the worker does about gaps: it looks at their cells, writes down which are over, and keeps the quarter's matrix.

No gap waits for it: one whose sixty days were seen is over by the query. Where nobody looked for a week, the days begin
anew, so that a dead worker closes nothing that nobody saw.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from core import clock
from directory.vocabulary import vocabulary
from network.gaps.cells import GapCell, Matrix, matrix
from network.gaps.matrix import GROUP, LANGUAGE
from network.gaps.models import LIVE, CellState, Gap, GapSnapshot, GapState, GapStep, StepKind

#: Days without a look that a run outlives.
UNSEEN_DAYS = 7


def run() -> dict[str, int]:
    """Run it as often as you like: a day is seen once, a gap ends once, a quarter is kept once."""
    with transaction.atomic():
        words = vocabulary("members")
        cuts = {axis: matrix(words, axis) for axis in (GROUP, LANGUAGE)}
        observe(cuts)
        return {"gaps closed": close_held(), "matrices kept": keep_quarter(cuts[GROUP])}


def cell_of(gap: Gap, cuts: dict[str, Matrix]) -> GapCell:
    """How the cell of a gap stands in these cuts."""
    if gap.to_country:
        return cuts[GROUP].way(gap.service_type, gap.country, gap.to_country)
    if gap.language:
        return cuts[LANGUAGE].cell(gap.service_type, gap.country, gap.language)
    return cuts[GROUP].cell(gap.service_type, gap.country, gap.group)


def observe(cuts: dict[str, Matrix]) -> None:
    """Note of every live gap whether its help is there today."""
    for gap in Gap.objects.live().filter(state__in=[str(one) for one in LIVE]).order_by("pk").select_for_update():
        _note(gap, cell_of(gap, cuts).state == CellState.YES, clock.today())


def _note(gap: Gap, is_there: bool, today: dt.date) -> None:
    if not is_there:
        if gap.yes_since is not None:
            Gap.objects.filter(pk=gap.pk).update(yes_since=None, yes_seen_on=None)
            GapStep.objects.create(gap=gap, kind=StepKind.FELL)
        return
    since, seen = gap.yes_since, gap.yes_seen_on
    if since is None or seen is None or (today - seen).days > UNSEEN_DAYS:
        since = today
        GapStep.objects.create(gap=gap, kind=StepKind.HELD)
    Gap.objects.filter(pk=gap.pk).update(yes_since=since, yes_seen_on=today)


def close_held() -> int:
    """Write down those that are over; how many."""
    rows = list(Gap.objects.held().order_by("pk").select_for_update())
    for gap in rows:
        now = clock.now()
        Gap.objects.filter(pk=gap.pk).update(
            state=GapState.CLOSED, ended_at=now, updated_at=now, version=gap.version + 1
        )
        GapStep.objects.create(gap=gap, kind=StepKind.CLOSED)
    return len(rows)


def keep_quarter(cut: Matrix) -> int:
    """The matrix of the present quarter, once; 1 when it is new."""
    quarter = clock.quarter_of(clock.today())
    if GapSnapshot.objects.filter(quarter=quarter).exists():
        return 0
    states = {}
    for kind in cut.kinds:
        for country in cut.countries:
            for one in ("", *cut.ones):
                state = cut.cell(kind, country, one).state
                if state != CellState.UNKNOWN:
                    states[f"{kind}|{country}|{one}"] = str(state)
    GapSnapshot.objects.create(
        quarter=quarter, states=states, kinds=cut.kinds, countries=cut.countries, groups=cut.ones
    )
    return 1
