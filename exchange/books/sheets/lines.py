"""What every table that somebody sends becomes, whatever its format: lines of our sheets.

Rule: the second row of codes says what a column is; where it is gone, as in a table that was made by hand, the names
above the columns do, in any of our languages. A sheet of a table without sheets is the one whose columns it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from core.languages import codes as languages
from exchange.books.sheets.columns import BookSheet, sheets
from exchange.books.sheets.writing import CODES, HEAD

#: Lines with anything in them of one sheet; and lines at all, as many as a spreadsheet has.
MOST_LINES, LAST_LINE = 15_000, 1_048_576
#: Columns that are looked at; ours are fewer.
MOST_COLUMNS = 120
#: The column of a file of refused rows that says what to write; such a file is a part, and nothing is missing in it.
TOLD = "told"


class BookFault(Exception):
    """Why the whole file is refused, in words."""


@dataclass(frozen=True)
class TableCell:
    """A cell as people see it. What begins like a formula is one, also where its file knows text alone."""

    text: str
    is_formula: bool = False


@dataclass(frozen=True)
class TableRow:
    """`fault` says why the line cannot be taken apart."""

    number: int
    cells: Sequence[TableCell]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class BookLine:
    """Texts by the codes of columns; `columns`, which all lines of a sheet share, says by letters where each of them
    stands. `formulas` are codes of such cells."""

    number: int
    texts: dict[str, str]
    columns: Mapping[str, str]
    formulas: frozenset[str] = frozenset()
    fault: str = ""

    def cell(self, code: str) -> str:
        """As a spreadsheet names it: “D12”; "" without such a column."""
        letter = self.columns.get(code, "")
        return f"{letter}{self.number}" if letter else ""


@dataclass(frozen=True)
class Read:
    """The language whose words stand in the file, its sheets of ours, and lines by their codes."""

    language: str
    sheets: dict[str, BookSheet]
    lines: dict[str, list[BookLine]]
    is_part: bool = False


def ours(names: Sequence[str]) -> tuple[str, dict[str, BookSheet]]:
    """Of the language that names most sheets, the reader's own first. Raises BookFault."""
    for language, found in _by_language():
        if any(sheet.label in names for sheet in found.values()):
            return language, found
    raise BookFault(
        _("None of the sheets is ours. Take the workbook from “Download my services (Excel)” and keep the names.")
    )


def alone(heads: Sequence[Sequence[str]]) -> tuple[str, dict[str, BookSheet], str]:
    """(language, sheets, code of the sheet) of a table without sheets, by its first rows. Raises BookFault.

    A sheet is told by the columns that no other one has more of: `channel` is a contact's, hours are a listing's.
    """
    told: list[tuple[int, str, dict[str, BookSheet], str]] = []
    for language, found in _by_language():
        for code, sheet in found.items():
            known = max(sum(map(bool, codes_of(head, sheet))) for head in heads)
            named = sum(map(bool, codes_of(heads[0], sheet)))
            told.append((known * 1_000 + named, language, found, code))
    told.sort(key=lambda each: -each[0])
    best = told[0]
    rivals = [each for each in told if each[0] == best[0] and each[3] != best[3]]
    if best[0] < 2_000 or rivals:
        message = _(
            "The columns do not say which of our sheets this is. Keep the names of columns as in our workbook. "
            "A list that is not from here goes to the page “A list from elsewhere”."
        )
        raise BookFault(message)
    return best[1], best[2], best[3]


def lines_of(rows: Iterable[TableRow], sheet: BookSheet) -> Iterator[tuple[BookLine, bool]]:
    """Lines below the head, and whether the table is a part (see TOLD). Raises BookFault."""
    codes: list[str] = []
    columns: dict[str, str] = {}
    known: dict[str, str] = {}
    is_part, count = False, 0
    for place, row in enumerate(rows, start=1):
        if row.number > LAST_LINE:
            break
        texts = [cell.text for cell in row.cells]
        if place == HEAD or (place <= CODES and "id" in texts):
            codes, is_part = _better(codes, codes_of(texts, sheet)), is_part or TOLD in texts
            columns = {code: get_column_letter(place) for place, code in enumerate(codes, start=1) if code}
        elif any(texts):
            _need_id(codes, sheet)
            count += 1
            if count > MOST_LINES:
                message = _("The sheet “%(sheet)s” has more than %(most)d rows.")
                raise BookFault(message % {"sheet": sheet.label, "most": MOST_LINES})
            yield _line(row, codes, columns, known), is_part
    _need_id(codes, sheet)


def codes_of(texts: Sequence[str], sheet: BookSheet) -> list[str]:
    """The code of each column by its code or its name; "" where it is none of ours, or stands there twice."""
    known = {column.code: column.code for column in sheet.columns}
    known |= {_bare(column.label): column.code for column in reversed(sheet.columns)}
    found = [known.get(text) or known.get(_bare(text), "") for text in texts]
    return [code if code not in found[:place] else "" for place, code in enumerate(found)]


def _better(codes: list[str], found: list[str]) -> list[str]:
    return found if sum(map(bool, found)) >= sum(map(bool, codes)) else codes


def _need_id(codes: list[str], sheet: BookSheet) -> None:
    if "id" not in codes or len(set(codes) - {""}) < 2:
        message = _("On the sheet “%(sheet)s” the column of ids or the names of columns are gone. Take it anew.")
        raise BookFault(message % {"sheet": sheet.label})


def _line(row: TableRow, codes: list[str], columns: Mapping[str, str], known: dict[str, str]) -> BookLine:
    """`known` are texts of the lines before: names of towns and words to choose from stand in thousands of rows."""
    at = {code: place for place, code in enumerate(codes) if code}
    cells = {code: row.cells[place] if place < len(row.cells) else TableCell("") for code, place in at.items()}
    if len(known) > MOST_LINES:
        known.clear()
    return BookLine(
        row.number,
        {code: known.setdefault(cell.text, cell.text) for code, cell in cells.items()},
        columns,
        frozenset(code for code, cell in cells.items() if cell.is_formula or cell.text.startswith("=")),
        row.fault,
    )


def _by_language() -> Iterator[tuple[str, dict[str, BookSheet]]]:
    own = get_language() or ""
    for language in sorted(languages(), key=lambda code: code != own):
        with override(language):
            yield language, sheets()


def _bare(text: str) -> str:
    return " ".join(text.removesuffix("*").split()).casefold()
