"""Two numbers that have to be nothing, reckoned apart from what paints the matrix: for simulations and tests."""

from __future__ import annotations

from django.db import connection

from core import clock
from directory.vocabulary import vocabulary
from network.gaps.cells import matrix
from network.gaps.counts import LEAST, CellNumbers
from network.gaps.models.words import CellState
from network.gaps.sources import absences

#: The source that is asked here by itself.
_OWN = "network.gaps.sources.looked.standing"
_LOOKED = """
SELECT EXISTS (
    SELECT 1 FROM gaps_absencecheck word WHERE word.service_type = %s AND word.country = %s AND word.group IN ('', %s)
    AND word.ended_at IS NULL AND word.checked_on <= %s AND word.valid_until > %s
)
"""


def gaps_unknown_as_none() -> int:
    """Cells that say «none» though nobody has looked: neither a word in the database nor one of another source."""
    cut, today, wrong = matrix(vocabulary("members")), clock.today(), 0
    others = {(word.kind, word.country, word.group) for word in absences(today, but=_OWN)}
    with connection.cursor() as cursor:
        for kind in cut.kinds:
            for country in cut.countries:
                for one in ("", *cut.ones):
                    if cut.cell(kind, country, one).state != CellState.NONE:
                        continue
                    cursor.execute(_LOOKED, [kind, country, one, today, today])
                    is_known = cursor.fetchone()[0] or {(kind, country, ""), (kind, country, one)} & others
                    wrong += not is_known
    return wrong


def small_cells_shown() -> int:
    """Numbers under five that are told, or that a told sum gives away."""
    wrong = 0
    for _kind, _country, told in CellNumbers().every():
        wrong += sum(part.count is not None and part.count < LEAST for part in told.parts)
        hides = any(part.count is None for part in told.parts)
        wrong += told.total is not None and (hides or told.total < LEAST)
    return wrong
