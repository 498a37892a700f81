"""The files of booklets: each is made once for what it says, by one process after another, and told in words meanwhile.

Rule: a file is named by a digest of all its words, and by the public's revision in which they were last read. So
whoever asks again is given the same one, and whatever was hidden or changed has another name at once. What the present
revision has not confirmed is forgotten within two rounds of the worker, or when another one is made; everything a day
later. Making costs the machine its time, so only so many wait, and only so many are made in ten minutes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
import time
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TakesLonger
from pathlib import Path
from uuid import uuid4

import orjson
from django.conf import settings

from directory.vocabulary import vocabulary
from reading.booklets.shapes import BookletTold
from reading.typeset import making
from reading.typeset.making import NotMade, Printed

#: The forms with their layouts; those of one sheet hold what finds room.
FORMS = {"a6": "booklet.typ", "a5": "booklet.typ", "fold-a7": "leaflet.typ", "fold-a6": "leaflet.typ"}
SHEETS = ("fold-a7", "fold-a6")
#: Pages whose pictures are shown, and the entries that they need.
PICTURES = 2
_SEEN = 6
#: Seconds that a file is kept, and how many of them are.
KEPT = 24 * 60 * 60
MOST = 400
#: Seconds after which a file of an earlier revision is no longer waiting for somebody who asks for the same words.
GRACE = 5 * 60
#: Files that wait to be made, and that are made in so many seconds, by each process.
WAITING = 4
MADE_IN, MOST_MADE = 600, 60
#: Seconds that somebody waits before they are told that it takes longer.
PATIENCE = 1.5

_lock = threading.Lock()
_maker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="booklets")
_waiting: dict[str, Future[Printed]] = {}
_made_at: deque[float] = deque()
_tidied_at = time.monotonic()


class StillMade(Exception):
    """It is being made: come again in a second. `before` is how many others are made first."""

    def __init__(self, before: int) -> None:
        super().__init__(before)
        self.before = before


class TooManyBooklets(Exception):
    """So much is made already that this one was not begun."""


def printed(told: BookletTold, form: str, *, revision: int = 0, patience: float = PATIENCE) -> Printed:
    """The file of words of this revision; StillMade, TooManyBooklets or NotMade where there is none."""
    _tidy(revision)
    data = _data(told, form)
    name = _name(form, data)
    if (found := _read(name, revision)) is not None:
        return found
    waits = _begun(name, FORMS[form], data, revision)
    try:
        return waits.result(timeout=patience)
    except TakesLonger:
        with _lock:
            names = list(_waiting)
        raise StillMade(names.index(name) if name in names else 0) from None


def forget_how_many() -> None:
    """As after a restart: so many may be made anew."""
    with _lock:
        _made_at.clear()


def for_pictures(told: BookletTold, form: str, *, revision: int = 0) -> Printed | None:
    """The file that is there: its page has had it made. Where none can be kept, it is made anew."""
    if settings.BOOKLETS_DIR and os.access(settings.BOOKLETS_DIR, os.W_OK):
        return _read(_name(form, _data(told, form)), revision)
    return printed(told, form, revision=revision)


def _tidy(revision: int) -> None:
    """At most once in GRACE by each process: where readers have a machine of their own, no worker does it."""
    global _tidied_at
    now = time.monotonic()
    folder = Path(settings.BOOKLETS_DIR) if settings.BOOKLETS_DIR else None
    if now < _tidied_at + GRACE or folder is None or not folder.is_dir():
        return
    _tidied_at = now
    with contextlib.suppress(OSError):
        forget(folder, revision)


def _data(told: BookletTold, form: str) -> dict[str, object]:
    return {**told, **making.of_language(), "paper": form, "seen": _SEEN}


def _name(form: str, data: Mapping[str, object]) -> str:
    return hashlib.sha256(orjson.dumps([FORMS[form], data], option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def _begun(name: str, layout: str, data: Mapping[str, object], revision: int) -> Future[Printed]:
    """The one that is made already, or a new one at the end of the line."""
    with _lock:
        if name in _waiting:
            return _waiting[name]
        now = time.monotonic()
        while _made_at and _made_at[0] < now - MADE_IN:
            _made_at.popleft()
        if len(_waiting) >= WAITING or len(_made_at) >= MOST_MADE:
            raise TooManyBooklets
        _made_at.append(now)
        waits = _maker.submit(_made, name, layout, data, revision)
        _waiting[name] = waits
    return waits


def _made(name: str, layout: str, data: Mapping[str, object], revision: int) -> Printed:
    """In the thread of the maker, which asks the database nothing."""
    try:
        found = _read(name, revision) or making.printed(layout, data, pictures=PICTURES)
        _keep(name, found, revision)
        return found
    finally:
        with _lock:
            _waiting.pop(name, None)


def _read(name: str, revision: int) -> Printed | None:
    """Words that are the same in this revision hold in it, too."""
    if not settings.BOOKLETS_DIR:
        return None
    folder = Path(settings.BOOKLETS_DIR)
    present = folder / f"{name}.{revision}"
    for path in (present, *folder.glob(f"{name}.*")):
        with contextlib.suppress(OSError, NotMade):
            found = making.unpacked(path.read_bytes())
            path.replace(present)
            return found
    return None


def _keep(name: str, made: Printed, revision: int) -> None:
    """Where nothing may be written, it is made anew for the next one."""
    if not settings.BOOKLETS_DIR:
        return
    folder = Path(settings.BOOKLETS_DIR)
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = folder / f".{uuid4().hex}"
        part.write_bytes(making.packed(made))
        part.replace(folder / f"{name}.{revision}")
        forget(folder, revision)


def forget(folder: Path, revision: int) -> int:
    """What is too old, what other revisions have left, and what is more than MOST; how many they were."""
    dated = []
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            dated.append((path.stat().st_mtime, path))
    dated.sort(key=lambda pair: pair[0], reverse=True)
    now, present = time.time(), f".{revision}"
    old = [
        path
        for index, (at, path) in enumerate(dated)
        if at < now - (KEPT if path.suffix == present else GRACE) or index >= MOST
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def forget_old() -> int:
    """As `forget`, of the public's present revision: for the clock, which nobody has to ask for a booklet."""
    folder = Path(settings.BOOKLETS_DIR) if settings.BOOKLETS_DIR else None
    return forget(folder, vocabulary("public").revision) if folder and folder.is_dir() else 0


def clear() -> int:
    """All of them, at once: something in them may not be kept."""
    folder = Path(settings.BOOKLETS_DIR) if settings.BOOKLETS_DIR else None
    found = list(folder.iterdir()) if folder and folder.is_dir() else []
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def be_idle() -> None:
    """For tests: nothing waits, and nothing was made."""
    with _lock:
        _waiting.clear()
        _made_at.clear()
