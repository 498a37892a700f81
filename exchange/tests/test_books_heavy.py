"""A large workbook comes back in the memory of one row; what is small and grows in its reader is refused."""

from __future__ import annotations

import datetime as dt
import io
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from exchange.books.sheets.columns import sheets
from exchange.books.sheets.lines import BookFault
from exchange.books.sheets.opening import read_book
from exchange.books.sheets.streaming import Xlsx
from exchange.books.sheets.writing import write_book
from exchange.foreign.reading import read_list

pytestmark = pytest.mark.django_db
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELLS = [
    None, "текст", " с краёв ", "a\r\nb", "<&>", "=1+2", 1, 2.5, -3, 1e20, 0.1 + 0.2, 1e-7, True, False, "#N/A",
    dt.date(2026, 1, 5), dt.datetime(2026, 1, 5, 9, 30),  # noqa: DTZ001  (a cell has no zone)
    dt.time(9, 30), dt.timedelta(hours=30), 995322991122,
]  # fmt: skip


def saved(book) -> io.BytesIO:
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def test_cells_are_read_as_openpyxl_reads_them():
    book = Workbook()
    page = book.active
    for line in range(len(CELLS)):
        page.append(CELLS[line:] + CELLS[:line])
    page.append([])
    page.append(["", "после пустой"])
    file = saved(book)
    streamed = {row.number: row.cells for row in Xlsx(zipfile.ZipFile(file)).rows(page.title)}
    whole = load_workbook(file)[page.title]
    assert [*streamed] == [*range(1, len(CELLS) + 1), len(CELLS) + 2]
    for number, cells in streamed.items():
        theirs = [(text_of(cell.value), cell.data_type == "f") for cell in whole[number]]
        ours = [(cell.text, cell.is_formula) for cell in cells]
        assert ours == theirs[: len(ours)] and not any(text for text, _formula in theirs[len(ours) :])


def text_of(value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if hasattr(value, "isoformat"):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value).replace("\r\n", "\n").strip()


def with_parts(**parts: bytes) -> io.BytesIO:
    """An xlsx with these parts in place of its own."""
    book = Workbook()
    book.active.title = next(iter(sheets().values())).label
    book.active["A1"] = "id"
    whole, file = zipfile.ZipFile(saved(book)), io.BytesIO()
    names = {name.rpartition("/")[2].partition(".")[0]: name for name in whole.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for short, name in names.items():
            made.writestr(name, parts.get(short) or whole.read(name))
    file.seek(0)
    return file


def sheet(inside: bytes) -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>'.encode() + inside + b"</sheetData></worksheet>"


HEAVY = {
    "a row of cells": {"sheet1": sheet(b'<row r="1">' + b"<c/>" * 2_000_000 + b"</row>")},
    "rows of nothing": {"sheet1": sheet(b"<row/>" * 3_000_000)},
    "rows in rows": {"sheet1": sheet(b"<row>" * 400_000 + b"</row>" * 400_000)},
    "one tag": {"sheet1": sheet(b'<row r="' + b"1" * 3_000_000 + b'"/>')},
    "styles": {"styles": f'<styleSheet xmlns="{MAIN}">'.encode() + b"<row/>" * 3_000_000 + b"</styleSheet>"},
}


@pytest.mark.parametrize("parts", HEAVY.values(), ids=HEAVY.keys())
@pytest.mark.parametrize("reader", ["ours", "foreign"])
def test_what_grows_in_the_hands_of_its_reader_is_refused(parts, reader):
    file = with_parts(**parts)
    size = len(file.getvalue())
    assert size < 100_000
    tracemalloc.start()
    try:
        with pytest.raises(BookFault):
            read_book(file, size) if reader == "ours" else read_list("list.xlsx", file, size)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_our_own_workbook_is_held_a_row_at_a_time():
    """Our own sheets say everything inline, so they are large unpacked; what is held are the texts of their lines."""
    found = sheets()
    page = found["contact"]
    row = ["x" * 40 if column.code != "id" else "c" for column in page.columns]
    file = io.BytesIO()
    write_book(file, list(found.values()), {"contact": (row for _line in range(1_000))})
    read = read_book(file, len(file.getvalue()))
    assert len(read.lines["contact"]) == 1_000 and read.lines["contact"][-1].number == 1_002
