"""XLSX for people: a sheet of services and one that explains it. Every cell is a text or a number by its type.

Rule: openpyxl makes the workbook without its rows; the rows are put into its first sheet as they come, so they are told
and remembered like lines of a text. A spreadsheet runs no cell: each says that it is a text, whatever it begins with.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from directory.shown.rows import ListingRow
from reading.exports.about import About
from reading.exports.columns import COLUMNS, Telling, Value, definitions, told
from reading.exports.framing import FileFrame

_WIDE, _NARROW = 34, 16
_LONG = {"title", "kinds", "organization", "place", "address", "hours", "summary", "checked", "url", "contacts"}
_SHEET, _END, _ROW = "xl/worksheets/sheet1.xml", b"</sheetData>", b"<row>"
#: Of a cell; a spreadsheet holds no more.
_LONGEST = 32_767


def frame_of_xlsx(about: About) -> FileFrame:
    """The first sheet around its rows; they do not name their columns, which the format allows."""
    with zipfile.ZipFile(_empty(about)) as book:
        head, _found, tail = book.read(_SHEET).partition(_END)
    return FileFrame(head, b"", b"", b"", _END + tail)


def tell_xlsx(row: ListingRow, telling: Telling) -> bytes:
    return b"<row>" + "".join(map(_cell, told(row, telling))).encode() + b"</row>"


def pack_xlsx(file: IO[bytes], sheet: IO[bytes], about: About) -> None:
    """The workbook with this first sheet."""
    with zipfile.ZipFile(_empty(about)) as book, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in book.namelist():
            with made.open(name, "w") as part:
                if name == _SHEET:
                    part.writelines(_numbered(sheet))
                else:
                    part.write(book.read(name))


def _numbered(sheet: IO[bytes]) -> Iterator[bytes]:
    """The sheet with the numbers of its rows, which were told before anybody knew where they would stand.

    The format does without them; GDAL, and so QGIS, calls each row without one invalid.
    """
    number, rest = 1, b""
    while chunk := sheet.read(1 << 16):
        first, *others = (rest + chunk).split(_ROW)
        rows = [first]
        for number, other in enumerate(others, start=number + 1):  # noqa: B020  (it goes on where it was)
            rows.append(b'<row r="%d">%b' % (number, other))
        told = b"".join(rows)
        rest = told[-len(_ROW) + 1 :]  # half of a row's beginning, perhaps
        yield told[: -len(_ROW) + 1]
    yield rest


def _cell(value: Value) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, float):
        return f"<c><v>{value!r}</v></c>"
    text = escape(ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST])
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _empty(about: About) -> IO[bytes]:
    book, file = Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.title = _("Services")
    sheet.freeze_panes = "B2"
    for number, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDE if column.code in _LONG else _NARROW
    _put(sheet, 1, (str(column.head) for column in COLUMNS), is_bold=True)
    _explain(book.create_sheet(_("About this file")), about)
    book.save(file)
    return file


def _explain(sheet: object, about: About) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _WIDE, 2 * _WIDE + _NARROW  # type: ignore[attr-defined]
    first = [
        (about.title, about.network),
        (_("Day"), about.as_of),
        (_("Licence"), about.licence),
        (_("Source"), about.site),
    ]
    lines: list[tuple[str, ...]] = [*first, *(("", note) for note in about.notes), ()]
    lines += [(head, said, code) for code, head, said in definitions()]
    for number, texts in enumerate(lines, start=1):
        _put(sheet, number, texts, is_bold=number == 1)


def _put(sheet: object, number: int, texts: Iterable[str], *, is_bold: bool = False) -> None:
    for place, text in enumerate(texts, start=1):
        if text:
            found = sheet.cell(number, place, ILLEGAL_CHARACTERS_RE.sub("", text))  # type: ignore[attr-defined]
            found.data_type = "s"  # whatever it begins with
            if is_bold:
                found.font = Font(bold=True)
