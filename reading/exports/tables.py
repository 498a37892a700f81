"""CSV for programs, XLSX for people. No cell of either is run by a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import IO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from core.sheets import cell
from directory.rows import ListingRow
from reading.exports.about import About
from reading.exports.columns import COLUMNS, Telling, Value, definitions, told
from reading.exports.framing import Frame

_WIDE, _NARROW = 34, 16
_LONG = {"title", "kinds", "organization", "place", "address", "hours", "summary", "checked", "url", "contacts"}


def frame_of_csv(about: About) -> Frame:
    """Every line but the first is a listing. Licence and day stand in each, the definitions in the first one."""
    explained = "\n".join(
        [*about.notes, _apostrophe(), *(f"{code}: {head}. {said}" for code, head, said in definitions())]
    )
    return Frame(
        b"\xef\xbb\xbf" + _line([*(column.code for column in COLUMNS), "licence", "as_of", "about"]),
        b"," + _line([about.licence, about.as_of, explained]),
        b"," + _line([about.licence, about.as_of, ""]),
        b"",
        b"",
    )


def tell_csv(row: ListingRow, telling: Telling) -> bytes:
    return _line(map(cell, told(row, telling)))[:-2]


def _line(values: Iterable[object]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(values)
    return text.getvalue().encode()


def _apostrophe() -> str:
    return _("An apostrophe before +, =, - or @ keeps a spreadsheet from taking a text for a formula.")


def write_xlsx(file: IO[bytes], rows: Iterable[ListingRow], telling: Telling, about: About) -> None:
    """A sheet of services and one that explains it. Every cell is a text or a number by its type."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Services"))
    sheet.freeze_panes = "B2"
    for number, column in enumerate(COLUMNS):
        sheet.column_dimensions[_letters(number)].width = _WIDE if column.code in _LONG else _NARROW
    sheet.append([_cell(sheet, str(column.head), is_bold=True) for column in COLUMNS])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in told(row, telling)])
    _explain(book.create_sheet(_("About this file")), about)
    book.save(file)


def _explain(sheet: object, about: About) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _WIDE, 2 * _WIDE + _NARROW  # type: ignore[attr-defined]
    first = [
        (about.title, about.network),
        (_("Day"), about.as_of),
        (_("Licence"), about.licence),
        (_("Source"), about.site),
    ]
    for pair in [*first, *(("", note) for note in about.notes), ("", "")]:
        sheet.append([_cell(sheet, text, is_bold=not number) for number, text in enumerate(pair)])  # type: ignore[attr-defined]
    for code, head, said in definitions():
        sheet.append([_cell(sheet, text) for text in (head, said, code)])  # type: ignore[attr-defined]


def _cell(sheet: object, value: Value, *, is_bold: bool = False) -> object:
    if value is None or value == "":
        return None
    if isinstance(value, float):
        return value
    found = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    found.data_type = "s"  # whatever it begins with
    if is_bold:
        found.font = Font(bold=True)
    return found


def _letters(number: int) -> str:
    """A, B, …, Z, AA: the name of a column."""
    before, last = divmod(number, 26)
    return (chr(64 + before) if before else "") + chr(65 + last)
