"""What a pack of an earlier moment held, so that a phone is told what changed since, and no more.

A state is named by a digest of all its rows, so a name never means two things. Its file holds public ids and digests of
rows, and is forgotten a month later, which is longer than a pack lasts. Where there is no file (another machine, a
folder that nobody may write) the phone is given everything anew: that is right, too, and only longer.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import time
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import orjson
from django.conf import settings

#: Seconds that a state is remembered.
REMEMBERED = 30 * 24 * 60 * 60
#: Of a country and a language; older ones are forgotten first.
MOST = 300
REVISION = re.compile(r"\d{1,12}-(?P<state>[0-9a-f]{16})")

#: Ids of places with a digest of what is told of each.
State = Mapping[str, str]


def digest(told: object) -> str:
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def state_of(revision: str) -> str:
    """The name of the state in a revision of a pack; "" where it is none."""
    found = REVISION.fullmatch(revision)
    return found["state"] if found else ""


def remember(about: str, name: str, state: State) -> None:
    """`about` names the country and the language."""
    if not settings.ROAD_DIR:
        return
    path = _path(about, name)
    with contextlib.suppress(OSError):
        if path.exists():
            os.utime(path)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{uuid4().hex}")
        part.write_bytes(orjson.dumps(state))
        part.replace(path)
        forget(path.parent)


def recall(about: str, name: str) -> State | None:
    if not settings.ROAD_DIR or not name:
        return None
    try:
        found: dict[str, str] = orjson.loads(_path(about, name).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None
    return found


def forget(folder: Path) -> int:
    """What is too old, and what is more than MOST; how many they were."""
    dated = []
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            dated.append((path.stat().st_mtime, path))
    dated.sort(key=lambda pair: pair[0], reverse=True)
    before = time.time() - REMEMBERED
    old = [path for index, (at, path) in enumerate(dated) if at < before or index >= MOST]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _path(about: str, name: str) -> Path:
    return Path(settings.ROAD_DIR) / about / f"{name}.json"
