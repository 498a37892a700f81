"""The files of an index: opened where they lie, else made, out of those of the last one where there are any."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from pathlib import Path

from django.db import connection

from directory.crossing.records import Audience
from directory.index.making.building import pack
from directory.index.making.renewing import rows_of_now
from directory.index.making.rows import ReadRows
from directory.index.packed import READ, Broken, PackedRows, opened, write

logger = logging.getLogger(__name__)


def opened_or_made(audience: Audience, path: Path, earlier: Sequence[Path]) -> PackedRows:
    """The index in that folder, of what the tables hold in the transaction of the connection."""
    try:
        return opened(path)
    except (Broken, OSError) as fault:
        if path.exists():
            logger.warning("the packed index is made anew: %s", fault)
            shutil.rmtree(path, ignore_errors=True)
    read = rows_of_now(audience, connection, _read_before(earlier))
    write(pack(read), path, PackedRows(len(read), 0, read.arrays, {"origin": read.origin}))
    return opened(path)


def _read_before(earlier: Sequence[Path]) -> ReadRows | None:
    """What the last index was packed from."""
    for path in earlier[:1]:
        try:
            told = opened(path / READ)
            return ReadRows.of_arrays(told.words["origin"], told.arrays)
        except (Broken, OSError, KeyError) as fault:
            logger.warning("the last packed index is of no use for the next: %s", fault)
    return None
