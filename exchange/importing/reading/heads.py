"""Where the names of a table's columns stand: people write a title above them, and groups over several columns. Pure.

Rule: the first line that fills most of what the rows below fill is the head, whatever its names: two that are alike, or
a year, are for whoever made the table, and no row is taken for its head. Groups over the next line are none, nor is a
word or two beside a number. Where that line is not the first one and says numbers, as rows do, the first one is the
head. A name that stands over two lines, because its cell was merged with the one below, is taken of the upper. What
stands above the head is told and never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

Cells = Sequence[str]
#: Lines in which the head is looked for; below it so many are compared.
LOOKED_AT, COMPARED = 20, 40
#: So many lines are needed for it.
FIRST = LOOKED_AT + COMPARED
#: Of the cells that rows fill, what a head fills at least.
SHARE = 0.6
#: Fewer filled cells than this are a list and no table.
FEWEST = 3
_NUMBER = re.compile(r"[-+]?[\d\s.,:/()–-]*\d[\d\s.,:/()–-]*")


@dataclass(frozen=True)
class Head:
    """`line` is the last one of the head, `columns` the names, `above` the lines before it that are none of it."""

    line: int
    columns: tuple[str, ...]
    above: tuple[int, ...]


def head_of(lines: Sequence[Cells]) -> Head:
    """The head of a table, of its first lines that are not blank. There is at least one."""
    usual = median(_filled(line) for line in lines[1 : COMPARED + 1]) if len(lines) > 1 else 0
    if usual >= FEWEST:
        for at, line in enumerate(lines[:LOOKED_AT]):
            if at + 1 < len(lines) and _is_upper(line, lines[at + 1]):
                continue
            over = lines[at - 1] if at and _filled(lines[at - 1]) > 1 else ()
            if _filled(names := _over(over, line)) >= SHARE * usual and not _is_title(line):
                if at and _has_number(line):
                    break
                first = at - 1 if len(over) and names != list(line) else at
                return Head(at, tuple(names), tuple(range(first)))
    return Head(0, tuple(lines[0]), ())


def _filled(line: Cells) -> int:
    return sum(bool(cell.strip()) for cell in line)


def _over(upper: Cells, line: Cells) -> list[str]:
    """The names of a line, where it has none those above."""
    width = max(len(upper), len(line))
    above, below = [*upper, *[""] * (width - len(upper))], [*line, *[""] * (width - len(line))]
    return [name if name.strip() else group for group, name in zip(above, below, strict=True)]


def _is_upper(line: Cells, below: Cells) -> bool:
    """Whether groups stand here, and their columns in the next line: nothing stands there but below a group."""
    groups = [*line, *[""] * (len(below) - len(line))]
    gaps = {at for at, name in enumerate(groups) if not name.strip() and at < len(below)}
    starts = {at for at, (name, after) in enumerate(pairwise([*groups, "x"])) if name.strip() and not after.strip()}
    said = {at for at, name in enumerate(below) if name.strip()}
    return bool(gaps) and _filled(line) > 1 and gaps <= said <= gaps | starts and _are_names(below)


def _is_title(line: Cells) -> bool:
    """The day of a list, beside its name."""
    return _filled(line) < FEWEST and _has_number(line)


def _has_number(line: Cells) -> bool:
    return any(map(_NUMBER.fullmatch, _words(line)))


def _are_names(line: Cells) -> bool:
    names = _words(line)
    return len(set(names)) == len(names) and not _has_number(line)


def _words(line: Cells) -> list[str]:
    return [" ".join(cell.split()) for cell in line if cell.strip()]
