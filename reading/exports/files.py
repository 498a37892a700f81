"""The file of everything that everybody may see is made once for a revision; every other one for whoever asks.

Rule: a file is whole before its first byte leaves. So no transaction waits for a slow line, what breaks is an error
and not half a file, and what is made for one reader has no name on the disk. A kept file lies there until the next one
of its form, language and site is made of it, or until the clock finds it old: what was hidden must not lie about.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import io
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from core import clock
from directory.index.keeper import look
from reading.asked import Asked
from reading.exports.about import about
from reading.exports.making import FileForm, WantedFile, make
from reading.exports.remembered import LastFile, ground_of, write

#: Zones of the world begin their day at quarters of an hour; what is due or hidden changes then.
_QUARTER = 900
#: Seconds for which a file of another revision may still serve the next one of its kind, at least.
GRACE = 300
_LOCK, _NEW, _PART = "lock", ".new", ".part"
_LOOK_AGAIN = 0.05
_alone = threading.BoundedSemaphore(1)
_PATIENCE = 2.0


class WholeFile(io.RawIOBase):
    """A file that is written, by its number: it needs no name, and goes with whoever holds it."""

    def __init__(self, number: int) -> None:
        self._number: int | None = number
        os.lseek(number, 0, os.SEEK_SET)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return os.readv(self._open, [buffer])

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return os.lseek(self._open, offset, whence)

    @property
    def _open(self) -> int:
        if self._number is None:
            raise ValueError("closed")
        return self._number

    def close(self) -> None:
        number, self._number = self._number, None
        if number is not None:
            os.close(number)
        super().close()


class AnotherIsMade(Exception):
    """Somebody else's file is being made by this process. Letters and logins need the other threads."""


def exported(form: FileForm, asked: Asked, wanted: WantedFile, site: str) -> WholeFile:
    """A file to read from its beginning. Inside of the transaction of whoever is answered."""
    if asked.audience != "public" or not wanted.is_everything or not settings.EXPORTS_DIR:
        with _one_at_a_time(), tempfile.TemporaryFile() as file:
            make(file, form, asked, wanted, site)
            file.flush()
            return WholeFile(os.dup(file.fileno()))
    mark, _own = look("public")
    path = _path(mark, form, asked, site)
    if kept := _opened(path):
        return kept
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _one_at_a_time(), _one_process(path.parent):
        return _opened(path) or _keep(_Place(path, mark), form, asked, wanted, site)


def forget_old() -> int:
    """For the clock, which nobody has to ask for a file: those of other revisions and quarters, some minutes old."""
    if not settings.EXPORTS_DIR or not _folder().is_dir():
        return 0
    others = [path for path in _whole() if not path.name.startswith(_when(look("public")[0], clock.now()))]
    with suppress(AnotherIsMade), _one_process(_folder()):
        others += _folder().glob(f"*{_NEW}")  # whoever was making them is gone
    return sum(_forget(path, time.time() - GRACE) for path in others)


def clear() -> int:
    """All of them, at once: something in them may not be kept. What is being made finds that the revision moved."""
    return sum(map(_forget, _whole())) if settings.EXPORTS_DIR and _folder().is_dir() else 0


def _whole() -> list[Path]:
    return [path for path in _folder().iterdir() if path.name != _LOCK and path.suffix != _NEW]


def _forget(path: Path, before: float = inf) -> bool:
    with suppress(FileNotFoundError):
        if path.stat().st_mtime < before:
            path.unlink()
            return True
    return False


def _opened(path: Path) -> WholeFile | None:
    """None where it is not there, or not any more."""
    with suppress(FileNotFoundError):
        return WholeFile(os.open(path, os.O_RDONLY | os.O_CLOEXEC))
    return None


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _alone.acquire(timeout=_PATIENCE):
        raise AnotherIsMade
    try:
        yield
    finally:
        _alone.release()


@contextmanager
def _one_process(folder: Path) -> Iterator[None]:
    """Of this machine, as with indexes."""
    until = time.monotonic() + _PATIENCE
    with (folder / _LOCK).open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise AnotherIsMade from None
                time.sleep(_LOOK_AGAIN)
        yield


@dataclass(frozen=True)
class _Place:
    """Where the file of a revision is to lie."""

    path: Path
    mark: int

    @contextmanager
    def new(self, ending: str = "") -> Iterator[IO[bytes]]:
        """A file that is there once it is whole, never by halves, and only if the revision has not moved meanwhile."""
        path = self.path.with_name(self.path.name + ending)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, suffix=_NEW, delete=False) as file:
            new = Path(file.name)
            try:
                yield file
                file.flush()
                if look("public")[0] == self.mark:
                    new.replace(path)
            finally:
                new.unlink(missing_ok=True)

    @property
    def which(self) -> str:
        """Of which form, language and site."""
        return self.path.name.partition("-")[2]

    def forget_others(self) -> None:
        """Of the same form, language and site: what they were good for is done."""
        for old in self.path.parent.glob(f"*-{self.which}*"):
            if not old.name.startswith(self.path.name):
                old.unlink(missing_ok=True)


def _keep(place: _Place, form: FileForm, asked: Asked, wanted: WantedFile, site: str) -> WholeFile:
    """The last one goes when this one is there; in what is told of it, nothing is hidden by now."""
    told, numbers = form.lines, b""
    ending = _PART if told and told.pack else ""
    ground = ground_of(asked, site) if told else ""
    last = LastFile(place.path.parent, place.which + ending, ground)
    with place.new() as file:
        if told is None:
            make(file, form, asked, wanted, site)
        elif told.pack is None:
            numbers = write(file, last, told, asked, site)
        else:
            with place.new(ending) as lines:
                numbers = write(lines, last, told, asked, site)
                lines.seek(0)
                told.pack(file, lines, about(asked.audience, asked.at, site))
        file.flush()
        whole = WholeFile(os.open(file.name, os.O_RDONLY | os.O_CLOEXEC))
    if place.path.exists():
        if numbers:
            with place.new(f"{ending}.{ground}.index") as index:
                index.write(numbers)
        place.forget_others()
    return whole


def _path(mark: int, form: FileForm, asked: Asked, site: str) -> Path:
    """Begins with the revision and the quarter of an hour."""
    return _folder() / f"{_when(mark, asked.at)}-{_short((asked.language, site))}.{form.ending}"


def _folder() -> Path:
    data = settings.DATABASES["default"]
    return Path(settings.EXPORTS_DIR) / _short([data.get(part) for part in ("HOST", "PORT", "NAME")])


def _when(mark: int, at: dt.datetime) -> str:
    return _short((mark, int(at.timestamp()) // _QUARTER))


def _short(told: object) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
