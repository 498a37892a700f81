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
SELECT word.service_type, word.country, word.group FROM gaps_absencecheck word
WHERE word.ended_at IS NULL AND word.checked_on <= %(today)s AND word.valid_until > %(today)s
"""


def gaps_unknown_as_none() -> int:
    """Cells that say «none» though nobody has looked: neither a word in the database nor one of another source."""
    cut, today, wrong = matrix(vocabulary("members")), clock.today(), 0
    looked = {(word.kind, word.country, word.group) for word in absences(today, but=_OWN)}
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED, {"today": today})
        looked |= set(cursor.fetchall())
    for kind in cut.kinds:
        for country in cut.countries:
            for one in ("", *cut.ones):
                if cut.cell(kind, country, one).state == CellState.NONE:
                    wrong += not {(kind, country, ""), (kind, country, one)} & looked
    return wrong


def small_cells_shown() -> int:
    """Numbers under five that are told, or that a told sum gives away."""
    wrong = 0
    for _kind, _country, told in CellNumbers().every():
        wrong += sum(part.count is not None and part.count < LEAST for part in told.parts)
        hides = any(part.count is None for part in told.parts)
        wrong += told.total is not None and (hides or told.total < LEAST)
    return wrong
