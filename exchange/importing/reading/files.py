"""Which reader a file needs, by its name and its first signs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from exchange.importing.errors import FileFault
from exchange.importing.reading.kml import KML, read_kml
from exchange.importing.reading.objects import read_objects
from exchange.importing.reading.rows import Join, Path_, Source, join_rows, read_text
from exchange.importing.reading.tables import read_table
from exchange.importing.reading.workbooks import is_workbook, read_workbook

TABLES, OBJECTS, BOOKS = (".csv", ".tsv", ".txt"), (".json", ".geojson"), (".xlsx", ".xlsm")
_ARCHIVE, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_source(path: Path, joins: Sequence[Join] = (), *, at: Path_ = (), sheet: str = "") -> Source:
    """The file with all that is joined to it; joined files are looked for beside it. Raises FileFault.

    `at` is the way to the list of a JSON file, `sheet` the sheet of a workbook.
    """
    main = read_file(path, at=at, sheet=sheet)
    joined = {join.name: read_file(path.parent / join.file, at=at, sheet=sheet) for join in joins}
    return join_rows(main, joined, joins)


def read_file(path: Path, *, at: Path_ = (), sheet: str = "") -> Source:
    """One file alone."""
    try:
        with path.open("rb") as file:
            first = file.read(512)
    except OSError as error:
        raise FileFault(_("%(file)s: the file cannot be read.") % {"file": path}) from error
    ending = path.suffix.lower()
    if ending in KML:
        return read_kml(path.name, path.read_bytes())
    if first.startswith(_ARCHIVE) and is_workbook(path):
        return read_workbook(path, sheet)
    signs = first.decode("utf-8-sig", errors="ignore").lstrip()[:1]
    is_readable = ending in (*TABLES, *OBJECTS) or (ending not in BOOKS and signs in ("{", "["))
    if first.startswith((_ARCHIVE, _OLD_OFFICE)) or signs == "<" or not is_readable:
        message = _("%(file)s: files of this kind are not read. Readable are CSV, XLSX, KML, GeoJSON and JSON.")
        raise FileFault(message % {"file": path.name})
    text = read_text(path)
    return read_table(path, text) if ending in TABLES else read_objects(path, text, at)
