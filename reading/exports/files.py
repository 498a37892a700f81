"""The file of everything that everybody may see is made once for a revision; every other one for whoever asks.

Rule: a file is whole before its first byte leaves. So no transaction waits for a slow line, what breaks is an error
and not half a file, and what is made for one reader has no name on the disk.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from directory.index.keeper import look
from reading.asked import Asked
from reading.exports.about import about
from reading.exports.making import FileForm, WantedFile, make
from reading.exports.remembered import LastFile, ground_of, write

#: Zones of the world begin their day at quarters of an hour; what is due or hidden changes then.
_QUARTER = 900
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
    path = _path(form, asked, site)
    if not path.exists():
        with _one_at_a_time():
            _keep(path, form, asked, wanted, site)
    return WholeFile(os.open(path, os.O_RDONLY | os.O_CLOEXEC))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _alone.acquire(timeout=_PATIENCE):
        raise AnotherIsMade
    try:
        yield
    finally:
        _alone.release()


def _keep(path: Path, form: FileForm, asked: Asked, wanted: WantedFile, site: str) -> None:
    """Those of other revisions and quarters go: what was hidden must not lie about."""
    if path.exists():  # while we waited
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part") if form.lines and form.lines.pack else path
    ground = ground_of(asked, site) if form.lines else ""
    last = LastFile(path.parent, part.name.partition("-")[2], ground)
    for old in path.parent.iterdir():
        if not old.name.startswith(path.name.partition("-")[0]):
            old.unlink(missing_ok=True)
    with _new(part) as file:
        if form.lines:
            write(file, part.with_name(f"{part.name}.{ground}.index"), last, form.lines, asked, site)
        else:
            make(file, form, asked, wanted, site)
    if form.lines and form.lines.pack:
        with _new(path) as file, part.open("rb") as lines:
            form.lines.pack(file, lines, about(asked.audience, asked.at, site))


@contextmanager
def _new(path: Path) -> Iterator[IO[bytes]]:
    """A file that is there once it is whole, and never by halves."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, suffix=".new", delete=False) as file:
        new = Path(file.name)
        try:
            yield file
        except BaseException:
            new.unlink()
            raise
    new.replace(path)


def _path(form: FileForm, asked: Asked, site: str) -> Path:
    """Begins with the revision and the quarter of an hour."""
    mark, _own = look("public")
    data = settings.DATABASES["default"]
    folder = Path(settings.EXPORTS_DIR) / _short([data.get(part) for part in ("HOST", "PORT", "NAME")])
    when, which = _short((mark, int(asked.at.timestamp()) // _QUARTER)), _short((asked.language, site))
    return folder / f"{when}-{which}.{form.ending}"


def _short(told: object) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
