"""Files of sums: one a day and process, written anew by its process alone, read together."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import orjson
from django.conf import settings

from core import clock
from usage.words import Used

log = logging.getLogger(__name__)
#: How long a day is kept.
KEPT_DAYS: Final = 400


def write(name: str, sums: Mapping[Used, int]) -> None:
    """All or nothing; a disk that is full costs sums and no answer."""
    if not sums or not settings.USAGE_DIR:
        return
    folder = Path(settings.USAGE_DIR)
    beside = folder / f".{name}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(orjson.dumps([[*cell, count] for cell, count in sorted(sums.items())]))
        beside.replace(folder / name)
    except OSError:
        log.warning("the sums of use could not be written")


def read(first: dt.date, last: dt.date) -> Iterator[tuple[Used, int]]:
    """Every cell of every file of these days."""
    for path in _all():
        if not first.isoformat() <= path.name[:10] <= last.isoformat():
            continue
        try:
            rows = orjson.loads(path.read_bytes())
            found = [(Used(what, country, code), int(count)) for what, country, code, count in rows]
        except (OSError, ValueError, TypeError):
            log.warning("a file of sums of use cannot be read")
            continue
        yield from found


def sweep() -> None:
    """Days that are older than they may be are gone."""
    oldest = (clock.today() - dt.timedelta(days=KEPT_DAYS)).isoformat()
    for path in _all():
        if path.name[:10] < oldest:
            path.unlink(missing_ok=True)


def _all() -> list[Path]:
    folder = Path(settings.USAGE_DIR) if settings.USAGE_DIR else None
    return sorted(folder.glob("????-??-??.*.json")) if folder and folder.is_dir() else []
