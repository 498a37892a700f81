"""Sets of rows as packed bits: 64 rows in a word, the first row in the lowest bit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]
Truth = npt.NDArray[np.bool_]
_WORD = 64


def words(rows: int) -> int:
    return -(-rows // _WORD)


def pack(truth: Truth) -> Bits:
    """The rows for which it is true."""
    packed = np.packbits(truth, bitorder="little")
    whole = np.zeros(words(len(truth)) * 8, np.uint8)
    whole[: len(packed)] = packed
    return whole.view(np.uint64)


def of_rows(rows: npt.NDArray[np.integer], count: int) -> Bits:
    """These rows out of so many."""
    truth = np.zeros(count, np.bool_)
    truth[rows] = True
    return pack(truth)


def truth_of(bits: Bits, count: int) -> Truth:
    return np.unpackbits(bits.view(np.uint8), count=count, bitorder="little").view(np.bool_)


def rows_of(bits: Bits, start: int = 0, end: int | None = None) -> Rows:
    """The rows of the set from `start` to before `end`, in order."""
    first = start // _WORD
    part = bits[first : None if end is None else words(end)]
    found = np.flatnonzero(np.unpackbits(part.view(np.uint8), bitorder="little")) + first * _WORD
    low = np.searchsorted(found, start)
    return found[low : None if end is None else np.searchsorted(found, end)]


def has(bits: Bits, rows: npt.NDArray[np.integer]) -> Truth:
    """Which of these rows are in the set."""
    shift = (rows & (_WORD - 1)).astype(np.uint64)
    return ((bits[rows >> 6] >> shift) & np.uint64(1)).astype(np.bool_)


def size(bits: Bits) -> int:
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def sizes(many: npt.NDArray[np.uint64], within: Bits) -> npt.NDArray[np.int64]:
    """Of each set how many rows are also in the other one."""
    return np.bitwise_count(many & within).sum(axis=-1, dtype=np.int64)
