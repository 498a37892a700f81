"""Counting in memory, and in files of sums: each process has its own of each day, so none waits for another.

A process that is killed loses what it has counted since it last wrote: half a minute at most, or what came after the
last question. These are sums that show how things go, not accounts.
"""

from __future__ import annotations

import atexit
import datetime as dt
import secrets
import threading
from collections import Counter
from collections.abc import Iterable
from time import monotonic
from typing import Final

from django.conf import settings

from core import clock
from usage import files
from usage.words import Used, is_fault

#: Seconds between two writings of a process that counts.
BETWEEN: Final = 30.0
#: Different cells of one kind, day and process: whoever makes up hosts fills no disk, and takes no room from others.
#: Faults of the house are never dropped: there are no more of them than routes, statuses and hours.
MOST_CELLS: Final = 5000


class SumsOfProcess:
    """The sums of this process of the present day."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begin(clock.today())
        self._written_at = monotonic()

    def _begin(self, day: dt.date) -> None:
        self.day = day
        self.sums: Counter[Used] = Counter()
        self._cells: Counter[str] = Counter()
        self._name = f"{day.isoformat()}.{secrets.token_hex(6)}.json"

    def add(self, cells: Iterable[Used]) -> None:
        with self._lock:
            if self.day != clock.today():
                self._write()
                self._begin(clock.today())
                files.sweep()
            for cell in cells:
                self._count(cell)
            if monotonic() - self._written_at >= BETWEEN:
                self._write()

    def _count(self, cell: Used) -> None:
        if cell not in self.sums:
            if self._cells[cell.what] >= MOST_CELLS and not is_fault(cell):
                return
            self._cells[cell.what] += 1
        self.sums[cell] += 1

    def write(self) -> None:
        with self._lock:
            self._write()

    def _write(self) -> None:
        self._written_at = monotonic()
        files.write(self._name, self.sums)


_tally: SumsOfProcess | None = None


def add(*cells: Used) -> None:
    """One more of each. Takes no time that a reader could notice, and never fails."""
    global _tally
    if not settings.USAGE_DIR:
        return
    if _tally is None:
        _tally = SumsOfProcess()
        atexit.register(write_now)
    _tally.add(cells)


def write_now() -> None:
    if _tally is not None:
        _tally.write()


def forget() -> None:
    """What this process has counted and not written is gone."""
    global _tally
    _tally = None
