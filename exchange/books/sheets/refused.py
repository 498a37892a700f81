"""The refused rows of an import as a workbook of their own.

Rule: cells stand as they came, so nothing that somebody wrote is lost, and the last column says what to write. Ids that
were made meanwhile replace those of the file, so a row finds what it points at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from exchange.books.entries import BookEntry
from exchange.books.sheets.columns import BookColumn, BookSheet, sheets
from exchange.books.sheets.lines import TOLD


def refused_language(entries: Sequence[BookEntry]) -> str:
    """The language whose words the refused rows hold; "" where none is kept with its cells."""
    return next((entry.language for entry in entries if entry.verdict == "refused" and entry.texts), "")


def refused_rows(entries: Sequence[BookEntry]) -> tuple[list[BookSheet], dict[str, list[list[str]]]]:
    """Sheets with refused rows and their rows, in the active language."""
    made = {(entry.sheet, entry.key): entry.public_id for entry in entries if entry.after and entry.key}
    pages, rows = [], {}
    for code, sheet in sheets().items():
        mine = [entry for entry in entries if entry.sheet == code and entry.verdict == "refused" and entry.texts]
        if mine:
            told = BookColumn(TOLD, _("what to write"), lambda _row: None, is_locked=True)
            pages.append(replace(sheet, columns=(*sheet.columns, told)))
            rows[code] = [[*_cells(entry, sheet, made), _say(entry)] for entry in mine]
    return pages, rows


def _cells(entry: BookEntry, sheet: BookSheet, made: dict[tuple[str, str], str]) -> list[str]:
    found = []
    for column in sheet.columns:
        text = entry.texts.get(column.code, "")
        found.append(made.get((column.code, text), text))
    return found


def _say(entry: BookEntry) -> str:
    """Where a cell is named, its number in the file that was sent means nothing here: the value does."""
    return "\n".join(f"{fault['value']}: {fault['say']}" if fault["value"] else fault["say"] for fault in entry.faults)
