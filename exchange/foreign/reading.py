"""A list of somebody else, whatever its format: a workbook, a table of text, or what a map was exported as.

Rule: read in memory and bounded as a workbook of ours is. What the file names, runs or takes from elsewhere is refused
in words, and so is a list with more rows than one import takes.
"""

from __future__ import annotations

import codecs
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from exchange.books.sheets.lines import BookFault, TableRow
from exchange.books.sheets.opening import is_archive, look_at
from exchange.books.sheets.tables import MOST_TEXT_LINES, decoded, no_table, ods_pages
from exchange.foreign.flattening import flattened
from exchange.foreign.ticked import with_ticked
from exchange.importing.errors import FileFault
from exchange.importing.reading.heads import FIRST, head_of
from exchange.importing.reading.kml import KML, read_kml
from exchange.importing.reading.objects import read_objects
from exchange.importing.reading.rows import MAIN, Row, Source, leaves
from exchange.importing.reading.tables import above_head, clean_head, line_row, read_table
from exchange.importing.reading.workbooks import read_workbook

#: Bytes of one list; its rows, its columns, and signs of one cell.
MOST_FILE = 5_000_000
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5_000, 120, 10_000
#: Before the columns of one question become one.
MOST_TICKED = 1_000


def read_list(name: str, file: IO[bytes], size: int) -> Source:
    """The rows of a list; every one has texts by the names of columns. Raises BookFault."""
    if size > MOST_FILE:
        raise BookFault(_("The file is larger than %(most)d MB.") % {"most": MOST_FILE // 1_000_000})
    try:
        source = _read(Path(name).name[-80:] or "list", file)
    except FileFault as error:
        raise BookFault(str(error)) from error
    if len(source.rows) > MOST_ROWS:
        message = _("The list has %(count)d rows; one file may have %(most)d. Send it in parts.")
        raise BookFault(message % {"count": len(source.rows), "most": MOST_ROWS})
    _need_few_columns(source, MOST_TICKED)
    source = with_ticked(replace(source, rows=[_texts(row) for row in source.rows]))
    _need_few_columns(source, MOST_COLUMNS)
    if not source.rows:
        raise BookFault(_("There is nothing below the names of the columns."))
    return source


def _need_few_columns(source: Source, most: int) -> None:
    if len(source.columns) > most:
        message = _("The list has %(count)d columns; at most %(most)d are read. Take out what is not needed.")
        raise BookFault(message % {"count": len(source.columns), "most": most})


def _read(name: str, file: IO[bytes]) -> Source:
    if name.lower().endswith(KML):
        file.seek(0)
        return read_kml(name, file.read())
    if is_archive(file):
        if _is_map(file):
            file.seek(0)
            return read_kml(name, file.read())
        return _read_archive(name, file)
    file.seek(0)
    data = file.read()
    if b"<kml" in data[:2_000].lower():
        return read_kml(name, data)
    begins = data.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if begins == b"<":
        raise BookFault(
            _("This is no list that is read here. Save it as “.xlsx”, “.ods”, “.csv”, “.kml” or “.geojson”.")
        )
    text = decoded(data)
    if begins in (b"{", b"["):
        return _read_objects(name, text)
    if text.count("\n") + text.count("\r") > 2 * MOST_TEXT_LINES:
        raise BookFault(_("The table has more than %(most)d rows.") % {"most": MOST_ROWS})
    return read_table(Path(name), text)


def _read_objects(name: str, text: str) -> Source:
    try:
        source = flattened(read_objects(Path(name), text))
    except RecursionError as error:
        raise BookFault(_no_objects(name)) from error
    if not source.columns:
        raise BookFault(_no_objects(name))
    return source


def _no_objects(name: str) -> str:
    return _("%(file)s: this JSON is not made of rows.") % {"file": name}


def _is_map(file: IO[bytes]) -> bool:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return any(part.lower().endswith(".kml") for part in archive.namelist())
    except Exception:  # a broken archive is none; the next reader says so
        return False


def _read_archive(name: str, file: IO[bytes]) -> Source:
    file.seek(0)
    is_ods = look_at(file)
    file.seek(0)
    if not is_ods:
        return read_workbook(Path(name), data=file.read())
    try:
        with zipfile.ZipFile(file) as archive, archive.open("content.xml") as content:
            pages = ods_pages(content)
    except BookFault:
        raise
    except Exception as error:
        # zipfile, zlib and expat have dozens of errors for what is broken inside, and no common one.
        raise BookFault(_("This workbook is broken. Open it in Excel or LibreOffice and save it anew.")) from error
    rows = next((rows for rows in pages.values() if rows), None)
    if rows is None:
        raise BookFault(no_table())
    return _of_lines(Path(name), rows)


def _of_lines(path: Path, rows: Sequence[TableRow]) -> Source:
    texts = [[cell.text for cell in row.cells] for row in rows]
    head = head_of(texts[:FIRST])
    columns = clean_head(path, head.columns)
    found = [line_row(rows[at].number, columns, texts[at]) for at in range(head.line + 1, len(rows))]
    return Source(found, notes=above_head([texts[at] for at in head.above]), columns=tuple(columns))


def _texts(row: Row) -> Row:
    """Texts alone, and none that nobody could have written."""
    data = {path[0]: str(value)[:LONGEST_CELL] for path, value in leaves(row.parts[MAIN])}
    return replace(row, parts={MAIN: data})
