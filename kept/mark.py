"""Which state of the data answers are made from: one number that all processes of the machine share.

Rule: whoever may have changed something looks at the data before the answer goes out, and writes what it saw where
every process reads it with each request. What changed elsewhere is seen within `SECONDS`.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: What was seen is believed for so long.
SECONDS = 1.0
_MARK, _LOOKED, _CELLS = 0, 1, 2


class Unknown(Exception):
    """Nobody can say what the data is now: nothing that was kept may be shown."""


class Mark:
    """`look` reads the mark of the data as a number above zero; `path` is a file that the processes share."""

    def __init__(self, look: Callable[[], int], path: Path | None, seconds: float = SECONDS) -> None:
        self._look, self._nanoseconds = look, int(seconds * 1e9)
        self._lock = threading.Lock()
        self._file = _opened(path) if path else None
        memory = mmap.mmap(self._file if self._file is not None else -1, _CELLS * 8)
        #: Eight bytes are written and read at once, so no process sees half a number.
        self._cells = memoryview(memory).cast("Q")

    def current(self) -> int:
        """The mark, never older than `seconds`."""
        if mark := self._believed():
            return mark
        with self._alone():
            return self._believed() or self._seen()

    def look(self) -> None:
        """For whoever may have changed something: afterwards every process knows. Where the data cannot be read, every
        process has to look for itself."""
        with self._alone(), suppress(Unknown):
            self._seen()

    def _believed(self) -> int:
        age = time.monotonic_ns() - self._cells[_LOOKED]
        return int(self._cells[_MARK]) if 0 <= age < self._nanoseconds else 0

    def _seen(self) -> int:
        """Looked at alone, so that nobody writes what they saw before over what was seen after."""
        at = time.monotonic_ns()
        try:
            mark = self._look()
        except Exception as error:
            self._cells[_MARK] = self._cells[_LOOKED] = 0
            raise Unknown from error
        self._cells[_MARK], self._cells[_LOOKED] = mark, at
        return mark

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One thread of one process."""
        with self._lock:
            if self._file is None:
                yield
                return
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)


def _opened(path: Path) -> int:
    """Ours alone; whatever else lies there is an error."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    if os.fstat(file).st_uid != os.geteuid():
        raise PermissionError(f"{path} belongs to somebody else")
    os.ftruncate(file, _CELLS * 8)
    return file
