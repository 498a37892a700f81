"""The rows of now, made of those that were read for the last index: only what was written since is read again.

Rule: a version of a row that lies where it lay, written by the transaction that wrote it, in the same life of the same
server, is what was read. Everything else is read anew; where that is much, everything is.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from directory.crossing.records import Audience
from directory.index.making.copying import copied, origin, versions
from directory.index.making.rows import ReadRows
from directory.index.packed import Array

#: More new rows than this share of all are read faster with everything else.
_SHARE = 4
#: So few are always read by themselves.
_FEW = 200


def rows_of_now(audience: Audience, connection: Any, before: ReadRows | None = None) -> ReadRows:
    """What the table of the audience holds in the transaction of the connection."""
    if before is None or before.origin != origin(audience, connection):
        return copied(audience, connection)
    row, written_by = versions(audience, connection)
    old, is_known = _known(before, row, written_by)
    fresh = row[~is_known]
    if len(fresh) > max(_FEW, len(row) // _SHARE):
        return copied(audience, connection)
    kept = before.taken(old)
    return kept.joined(copied(audience, connection, fresh)) if len(fresh) else kept


def _known(before: ReadRows, row: Array, written_by: Array) -> tuple[Array, Array]:
    """The rows of before that are there still, and which of those of now they are."""
    lay, by = before.columns["row"], before.columns["written_by"]
    order = np.argsort(lay, kind="stable")
    at = np.minimum(np.searchsorted(lay, row, sorter=order), max(0, len(lay) - 1))
    old = order[at] if len(lay) else np.zeros(len(row), np.int64)
    is_known = (lay[old] == row) & (by[old] == written_by) if len(lay) else np.zeros(len(row), np.bool_)
    return old[is_known], is_known
