"""The ids of a selection: read from whatever somebody sends, moved, taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.ids import ALPHABET, LENGTH

#: A sheet of paper, a message and a QR code hold so many.
MOST = 30
#: Longer than any link that we make.
MAX_TEXT = 4_000
_ID = re.compile(rf"(?<![0-9A-Za-z])[{ALPHABET}]{{{LENGTH}}}(?![0-9A-Za-z])")

Ids = tuple[str, ...]


def read_ids(text: str) -> Ids:
    """Ids in their order, each once, not more than MOST; of a link those behind its “#”."""
    told = text[:MAX_TEXT]
    found = _ID.findall(told.rpartition("#")[2])
    return tuple(dict.fromkeys(found))[:MOST]


def written(ids: Iterable[str]) -> str:
    """As they stand behind the “#” of a link."""
    return ",".join(ids)


@dataclass(frozen=True)
class Pressed:
    """What somebody pressed and what came of it; `before` is what a press brings back, empty where there is nothing."""

    ids: Ids
    before: Ids = ()
    removed: int = 0


def step(given: Mapping[str, str]) -> Pressed:
    """`ids` with one press: `up`, `down` or `remove` an id, `clear`, or `add` a link that was pasted."""
    ids = read_ids(given.get("ids", ""))
    if "clear" in given:
        return Pressed((), ids, len(ids))
    if (gone := given.get("remove", "")) in ids:
        return Pressed(tuple(one for one in ids if one != gone), ids, 1)
    for name, by in (("up", -1), ("down", 1)):
        if given.get(name, "") in ids:
            return Pressed(moved(ids, given[name], by))
    if "back" in given:
        return Pressed(read_ids(given["back"]))
    return Pressed(read_ids(f"{written(ids)},{written(read_ids(given.get('add', '')))}"))


def moved(ids: Ids, which: str, by: int) -> Ids:
    """The same with one of them a place higher (-1) or lower (1); at the end nothing moves."""
    at = ids.index(which)
    there = min(max(at + by, 0), len(ids) - 1)
    rest = [one for one in ids if one != which]
    return (*rest[:there], which, *rest[there:])
