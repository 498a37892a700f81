"""Which index counts now, and who makes the next one.

Rule: with each question the revision row is looked at, in the transaction of the question, and an index answers for
that very revision alone. So what was hidden is gone from all processes with the transaction that hid it, as with kept
answers (`kept.mark`); until the next index is there, SQL answers. One process of a machine makes it, in a thread, under
a lock of the machine's files; the others open what it wrote. Nothing is loaded where there are few listings.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction

from directory.crossing.records import Audience
from directory.tables.listings import CircleListing, CountryListing, DirectoryRevision, MemberListing, PublicListing

if TYPE_CHECKING:
    from directory.index.answering import Answering

logger = logging.getLogger(__name__)
_REVISION = DirectoryRevision._meta.db_table
_CIRCLES = " OR ".join(f"EXISTS (SELECT 1 FROM {model._meta.db_table})" for model in (CircleListing, CountryListing))  # noqa: S608
#: What is looked at with each question: the revision, and whether the asker reads rows that no index holds.
_LOOK: dict[Audience, str] = {
    "public": f"SELECT public_number, public_changed_at, false FROM {_REVISION} WHERE id = 1",  # noqa: S608
    "members": f"SELECT number, changed_at, {_CIRCLES} FROM {_REVISION} WHERE id = 1",  # noqa: S608
}
_TABLES = {"public": PublicListing._meta.db_table, "members": MemberListing._meta.db_table}
#: Seconds between two attempts: after an index (or four times what it took: where much is written, most of the machine
#: is left to answers), after finding too few listings, and after a fault.
_AGAIN, _AGAIN_WHEN_FEW, _AGAIN_AFTER_FAULT = 1.0, 60.0, 30.0
_REST = 4
#: Folders that stay, the newest first: somebody may be opening the last but one.
_KEPT = 2


@dataclass
class IndexState:
    """What this process knows of one audience. `state` is for whoever watches."""

    state: str = "none yet"
    mark: int = 0
    answering: Answering | None = None
    again_at: float = 0.0


_held: dict[Audience, IndexState] = {}
_thread: threading.Thread | None = None
_lock = threading.Lock()


def answering(audience: Audience) -> Answering | None:
    """The index of this very revision, for whoever is answered; None where SQL has to answer."""
    if not settings.INDEX_FROM:
        return None
    held = _held.setdefault(audience, IndexState())
    if held.state == "few" and time.monotonic() < held.again_at:
        return None
    mark, has_own_rows = look(audience)
    if held.mark != mark:
        _wake(audience, held)
        return None
    return None if has_own_rows else held.answering


def look(audience: Audience) -> tuple[int, bool]:
    """The mark of the revision (of its number and its time: a copy that was put back is another one), and whether the
    reader gets rows of smaller circles."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK[audience])
        number, changed_at, has_own_rows = cursor.fetchone() or (0, None, False)
    told = repr((audience, number, changed_at)).encode()
    return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), "big") | 1, has_own_rows


def state(audience: Audience) -> str:
    """For /readyz: off, none yet, few, ready, or what is broken."""
    return _held.get(audience, IndexState()).state if settings.INDEX_FROM else "off"


def put(audience: Audience, mark: int, found: Answering | None, said: str = "ready") -> None:
    """From now on this one answers, for its revision."""
    _held[audience] = IndexState(said, mark, found, time.monotonic() + _AGAIN)


def forget() -> None:
    """For tests, whose databases go back to an earlier state."""
    _held.clear()


def _wake(audience: Audience, held: IndexState) -> None:
    """At most one thread makes one index, at most once a second; nobody waits for it."""
    global _thread
    if time.monotonic() < held.again_at or not _lock.acquire(blocking=False):
        return
    try:
        if _thread is None or not _thread.is_alive():
            held.again_at = time.monotonic() + _AGAIN
            _thread = threading.Thread(target=_make_and_close, args=[audience], daemon=True, name="packed index")
            _thread.start()
    finally:
        _lock.release()


def _make_and_close(audience: Audience) -> None:
    began = time.monotonic()
    try:
        make(audience)
        now = time.monotonic()
        _held[audience].again_at = max(_held[audience].again_at, now + _REST * (now - began))
    except Exception as error:
        _held[audience] = IndexState(f"broken: {type(error).__name__}", again_at=time.monotonic() + _AGAIN_AFTER_FAULT)
        logger.exception("no packed index for %s: SQL answers", audience)
    finally:
        connection.close()


def make(audience: Audience) -> None:
    """Open the index of the present revision; make it first where nobody on this machine has."""
    with _alone(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        mark, _own = look(audience)
        if _is_small(audience):
            _held[audience] = IndexState("few", again_at=time.monotonic() + _AGAIN_WHEN_FEW)
            return
        _open(audience, mark)


def _is_small(audience: Audience) -> bool:
    with connection.cursor() as cursor:
        some = f"SELECT 1 FROM {_TABLES[audience]} LIMIT %s"  # noqa: S608
        cursor.execute(f"SELECT count(*) FROM ({some}) AS few", [settings.INDEX_FROM])  # noqa: S608
        return bool(cursor.fetchone()[0] < settings.INDEX_FROM)


def _open(audience: Audience, mark: int) -> None:
    from directory.index.answering import Answering
    from directory.index.making.keeping import opened_or_made

    path = folder() / f"{audience}-{mark:016x}"
    others = sorted(folder().glob(f"{audience}-*"), key=lambda one: one.stat().st_mtime, reverse=True)
    answering = Answering(opened_or_made(audience, path, [one for one in others if one != path]))
    answering.nearness.warm()
    put(audience, mark, answering)
    for old in [one for one in others if one != path][_KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def forget_old() -> int:
    """The folders of every revision but the present one; who has opened one answers from memory until the next look."""
    if not folder().is_dir():
        return 0
    with _alone():
        present = {f"{audience}-{look(audience)[0]:016x}" for audience in _LOOK}
        old = [path for audience in _LOOK for path in folder().glob(f"{audience}-*") if path.name not in present]
        for path in old:
            shutil.rmtree(path, ignore_errors=True)
    return len(old)


def folder() -> Path:
    """Of this machine and this database."""
    data = settings.DATABASES["default"]
    name = repr([data.get(part) for part in ("HOST", "PORT", "NAME")])
    return Path(settings.INDEX_DIR) / hashlib.sha256(name.encode()).hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    """One process of the machine."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
