"""What the last file of everything said of each row, so that the next one puts into words what has changed alone.

Rule: a line is taken over where the database says that it is the very same version of the row (`xmin` and `ctid`), as
fresh as it was, and nothing else that words are made of has changed: code, catalogues and what people laid over them,
vocabulary, names of countries, languages, site. It is taken out of the last file itself, by its place; beside that file
lie hashes and numbers, no words. What is not there any more is in no later file (docs/adr/0189).
"""

from __future__ import annotations

import hashlib
import mmap
import os
from array import array
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import IO

import numpy as np
from django.conf import settings
from django.db import connection

from core.languages import codes, preferred
from directory.asking.stamps import RowStamp, public_rows, public_stamps
from directory.tables import wording
from reading.asked import Asked
from reading.exports.columns import Telling
from reading.exports.making import ToldLines
from tools.local.network_file import current

_INDEX = np.dtype([("key", "i8"), ("at", "i8"), ("size", "i4")])
#: What words are made of, below the root.
_SOURCES = (
    ("reading", "*.py"),
    ("directory", "*.py"),
    ("core", "*.py"),
    ("locale", "*.mo"),
    ("locale", "*.json"),
    ("fixtures/vocabulary", "*.json"),
    ("fixtures/gazetteer", "*.*"),
    (".", "requirements*.txt"),
)
#: Rows that are looked up together.
_PIECE = 1000


class LastFile:
    """The file that was made last, if words are made today of what they were made of then; else nothing."""

    def __init__(self, folder: Path, which: str, ground: str) -> None:
        self._index = np.empty(0, _INDEX)
        self._text: mmap.mmap | None = None
        for path in folder.glob(f"*-{which}.{ground}.index"):
            self._open(path, path.with_name(path.name.removesuffix(f".{ground}.index")))

    def _open(self, path: Path, data: Path) -> None:
        try:
            index = np.fromfile(path, _INDEX)
            with data.open("rb") as file:
                of = os.fstat(file.fileno())
                if len(index) > len(self._index) + 1 and index[0]["key"] == of.st_ino and index[0]["at"] == of.st_size:
                    self._text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                    self._index = index[1:]
        except (OSError, ValueError):  # whoever made another one has taken it away
            return

    def lines(self, stamps: Iterator[RowStamp], lines: ToldLines, telling: Telling, asked: Asked) -> Iterator[bytes]:
        """What each row says, in the order of the stamps."""
        for piece in _pieces(stamps):
            found = self._found(piece)
            missing = [key for (key, _version), line in zip(piece, found, strict=True) if line is None]
            rows = public_rows(missing, asked.at) if missing else {}
            for (key, _version), line in zip(piece, found, strict=True):
                if line is not None:
                    yield line
                elif row := rows.get(key):  # else it was hidden a moment ago
                    yield lines.tell(row, telling)

    def _found(self, piece: list[RowStamp]) -> list[bytes | None]:
        if self._text is None:
            return [None] * len(piece)
        keys = np.array([version for _key, version in piece], "i8")
        places = np.minimum(np.searchsorted(self._index["key"], keys), len(self._index) - 1)
        near = self._index[places]
        same, starts, sizes = (near["key"] == keys).tolist(), near["at"].tolist(), near["size"].tolist()
        text = self._text
        return [
            text[start : start + size] if is_same else None
            for is_same, start, size in zip(same, starts, sizes, strict=True)
        ]


def write(file: IO[bytes], last: LastFile, lines: ToldLines, asked: Asked, site: str) -> bytes:
    """The file of everything; what is to lie beside it says where each row stands, nothing if that is not known."""
    telling = Telling(asked.vocabulary, asked.audience, asked.at, site)
    versions = array("q")

    def stamps() -> Iterator[RowStamp]:
        for stamp in public_stamps(asked.at):
            versions.append(stamp[1])
            yield stamp

    frame = lines.frame(asked, site)
    places = frame.write(file, last.lines(stamps(), lines, telling, asked))
    if len(places) != 2 * len(versions):  # a row was hidden between its stamp and its words: the next file begins anew
        return b""
    file.flush()
    of = os.fstat(file.fileno())
    found = np.empty(len(versions) + 1, _INDEX)
    found["key"][1:], found["at"][1:], found["size"][1:] = versions, places[::2], places[1::2]
    found[1:] = np.sort(found[1:], order="key")
    found[0] = (of.st_ino, of.st_size, 0)
    return found.tobytes()


def ground_of(asked: Asked, site: str) -> str:
    """What words are made of beside the rows. A database that was put back has started anew, and its numbers may come
    again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_postmaster_start_time()::text")
        (started,) = cursor.fetchone() or ("",)
    languages = preferred(asked.language)
    laid_over = [wording.state_of_messages(language) for language in languages]
    told = (_sources(), languages, laid_over, sorted(codes()), site, started, asked.vocabulary.told)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


@cache
def _sources() -> str:
    network = current()
    own = () if network.vocabulary is None else ((str(network.vocabulary), "*.json"),)
    found = hashlib.sha256(repr(network).encode())
    for folder, ending in (*_SOURCES, *own):
        root = Path(settings.BASE_DIR) / folder
        for path in sorted(root.glob(ending) if folder == "." else root.rglob(ending)):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def _pieces(stamps: Iterator[RowStamp]) -> Iterator[list[RowStamp]]:
    while piece := list(islice(stamps, _PIECE)):
        yield piece
