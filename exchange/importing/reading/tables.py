"""Lines of a CSV table below a head of column names, separated as the head is.

Rule: a quotation mark that is never closed costs its own line and no other. Lines end with line feeds and carriage
returns alone, so that a separator of Unicode inside a cell stays inside it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from core.files.sheets import plain
from exchange.importing.errors import FileFault
from exchange.importing.notes import Note
from exchange.importing.reading.heads import FIRST, head_of
from exchange.importing.reading.rows import MAIN, Row, Source

SEPARATORS = ",;\t"
#: A cell over more lines than this is a quotation mark that was not closed.
LONGEST_CELL = 200
#: A line inside a cell with all separators of such a head is a row that the cell has swallowed.
FEWEST_TELLING = 5


def read_table(path: Path, text: str) -> Source:
    """Every line of the table. Raises FileFault for one without a head."""
    lines = list(io.StringIO(text, newline=""))
    separator, start = _separator(lines)
    columns, start, notes = _head(path, lines, start, separator)
    rows: list[Row] = []
    while start < len(lines):
        used, cells, fault = _record(lines, start, separator, len(columns))
        if fault or any(cell.strip() for cell in cells):
            rows.append(line_row(start + 1, columns, cells, fault))
        start += used
    return Source(rows, notes=notes, columns=tuple(columns))


def line_row(number: int, columns: Sequence[str], cells: Sequence[str], fault: Note | None = None) -> Row:
    """A line of a table as a row. Values without a column of their own keep their place: “column 7”."""
    names = [name or unnamed(position) for position, name in enumerate(columns, start=1)]
    if fault:
        return Row(number, {MAIN: {}}, (fault,), tuple(cells))
    extra = [cell for cell in cells[len(names) :] if cell.strip()]
    if extra:
        message = _("%(count)d values, but the head has %(columns)d columns.")
        words = message % {"count": len(cells), "columns": len(names)}
        return Row(number, {MAIN: {}}, (Note("", words, value="; ".join(extra)),), tuple(cells))
    filled = [*cells, *[""] * (len(names) - len(cells))]
    data = {name: plain(cell) for name, head, cell in zip(names, columns, filled, strict=False) if head or cell.strip()}
    return Row(number, {MAIN: data})


def unnamed(position: int) -> str:
    """How a column without a name is called."""
    return _("column %(number)d") % {"number": position}


def clean_head(path: Path, cells: Sequence[str]) -> list[str]:
    """Names of the columns. Raises FileFault when two have the same."""
    columns = [" ".join(name.split()) for name in cells]
    while columns and not columns[-1]:
        columns.pop()
    named = [name for name in columns if name]
    if twice := sorted({name for name in named if named.count(name) > 1}):
        raise FileFault(_("%(file)s: two columns have the name “%(name)s”.") % {"file": path.name, "name": twice[0]})
    return columns


def _separator(lines: Sequence[str]) -> tuple[str, int]:
    """What separates the cells, and where the head begins; Excel may say it in a line of its own, “sep=;”."""
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    head = lines[start].strip() if start < len(lines) else ""
    if head.startswith("sep=") and head[4:5] in SEPARATORS and len(head) == 5:
        return head[4], start + 1
    outside = "".join(head.split('"')[::2])
    return max(SEPARATORS, key=outside.count), start


def above_head(lines: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What is to be told of lines that stand above the names of the columns."""
    said = "; ".join(cell.strip() for line in lines for cell in line if cell.strip())
    return (
        (_("Above the names of the columns stands, and is not read: %(text)s") % {"text": said[:200]},) if said else ()
    )


def _head(path: Path, lines: Sequence[str], start: int, separator: str) -> tuple[list[str], int, tuple[str, ...]]:
    """(names of the columns, the line after them, what is to be told of the lines above)."""
    first: list[tuple[int, list[str]]] = []
    while start < len(lines) and len(first) < FIRST:
        used, cells, fault = _record(lines, start, separator, 0)
        if fault and not first:
            message = _("%(file)s, row %(row)d: the table cannot be read.")
            raise FileFault(message % {"file": path.name, "row": start + 1})
        start += used
        if any(cell.strip() for cell in cells):
            first.append((start, cells))
    if not first:
        raise FileFault(_("%(file)s: the file is empty.") % {"file": path.name})
    head = head_of([cells for _end, cells in first])
    notes = above_head([first[at][1] for at in head.above])
    return clean_head(path, head.columns), first[head.line][0], notes


def _record(lines: Sequence[str], start: int, separator: str, columns: int) -> tuple[int, list[str], Note | None]:
    """(lines that it takes, cells, what is wrong with it) of the record that begins at this line."""
    reader = csv.reader(lines[start : start + LONGEST_CELL], delimiter=separator, strict=True)
    try:
        cells = next(reader, [])
    except csv.Error:
        return 1, lines[start].rstrip("\r\n").split(separator), _unclosed(lines[start])
    used = max(reader.line_num, 1)
    if used > 1 and columns >= FEWEST_TELLING:
        inside = lines[start + 1 : start + used]
        if any(line.count(separator) == columns - 1 for line in inside):
            return 1, lines[start].rstrip("\r\n").split(separator), _unclosed(lines[start])
    return used, cells, None


def _unclosed(line: str) -> Note:
    message = _("A quotation mark in this line is not closed, or stands in the middle of a cell.")
    return Note("", message, value=line.strip())
