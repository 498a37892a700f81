"""A sheet of an XLSX workbook, as the lines of a table.

Rule: a cell counts as people see it. A formula has the value that the spreadsheet last computed; one without a value,
and an error, refuse its row.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from exchange.importing.errors import FileFault
from exchange.importing.notes import Note
from exchange.importing.reading.heads import FIRST, head_of
from exchange.importing.reading.rows import Row, Source
from exchange.importing.reading.tables import above_head, clean_head, line_row, unnamed

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

#: A workbook is a packed archive: these are what it may become when it is unpacked.
MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 300_000_000, 200_000, 500
Cell = tuple[str, str]
_BROKEN = gettext_lazy("%(file)s: this workbook is broken. Open it and save it anew.")


def is_workbook(path: Path) -> bool:
    """Whether it is an archive with a workbook inside."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except Exception:  # a broken archive is none
        return False


def read_workbook(path: Path, sheet: str = "", data: bytes | None = None) -> Source:
    """The lines of the named sheet, or of the first one that has any. Raises FileFault.

    With `data` nothing is read of the path but its name.
    """
    if data is None:
        _refuse_bomb(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and of lists to choose from
            return _read(path, sheet, data)
    except FileFault:
        raise
    except Exception as error:
        # openpyxl, zipfile, zlib and expat have dozens of errors for what is broken inside, and no common one.
        raise FileFault(str(_BROKEN) % {"file": path.name}) from error


def _read(path: Path, sheet: str, data: bytes | None) -> Source:
    values, formulas = (
        load_workbook(path if data is None else io.BytesIO(data), read_only=True, data_only=only)
        for only in (True, False)
    )
    try:
        names = [name for name in values.sheetnames if hasattr(values[name], "iter_rows")]
        if sheet and sheet not in names:
            message = _("%(file)s: there is no sheet “%(sheet)s”. There are: %(names)s")
            raise FileFault(message % {"file": path.name, "sheet": sheet, "names": ", ".join(names)})
        filled = [name for name in names if _has_content(values, name)]
        chosen = sheet or next(iter(filled), "")
        if not chosen:
            raise FileFault(_("%(file)s: the file is empty.") % {"file": path.name})
        rest = [name for name in filled if name != chosen]
        notes = [_("Sheets that were not read: %(names)s") % {"names": ", ".join(rest)}] if rest else []
        lines = _lines(path, values[chosen], formulas[chosen])
        return _source(path, lines, tuple(notes))
    finally:
        values.close()
        formulas.close()


def _source(path: Path, lines: Iterator[tuple[int, list[Cell]]], notes: tuple[str, ...]) -> Source:
    filled = ((number, cells) for number, cells in lines if any(text for text, _fault in cells))
    first = list(islice(filled, FIRST))
    if not first:
        raise FileFault(_("%(file)s: the file is empty.") % {"file": path.name})
    texts = [[text for text, _fault in cells] for _number, cells in first]
    head = head_of(texts)
    columns = clean_head(path, head.columns)
    rows = [_row(number, columns, cells) for number, cells in chain(first[head.line + 1 :], filled)]
    return Source(rows, notes=(*above_head([texts[at] for at in head.above]), *notes), columns=tuple(columns))


def _row(number: int, columns: Sequence[str], cells: Sequence[Cell]) -> Row:
    names = [*columns, *[""] * (len(cells) - len(columns))]  # a sheet has no last column
    faults = [
        Note("", fault, column=name or unnamed(position), value=text)
        for position, (name, (text, fault)) in enumerate(zip(names, cells, strict=False), start=1)
        if fault
    ]
    if not faults:
        return line_row(number, names, [text for text, _fault in cells])
    sound = line_row(number, names, ["" if fault else text for text, fault in cells])
    return Row(number, sound.parts, (*faults, *sound.faults), tuple(text for text, _fault in cells))


def _has_content(book: Workbook, name: str) -> bool:
    sheet = book[name]
    sheet.reset_dimensions()  # what a sheet says of its size need not be true
    rows = islice(sheet.iter_rows(values_only=True), MOST_ROWS)
    return any(value not in (None, "") for row in rows for value in row)


def _lines(path: Path, values: Any, formulas: Any) -> Iterator[tuple[int, list[Cell]]]:
    for sheet in (values, formulas):
        sheet.reset_dimensions()
    pairs = zip(values.iter_rows(), formulas.iter_rows(values_only=True), strict=False)
    for number, (cells, texts) in enumerate(pairs, start=1):
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            message = _("%(file)s: a sheet may have %(rows)d rows and %(columns)d columns.")
            raise FileFault(message % {"file": path.name, "rows": MOST_ROWS, "columns": MOST_COLUMNS})
        yield number, [_cell(cell, text) for cell, text in zip(cells, texts, strict=False)]


def _cell(cell: Any, formula: Any) -> Cell:
    """(text, what is wrong with it)."""
    if cell.value is None and isinstance(formula, str) and formula.startswith("="):
        return formula, _("The spreadsheet has computed no value for this formula. Open it and save it anew.")
    if cell.data_type == "e":
        return str(cell.value), _("This cell is an error of the spreadsheet.")
    return _text(cell.value), ""


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.time):
        return value.isoformat(timespec="minutes")
    return str(value)


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileFault(str(_BROKEN) % {"file": path.name}) from error
    if size > MOST_BYTES:
        message = _("%(file)s: unpacked it has %(size)d MB; at most %(most)d are read.")
        words = {"file": path.name, "size": size // 1_000_000, "most": MOST_BYTES // 1_000_000}
        raise FileFault(message % words)
