"""One COPY of what an index needs, read piece by piece into numbers: memory grows with the distinct words alone.

Each row says which version of itself it is (`row` and `written_by`: where PostgreSQL keeps it, and which transaction
wrote it). A row that is changed is another version, in another place; so whoever has read one version has read it for
good, for as long as the same server runs on the same table.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np

from core.languages import codes, preferred
from directory.crossing.records import Audience
from directory.filtering.declared import FILTERS
from directory.filtering.held import Held, While
from directory.index.making.rows import ReadRows, Texts
from directory.index.packed import LONG_AGO, NEVER, Array
from directory.tables.listings import MemberListing, PublicListing

TABLES: Mapping[Audience, str] = {"public": PublicListing._meta.db_table, "members": MemberListing._meta.db_table}
#: Until when an audience gets a row; an empty column is before everything for the public, and never for members.
_UNTIL = {"public": ("hides_on", LONG_AGO), "members": ("archives_on", NEVER)}
#: What a row holds of every filter that does not depend on the moment.
HELD: Mapping[str, Held] = {name: one.held for name, one in FILTERS.items() if not isinstance(one.held, While)}
_PIECE = 20_000
_NULL = b"\\N"
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_MEANT = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
#: Where a version of a row lies, as one number, and the transaction that wrote it.
_ROW = "(ctid::text::point)[0]::bigint * 65536 + (ctid::text::point)[1]::bigint"
_WRITTEN_BY = "xmin::text::bigint"
#: The same for all rows of a table, as PostgreSQL sends them: 2 + 4 + 6 and 4 + 4 bytes of each.
_VERSION = np.dtype([("fields", ">i2"), ("a", ">i4"), ("block", ">u4"), ("item", ">u2"), ("b", ">i4"), ("by", ">u4")])
_HEADER = 19


class Column:
    """What is read of one column: an SQL expression, and how its texts become numbers."""

    def __init__(self, sql: str) -> None:
        self.sql = sql
        self.pieces: list[Array] = []

    def read(self, values: Sequence[bytes]) -> None:
        raise NotImplementedError

    @property
    def array(self) -> Array:
        return np.concatenate(self.pieces)


class Ids(Column):
    def __init__(self, sql: str) -> None:
        super().__init__(sql)
        self.pieces = [np.zeros(0, "S10")]

    def read(self, values: Sequence[bytes]) -> None:
        self.pieces.append(np.array(values, "S10"))


class Numbers(Column):
    """`absent` stands for NULL."""

    def __init__(self, sql: str, absent: float, kind: str) -> None:
        super().__init__(sql)
        self.absent, self.pieces = absent, [np.zeros(0, kind)]

    def read(self, values: Sequence[bytes]) -> None:
        one = float if self.pieces[0].dtype.kind == "f" else int
        self.pieces.append(
            np.array([self.absent if value == _NULL else one(value) for value in values], self.pieces[0].dtype)
        )


@dataclass(eq=False)
class DistinctTexts(Column):
    """A number for each distinct text, in the order in which they came."""

    sql: str
    known: dict[bytes, int] = field(default_factory=dict)
    pieces: list[Array] = field(default_factory=lambda: [np.zeros(0, np.int32)])

    def read(self, values: Sequence[bytes]) -> None:
        known = self.known
        self.pieces.append(np.array([known.setdefault(value, len(known)) for value in values], np.int32))

    @property
    def texts(self) -> Texts:
        return Texts.of(map(_meant, self.known))


def copied(audience: Audience, connection: Any, rows: Array | None = None) -> ReadRows:
    """Everything that the table of the audience holds, or what lies in these `row`s, in the transaction of the
    connection."""
    columns = _columns(audience)
    sql = f"SELECT {', '.join(one.sql for one in columns.values())} FROM {TABLES[audience]}"  # noqa: S608
    if rows is not None:
        sql += f" WHERE ctid = ANY('{{{','.join(map(_where, rows.tolist()))}}}'::tid[])"
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT") as copy:
        for lines in _pieces(iter(copy)):
            for column, values in zip(columns.values(), zip(*lines, strict=True), strict=True):
                column.read(values)
    arrays = {name: one.array for name, one in columns.items()}
    texts = {name: one.texts for name, one in columns.items() if isinstance(one, DistinctTexts)}
    return ReadRows(origin(audience, connection), arrays, texts)


def versions(audience: Audience, connection: Any) -> tuple[Array, Array]:
    """Of each row that the table holds now where it lies and by which transaction it was written."""
    with connection.cursor() as cursor:
        sql = f"COPY (SELECT ctid, xmin FROM {TABLES[audience]}) TO STDOUT (FORMAT BINARY)"  # noqa: S608
        with cursor.copy(sql) as copy:
            sent = b"".join(map(bytes, copy))
    told = np.frombuffer(sent, _VERSION, (len(sent) - _HEADER) // _VERSION.itemsize, _HEADER)
    return told["block"].astype(np.int64) * 65536 + told["item"], told["by"].astype(np.int64)


def origin(audience: Audience, connection: Any) -> str:
    """The life of the server, the table in it, and what is read of it: what was read elsewhere says nothing here."""
    with connection.cursor() as cursor:
        # a crash of one of its processes starts a server anew within itself: then its counters do
        sql = """
            SELECT pg_postmaster_start_time()::text, stats_reset::text, pg_relation_filenode(%s), current_database()
            FROM pg_stat_bgwriter"""
        cursor.execute(sql, [TABLES[audience]])
        life = cursor.fetchone()
    return hashlib.sha256(repr((life, [one.sql for one in _columns(audience).values()])).encode()).hexdigest()


def _where(row: int) -> str:
    return f'"({row >> 16},{row & 65535})"'


def _pieces(rows: Iterator[Any]) -> Iterator[list[list[bytes]]]:
    while lines := [bytes(row)[:-1].split(b"\t") for row in islice(rows, _PIECE)]:
        yield lines


def _columns(audience: Audience) -> dict[str, Column]:
    until, without = _UNTIL[audience]
    words = ["family", "precision", "timezone", "operation", "capacity_level", "country"]
    return {
        "row": Numbers(_ROW, 0, "i8"),
        "written_by": Numbers(_WRITTEN_BY, 0, "i8"),
        "id": Ids("id"),
        "place_id": Ids("place_id"),
        "lon": Numbers("ST_X(point)", np.nan, "f8"),
        "lat": Numbers("ST_Y(point)", np.nan, "f8"),
        "level": Numbers("level", 0, "i2"),
        "until": _days(until, without),
        "due": _days("due_on", NEVER),
        "room_until": _days("capacity_expires_on", LONG_AGO),
        "checked": _days("checked_on", LONG_AGO),
        **{name: DistinctTexts(name) for name in words},
        **{name: DistinctTexts(f"{name}::text") for name in ("hours", "notices", "stops")},
        **{f"held_{name}": DistinctTexts(f"array_to_string({held.sql}, ',')") for name, held in HELD.items()},
        **{f"title_{code}": DistinctTexts(_title(code)) for code in codes()},
    }


def _days(column: str, absent: int) -> Numbers:
    return Numbers(f"{column} - date '1970-01-01'", absent, "i4")


def _title(language: str) -> str:
    """As the points of the map are called (`directory.asking.mapview`)."""
    names = ("place", "organization", "title")
    paths = (f"content #>> '{{{code},{name}}}'" for name in names for code in preferred(language))
    return f"coalesce({', '.join(paths)}, '')"


def _meant(value: bytes) -> bytes:
    """A value of COPY as it was before."""
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), value) if b"\\" in value else value
