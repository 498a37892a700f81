"""Rows of tables that are no xlsx: text with separators in the encodings that spreadsheets write, and ods.

Rule: nothing is run or followed, and what a file repeats ("this row, a million times") counts as what it becomes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from core.files.sheets import plain
from exchange.books.sheets.lines import LAST_LINE, MOST_COLUMNS, MOST_LINES, BookFault, TableCell, TableRow
from exchange.importing.errors import FileFault
from exchange.importing.reading.rows import MAIN
from exchange.importing.reading.tables import read_table, unnamed

ODS = b"application/vnd.oasis.opendocument.spreadsheet"
#: Lines of a text with empty ones and those inside cells.
MOST_TEXT_LINES = 4 * MOST_LINES
_TABLE, _OFFICE, _TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office", "text")
)
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def text_rows(data: bytes) -> list[TableRow]:
    """Lines of a table in UTF-8, UTF-16 with its mark, or Windows-1251. Raises BookFault."""
    text = decoded(data)
    if text.count("\n") + text.count("\r") > 2 * MOST_TEXT_LINES:
        raise BookFault(_("The table has more than %(most)d rows.") % {"most": MOST_LINES})
    try:
        source = read_table(Path("csv"), text)
    except FileFault as error:
        raise BookFault(str(error).removeprefix("csv: ")) from error
    rows = [TableRow(1, [TableCell(name) for name in source.columns])]
    names = [name or unnamed(place) for place, name in enumerate(source.columns, start=1)]
    for row in source.rows:
        parts = row.parts[MAIN]
        given = row.raw or [str(parts.get(name, "")) for name in names]  # type: ignore[attr-defined]
        fault = " ".join(note.message for note in row.faults)
        rows.append(TableRow(row.number, [TableCell(plain(cell.strip())) for cell in given], fault))
    return rows


def decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or Windows-1251. Raises BookFault."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1251")
        if b"\x00" in data:
            raise BookFault(no_table())
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BookFault(no_table())


def no_table() -> str:
    """What to do with a file that is none of ours."""
    return _("This is no table that is read here. Save it as “.xlsx”, “.ods” or “.csv” and send it again.")


def ods_pages(content: IO[bytes]) -> dict[str, list[TableRow]]:
    """Rows with anything in them by the names of sheets, as people see them. Raises BookFault."""
    pages: dict[str, list[TableRow]] = {}
    name, number = "", 0
    for event, element in ElementTree.iterparse(content, ("start", "end")):  # noqa: S314  (looked through before)
        if event == "start":
            if element.tag == f"{_TABLE}table":
                name, number = element.get(f"{_TABLE}name", ""), 0
                pages[name] = []
        elif element.tag == f"{_TABLE}table-source":
            raise BookFault(_("This workbook takes values from other files. Paste them as values and save it anew."))
        elif element.tag == f"{_TABLE}table-row":
            times = _times(element, "number-rows-repeated", LAST_LINE)
            cells = _cells(element)
            if any(cell.text for cell in cells):
                if len(pages[name]) + times > MOST_LINES + 2:
                    message = _("The sheet “%(sheet)s” has more than %(most)d rows.")
                    raise BookFault(message % {"sheet": name, "most": MOST_LINES})
                pages[name] += [TableRow(number + one, cells) for one in range(1, times + 1)]
            number += times
            element.clear()
    return pages


def _times(element: ElementTree.Element, name: str, most: int) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return min(int(text), most) if text.isdecimal() and len(text) < 10 else most


def _cells(row: ElementTree.Element) -> list[TableCell]:
    cells: list[TableCell] = []
    for element in row:
        if element.tag in _CELLS and len(cells) < MOST_COLUMNS:
            times = _times(element, "number-columns-repeated", MOST_COLUMNS)
            cells += [_cell(element)] * min(times, MOST_COLUMNS - len(cells))
    return cells


def _cell(element: ElementTree.Element) -> TableCell:
    """A day as it is written everywhere, whatever the sheet shows; a note on the cell is no text of it."""
    day = element.get(f"{_OFFICE}date-value", "").removesuffix("T00:00:00")
    text = day or "\n".join("".join(_said(part)) for part in element.findall(f"{_TEXT}p"))
    return TableCell(text.strip(), f"{_TABLE}formula" in element.attrib)


def _said(element: ElementTree.Element) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        if part.tag == f"{_TEXT}s":
            yield " " * min(int(part.get(f"{_TEXT}c", "1")), 1_000)
        elif part.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield "\n" if part.tag.endswith("break") else "\t"
        elif not part.tag.startswith(_OFFICE):
            yield from _said(part)
        yield part.tail or ""
