"""The numbers of an index and the files that hold them: one folder a revision, a file for each column.

Rule: a folder is written under another name and renamed when it is whole; what a process has opened stays readable for
it when the folder is gone. What cannot be read in the very form of this code is no index.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
#: Another number for every change of what the columns mean.
FORM = 2
_WORDS = "words.json"
#: What an index was packed from, inside of its folder.
READ = "read"
#: No such day: later, or earlier, than every other one.
NEVER, LONG_AGO = 2**31 - 1, -(2**31)


class Broken(Exception):
    """Files that are none of ours, or not whole."""


@dataclass(frozen=True)
class PackedRows:
    """`arrays` by the names of columns, all in the order of the rows; `words` is what is not a number.

    `rows` are all of them, `placed` those with a point: they come first.
    """

    rows: int
    placed: int
    arrays: Mapping[str, Array]
    words: Mapping[str, Any]

    @property
    def bytes(self) -> int:
        return sum(array.nbytes for array in self.arrays.values())


def write(packed: PackedRows, path: Path, read: PackedRows | None = None) -> None:
    """Whole or not at all; with what it was packed from in a folder inside (`READ`)."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=path.parent))
    try:
        _write(packed, draft)
        if read is not None:
            (draft / READ).mkdir(mode=0o700)
            _write(read, draft / READ)
        if not path.exists():
            draft.rename(path)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write(packed: PackedRows, folder: Path) -> None:
    for name, array in packed.arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    shapes = {name: [list(array.shape), array.dtype.str] for name, array in packed.arrays.items()}
    told = {"form": FORM, "rows": packed.rows, "placed": packed.placed, "shapes": shapes, "words": packed.words}
    (folder / _WORDS).write_text(json.dumps(told, ensure_ascii=False))


def opened(path: Path) -> PackedRows:
    """What lies there, mapped into memory; Broken where it is not an index of this code."""
    if path.is_symlink() or path.stat().st_uid != os.geteuid():
        raise Broken(f"{path} belongs to somebody else")
    try:
        told = json.loads((path / _WORDS).read_text())
        if told["form"] != FORM:
            raise Broken(f"{path} has another form")
        arrays = {name: _column(path / f"{name}.npy", shape) for name, (shape, _type) in told["shapes"].items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Broken(f"{path}: {error}") from error
    shapes = {name: [list(array.shape), array.dtype.str] for name, array in arrays.items()}
    if shapes != told["shapes"]:
        raise Broken(f"{path} is not whole")
    return PackedRows(told["rows"], told["placed"], arrays, told["words"])


def _column(path: Path, shape: list[int]) -> Array:
    """A plain array over the mapped file; what is empty cannot be mapped."""
    return np.load(path, mmap_mode="r" if all(shape) else None, allow_pickle=False).view(np.ndarray)
