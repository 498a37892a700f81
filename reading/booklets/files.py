"""The files of booklets: each is made once for what it says, by one process after another, and told in words meanwhile.

Rule: a file is named by a digest of all its words. So whoever asks again is given the same one, and whatever was hidden
or changed has another name at once; the old one is forgotten a day later. Making costs the machine its time, so only
so many wait, and only so many are made in ten minutes.
"""

from __future__ import annotations

import contextlib
import hashlib
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

from reading.booklets.shapes import BookletTold
from reading.booklets.told import for_a_sheet
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
#: Files that wait to be made, and that are made in so many seconds, by each process.
WAITING = 4
MADE_IN, MOST_MADE = 600, 60
#: Seconds that somebody waits before they are told that it takes longer.
PATIENCE = 1.5

_lock = threading.Lock()
_maker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="booklets")
_waiting: dict[str, Future[Printed]] = {}
_made_at: deque[float] = deque()


class StillMade(Exception):
    """It is being made: come again in a second. `before` is how many others are made first."""

    def __init__(self, before: int) -> None:
        super().__init__(before)
        self.before = before


class TooManyBooklets(Exception):
    """So much is made already that this one was not begun."""


def printed(told: BookletTold, form: str, *, patience: float = PATIENCE) -> Printed:
    """The file; StillMade, TooManyBooklets or NotMade where there is none."""
    data = _data(told, form)
    name = hashlib.sha256(orjson.dumps([FORMS[form], data], option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]
    if (found := _read(name)) is not None:
        return found
    waits = _begun(name, FORMS[form], data)
    try:
        return waits.result(timeout=patience)
    except TakesLonger:
        with _lock:
            names = list(_waiting)
        raise StillMade(names.index(name) if name in names else 0) from None


def _data(told: BookletTold, form: str) -> dict[str, object]:
    words = for_a_sheet(told) if form in SHEETS else told
    return {**words, **making.of_language(), "paper": form, "seen": _SEEN}


def _begun(name: str, layout: str, data: Mapping[str, object]) -> Future[Printed]:
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
        waits = _maker.submit(_made, name, layout, data)
        _waiting[name] = waits
    return waits


def _made(name: str, layout: str, data: Mapping[str, object]) -> Printed:
    """In the thread of the maker, which asks the database nothing."""
    try:
        found = _read(name) or making.printed(layout, data, pictures=PICTURES)
        _keep(name, found)
        return found
    finally:
        with _lock:
            _waiting.pop(name, None)


def _read(name: str) -> Printed | None:
    if not settings.BOOKLETS_DIR:
        return None
    with contextlib.suppress(OSError, NotMade):
        return making.unpacked((Path(settings.BOOKLETS_DIR) / name).read_bytes())
    return None


def _keep(name: str, made: Printed) -> None:
    """Where nothing may be written, it is made anew for the next one."""
    if not settings.BOOKLETS_DIR:
        return
    folder = Path(settings.BOOKLETS_DIR)
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = folder / f".{uuid4().hex}"
        part.write_bytes(making.packed(made))
        part.replace(folder / name)
        forget(folder)


def forget(folder: Path) -> int:
    """What is too old, and what is more than MOST; how many they were."""
    dated = []
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            dated.append((path.stat().st_mtime, path))
    dated.sort(key=lambda pair: pair[0], reverse=True)
    before = time.time() - KEPT
    old = [path for index, (at, path) in enumerate(dated) if at < before or index >= MOST]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def be_idle() -> None:
    """For tests: nothing waits, and nothing was made."""
    with _lock:
        _waiting.clear()
        _made_at.clear()
