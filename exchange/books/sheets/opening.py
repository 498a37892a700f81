"""A table that somebody sends (xlsx, ods, csv): refused by its outside before it is unpacked, then read line by line.

Rule: the file is never written anywhere and nothing in it is run, followed or computed. It is bounded by the size that
its archive names (`zipfile` unpacks no more than that), by parts, lines and columns, and by what is held of it at once:
our own sheets are streamed, and whatever a library makes a tree of is weighed before (docs/adr/0188).
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import IO

from django.utils.translation import gettext as _

from exchange.books.sheets.lines import BookFault, Read, TableRow, alone, lines_of, ours
from exchange.books.sheets.streaming import Xlsx
from exchange.books.sheets.tables import ODS, ods_pages, text_rows
from exchange.books.sheets.weighing import weigh

#: Below what a server in front takes (deploy/nginx), so that a file that is too large is refused here, in words.
MOST_FILE, MOST_PARTS = 9_000_000, 300
#: Of our own workbook, which is streamed; and of whatever somebody else has made.
MOST_UNPACKED, MOST_FOREIGN = 160_000_000, 40_000_000
_PIECE = 1 << 16


def read_book(file: IO[bytes], size: int) -> Read:
    """Every line of our sheets. Raises BookFault."""
    if size > MOST_FILE:
        raise BookFault(_("The file is larger than %(most)d MB.") % {"most": MOST_FILE // 1_000_000})
    if not is_archive(file):
        return _read_text(file)
    is_ods = look_at(file, MOST_UNPACKED, is_streamed=True)
    try:
        return _read_ods(file) if is_ods else _read(file)
    except BookFault:
        raise
    except Exception as error:
        # zipfile, zlib and expat have dozens of errors for what is broken inside, and no common one.
        raise BookFault(_("This workbook is broken. Open it in Excel or LibreOffice and save it anew.")) from error


def is_archive(file: IO[bytes]) -> bool:
    """Whether it begins like a zip archive, or like a workbook of before 2007."""
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    return start[:2] == b"PK" or start == b"\xd0\xcf\x11\xe0"  # the second one is an old “.xls”


def look_at(file: IO[bytes], most: int = MOST_FOREIGN, *, is_streamed: bool = False) -> bool:
    """Whether it is ods. Raises BookFault: by the list of what is inside, then by what only attacks declare.

    With `is_streamed` the reader of an xlsx holds no tree; without it every part is weighed.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            is_ods = "mimetype" in archive.namelist() and archive.open("mimetype").read(100) == ODS
            _look_at_parts({part.filename.lower() for part in parts}, parts, most, is_ods=is_ods)
            for part in parts:
                _look_through(archive, part, is_text=part.filename.lower().endswith((".xml", ".rels", ".vml")))
                if is_ods or not is_streamed:  # whatever its name: a sheet is what the workbook says is one
                    weigh(archive, part.filename)
            return is_ods
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise BookFault(
            _("This is no Excel workbook (.xlsx). Open your table in Excel or LibreOffice and save it as “.xlsx”.")
        ) from error


def _look_at_parts(names: set[str], parts: list[zipfile.ZipInfo], most: int, *, is_ods: bool) -> None:
    if not is_ods and "xl/workbook.xml" not in names:
        raise BookFault(_("This is no Excel workbook (.xlsx). Take ours from “Download my services (Excel)”."))
    if any("vbaproject" in name or "macrosheet" in name or "activex" in name for name in names) or (
        is_ods and any(name.startswith(("basic/", "scripts/")) for name in names)
    ):
        raise BookFault(_("There are macros in this workbook. Save it without them."))
    if any("externallink" in name or name.startswith("xl/connections") for name in names):
        raise BookFault(_("This workbook takes values from other files. Paste them as values and save it anew."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most:
        message = _(
            "Unpacked, this workbook is larger than %(most)d MB. Take out what is not ours, or send it in parts."
        )
        raise BookFault(message % {"most": most // 1_000_000})


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
    with zipfile.ZipFile(file) as archive:
        book = Xlsx(archive)
        return _of_pages(list(book.parts), book.rows)


def _read_ods(file: IO[bytes]) -> Read:
    file.seek(0)
    with zipfile.ZipFile(file) as archive, archive.open("content.xml") as content:
        pages = ods_pages(content)
        return _of_pages(list(pages), pages.__getitem__)


def _of_pages(names: Sequence[str], rows: Callable[[str], Iterable[TableRow]]) -> Read:
    language, found = ours(names)
    lines, is_part = {}, False
    for code, sheet in found.items():
        if sheet.label in names:
            read = list(lines_of(rows(sheet.label), sheet))
            lines[code], is_part = [line for line, _part in read], is_part or any(part for _line, part in read)
    return Read(language, found, lines, is_part)


def _read_text(file: IO[bytes]) -> Read:
    """A table of text is one sheet: the one whose columns it has."""
    rows = text_rows(file.read())
    language, found, code = alone([[cell.text for cell in row.cells] for row in rows[:2]])
    read = list(lines_of(rows, found[code]))
    return Read(language, found, {code: [line for line, _part in read]}, any(part for _line, part in read))
