"""A workbook as people keep it: names of columns above, our codes in a hidden row, drop-downs, notes on the heads.

Rule: every cell is text, so a phone keeps its plus, a date its order, and nothing that begins like a formula is one.
Only the id of a row is locked, without a password: it is to keep a slip from happening, not a person from anything.
Rows are written as they come and are never held together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from exchange.books.sheets.columns import BookColumn, BookSheet

#: The head, the hidden row of codes; rows follow.
HEAD, CODES = 1, 2
#: Rows below the last one in which drop-downs still work.
FURTHER = 2_000
#: A cell of a spreadsheet holds no more.
LONGEST_CELL = 32_767
_TEXT, _OPEN = "@", Protection(locked=False)
Rows = Iterable[Sequence[object]]


def write_book(file: IO[bytes], sheets: Sequence[BookSheet], rows: Mapping[str, Rows]) -> None:
    """Write the sheets with the rows of each into the file; `rows` by the sheet's code, a value for each column."""
    book = Workbook(write_only=True)
    pages = [book.create_sheet(sheet.label) for sheet in sheets]
    lists = _Lists(_("Words to choose from"))
    for page, sheet in zip(pages, sheets, strict=True):
        _dress(page, sheet)
        count = _fill(page, sheet, rows.get(sheet.code, ()))
        for number, column in enumerate(sheet.columns, start=1):
            if column.choices:
                _offer(page, get_column_letter(number), column, lists.add(column.choices), CODES + count + FURTHER)
    lists.write(book.create_sheet(lists.title))
    book.save(file)


def _dress(page: Any, sheet: BookSheet) -> None:
    """What a page has before its first row."""
    page.freeze_panes = f"B{CODES + 1}"
    page.row_dimensions[CODES].hidden = True
    for number, column in enumerate(sheet.columns, start=1):
        shape = page.column_dimensions[get_column_letter(number)]
        shape.width = 14 if column.is_locked else 30 if column.is_several or len(column.label) > 16 else 20
        shape.number_format = _TEXT
        shape.protection = Protection(locked=column.is_locked)
    guard = page.protection
    guard.sheet = True
    # False: allowed.
    guard.formatCells = guard.formatColumns = guard.formatRows = False
    guard.insertRows = guard.deleteRows = guard.sort = guard.autoFilter = False


def _fill(page: Any, sheet: BookSheet, rows: Rows) -> int:
    """How many rows were written below the head."""
    page.append([_head(page, column) for column in sheet.columns])
    page.append([_text(page, column.code, is_locked=True) for column in sheet.columns])
    cells = [_text(page, "", is_locked=column.is_locked) for column in sheet.columns]
    count = 0
    for row in rows:
        page.append([_filled(page, cell, value) for cell, value in zip(cells, row, strict=True)])
        count += 1
    return count


def _filled(page: Any, like: Any, value: object) -> Any:
    if value in (None, ""):
        return None
    cell = WriteOnlyCell(page)
    cell._style = like._style  # shared: nothing changes it later
    return _put(cell, value)


def _text(page: Any, value: str, *, is_locked: bool = False) -> Any:
    cell = WriteOnlyCell(page)
    cell.number_format, cell.protection, cell.quotePrefix = _TEXT, Protection(locked=is_locked), True
    cell.alignment = Alignment(vertical="top", wrap_text=False)
    return _put(cell, value)


def _put(cell: Any, value: object) -> Any:
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_CELL]
    cell.data_type = "s"  # openpyxl takes what begins with "=" for a formula
    return cell


def _head(page: Any, column: BookColumn) -> Any:
    cell = _text(page, f"{column.label} *" if column.is_needed else column.label, is_locked=True)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="F1EEE6")
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    notes = [column.note, _("Needed.") if column.is_needed else ""]
    if said := "\n".join(filter(None, notes)):
        cell.comment = Comment(said, "", width=320, height=120)
    return cell


def _offer(page: Any, letter: str, column: BookColumn, source: str, last: int) -> None:
    offered = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=not column.is_several)
    offered.errorTitle, offered.error = column.label[:32], _("Choose one of the words of the list.")
    offered.add(f"{letter}{CODES + 1}:{letter}{last}")
    page.data_validations.append(offered)


class _Lists:
    """The sheet of words to choose from, one column a list; columns with the same words share one."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._lists: dict[tuple[str, ...], str] = {}

    def add(self, words: tuple[str, ...]) -> str:
        """Where the words stand, as a drop-down names them."""
        letter = self._lists.setdefault(words, get_column_letter(len(self._lists) + 1))
        return f"'{self.title}'!${letter}$1:${letter}${len(words)}"

    def write(self, page: Any) -> None:
        page.protection.sheet = True
        for line in range(max(map(len, self._lists), default=0)):
            page.append([_text(page, words[line]) if line < len(words) else None for words in self._lists])
