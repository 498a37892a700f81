"""A workbook that somebody sends: refused by its outside before any of it is unpacked, then read line by line.

Rule: the file is never written anywhere and nothing in it is run, followed or computed. It is bounded by the size that
its archive names (`zipfile` unpacks no more than that), by parts, lines and columns.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from core.languages import codes as languages
from exchange.books.columns import BookSheet, sheets
from exchange.books.writing import CODES

MOST_FILE, MOST_UNPACKED, MOST_PARTS = 5_000_000, 40_000_000, 300
#: Lines with anything in them of one sheet; and lines at all, as many as a spreadsheet has.
MOST_LINES, LAST_LINE = 15_000, 1_048_576
_PIECE = 1 << 16


class BookFault(Exception):
    """Why the whole file is refused, in words."""


@dataclass(frozen=True)
class BookLine:
    """Texts by the codes of columns; `letters` says where each of them stands. `formulas` are codes of such cells."""

    number: int
    texts: dict[str, str]
    letters: dict[str, str]
    formulas: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Read:
    """The language whose words stand in the file, its sheets of ours, and lines by their codes."""

    language: str
    sheets: dict[str, BookSheet]
    lines: dict[str, list[BookLine]]


def read_book(file: IO[bytes], size: int) -> Read:
    """Every line of our sheets. Raises BookFault."""
    if size > MOST_FILE:
        raise BookFault(_("The file is larger than %(most)d MB.") % {"most": MOST_FILE // 1_000_000})
    _look_at(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and of lists to choose from
            return _read(file)
    except BookFault:
        raise
    except Exception as error:
        # openpyxl, zipfile, zlib and expat have dozens of errors for what is broken inside, and no common one.
        raise BookFault(_("This workbook is broken. Open it in Excel or LibreOffice and save it anew.")) from error


def _look_at(file: IO[bytes]) -> None:
    """Refuse by the list of what is inside, then by declarations in it that only an attack has."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _look_at_parts({part.filename.lower() for part in parts}, parts)
            for part in parts:
                _look_through(archive, part, is_text=part.filename.lower().endswith((".xml", ".rels", ".vml")))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise BookFault(
            _("This is no Excel workbook (.xlsx). Open your table in Excel or LibreOffice and save it as “.xlsx”.")
        ) from error


def _look_at_parts(names: set[str], parts: list[zipfile.ZipInfo]) -> None:
    if "xl/workbook.xml" not in names:
        raise BookFault(_("This is no Excel workbook (.xlsx). Take ours from “Download my services (Excel)”."))
    if any("vbaproject" in name or "macrosheet" in name or "activex" in name for name in names):
        raise BookFault(_("There are macros in this workbook. Save it as “.xlsx”, without them."))
    if any("externallink" in name or name.startswith("xl/connections") for name in names):
        raise BookFault(_("This workbook takes values from other files. Paste them as values and save it anew."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        message = _(
            "Unpacked, this workbook is larger than %(most)d MB. Take out what is not ours, or send it in parts."
        )
        raise BookFault(message % {"most": MOST_UNPACKED // 1_000_000})


def _look_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, is_text: bool) -> None:
    """No spreadsheet writes a document type or UTF-16; entities that grow or read files need the first."""
    last = b""
    with archive.open(part) as inside:
        while piece := inside.read(_PIECE):
            if b"<!DOCTYPE" in last + piece or b"<!ENTITY" in last + piece or (is_text and b"\x00" in piece):
                raise BookFault(_("This workbook is broken. Open it in Excel or LibreOffice and save it anew."))
            last = piece[-16:]


def _read(file: IO[bytes]) -> Read:
    file.seek(0)
    book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    try:
        language, found = _ours(book.sheetnames)
        lines = {}
        for code, sheet in found.items():
            if sheet.label in book.sheetnames:
                lines[code] = list(_lines(book[sheet.label], sheet))
        return Read(language, found, lines)
    finally:
        book.close()


def _ours(names: list[str]) -> tuple[str, dict[str, BookSheet]]:
    """Of the language that names most sheets, the reader's own first."""
    own = get_language() or ""
    for language in sorted(languages(), key=lambda code: code != own):
        with override(language):
            found = sheets()
        if any(sheet.label in names for sheet in found.values()):
            return language, found
    raise BookFault(
        _("None of the sheets is ours. Take the workbook from “Download my services (Excel)” and keep the names.")
    )


def _lines(page: Any, sheet: BookSheet) -> Iterator[BookLine]:
    page.reset_dimensions()  # what a sheet says of its size need not be true
    codes: list[str] = []
    count = 0
    for number, row in enumerate(page.iter_rows(max_col=len(sheet.columns) + 20), start=1):
        if number > LAST_LINE:
            break
        if number < CODES:
            continue
        texts = [_text(cell) for cell in row]
        if number == CODES:
            codes = _codes(texts, sheet)
        elif any(texts):
            count += 1
            if count > MOST_LINES:
                message = _("The sheet “%(sheet)s” has more than %(most)d rows.")
                raise BookFault(message % {"sheet": sheet.label, "most": MOST_LINES})
            yield _line(number, codes, texts, row)


def _codes(texts: list[str], sheet: BookSheet) -> list[str]:
    known = {column.code for column in sheet.columns}
    if "id" not in texts or not known & set(texts) - {"id"}:
        message = _("On the sheet “%(sheet)s” the hidden second row of codes is gone. Take the workbook anew.")
        raise BookFault(message % {"sheet": sheet.label})
    return [text if text in known else "" for text in texts]


def _line(number: int, codes: list[str], texts: list[str], row: Any) -> BookLine:
    at = {code: place for place, code in enumerate(codes) if code}
    return BookLine(
        number,
        {code: texts[place] if place < len(texts) else "" for code, place in at.items()},
        {code: f"{get_column_letter(place + 1)}{number}" for code, place in at.items()},
        frozenset(code for code, place in at.items() if place < len(row) and row[place].data_type == "f"),
    )


def _text(cell: Any) -> str:
    """As people see it: a number without the dot that a spreadsheet adds, a day without its midnight."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return str(value).replace("\r\n", "\n").strip()
