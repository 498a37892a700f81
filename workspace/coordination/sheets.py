"""Tables as CSV and XLSX that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from core.files.sheets import cell
from core.phrasing.marks import unmarked

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A sheet's name has at most so many letters, and none of these.
_NAME_AT_MOST = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True)
class SheetTable:
    """One sheet of a book."""

    name: str
    head: Sequence[object]
    rows: Sequence[Sequence[object]]


def sheet(name: str, head: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A file to save, in UTF-8 with the mark that makes spreadsheets read Cyrillic."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([cell(value) for value in head])
    writer.writerows([cell(value) for value in row] for row in rows)
    response = HttpResponse("\ufeff" + buffer.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def book(name: str, tables: Iterable[SheetTable]) -> HttpResponse:
    """A workbook to save. Numbers are numbers; text is never a formula."""
    found = Workbook(write_only=True)
    for table in tables:
        page = found.create_sheet(unmarked(table.name).translate(_NOT_IN_NAMES)[:_NAME_AT_MOST])
        for row in (table.head, *table.rows):
            page.append([_in_book(value) for value in row])
    buffer = io.BytesIO()
    found.save(buffer)
    response = HttpResponse(buffer.getvalue(), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{unmarked(name)}.xlsx"'
    return response


def _in_book(value: object) -> int | float | str | None:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return ILLEGAL_CHARACTERS_RE.sub("", unmarked(str(cell(value))))
