"""A large workbook comes back in the memory of one row; what is small and grows in its reader is refused."""

from __future__ import annotations

import datetime as dt
import io
import tracemalloc
import zipfile

import pytest
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from exchange.books.sheets import streaming
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


SHARED = (
    (
        "xl/_rels/workbook.xml.rels",
        b"</Relationships>",
        (
            b'<Relationship Id="rId99" Target="sharedStrings.xml" '
            b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>'
        ),
    ),
    (
        "[Content_Types].xml",
        b"</Types>",
        (
            b'<Override PartName="/xl/sharedStrings.xml" '
            b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
        ),
    ),
)


def with_parts(**parts: bytes) -> io.BytesIO:
    """An xlsx with these parts in place of its own, or beside them; a part `sheet1_bin` is the first sheet's."""
    book = Workbook()
    book.active.title = next(iter(sheets().values())).label
    book.active["A1"] = "id"
    whole, file = zipfile.ZipFile(saved(book)), io.BytesIO()
    made = {name: whole.read(name) for name in whole.namelist()}
    for short, content in parts.items():
        if short == "sheet1_bin":
            made = {name: told.replace(b"sheet1.xml", b"sheet1.bin") for name, told in made.items()}
            made["xl/worksheets/sheet1.bin"] = content
        else:
            made[next((name for name in made if name.endswith(f"/{short}.xml")), f"xl/{short}.xml")] = content
    if "sharedStrings" in parts:  # openpyxl writes none
        for name, end, told in SHARED:
            made[name] = made[name].replace(end, told + end)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    file.seek(0)
    return file


def sheet(inside: bytes) -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>'.encode() + inside + b"</sheetData></worksheet>"


def texts(inside: bytes) -> bytes:
    return f'<sst xmlns="{MAIN}">'.encode() + inside + b"</sst>"


#: A sign of four bytes makes four of each.
LONG = "<si><t>😀".encode() + b"x" * 32_000 + b"</t></si>"
BROKEN = "This workbook is broken"
#: What our reader passes by without holding it.
PASSED_BY = {"rows of nothing", "rows in rows"}
HEAVY = {
    "a row of cells": {"sheet1": sheet(b'<row r="1">' + b"<c/>" * 2_000_000 + b"</row>")},
    "rows of nothing": {"sheet1": sheet(b"<row/>" * 3_000_000)},
    "rows in rows": {"sheet1": sheet(b"<row>" * 400_000 + b"</row>" * 400_000)},
    "one tag": {"sheet1": sheet(b'<row r="' + b"1" * 3_000_000 + b'"/>')},
    "styles": {"styles": f'<styleSheet xmlns="{MAIN}">'.encode() + b"<row/>" * 3_000_000 + b"</styleSheet>"},
    "sheet under another ending": {"sheet1_bin": sheet(b'<row r="1">' + b"<c/>" * 200_000 + b"</row>")},
    "texts": {"sharedStrings": texts(b"<si/>" * 2_000_000)},
    "one place again and again": {"sheet1": sheet(b'<row r="1">' + b'<c r="A1"/>' * 120_000 + b"</row>")},
    "names of sheets": {"workbook": b"<workbook>" + b'<sheet name="a"/>' * 310_000 + b"</workbook>"},
}


@pytest.mark.parametrize("case", HEAVY)
@pytest.mark.parametrize("reader", ["ours", "foreign"])
def test_what_grows_in_the_hands_of_its_reader_is_refused(case, reader):
    file = with_parts(**HEAVY[case])
    size = len(file.getvalue())
    assert size < 100_000
    tracemalloc.start()
    try:
        with override("en"), pytest.raises(BookFault) as refused:
            read_book(file, size) if reader == "ours" else read_list("list.xlsx", file, size)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
        assert BROKEN in str(refused.value) or (reader == "ours" and case in PASSED_BY)
    finally:
        tracemalloc.stop()


def test_texts_that_cells_share_are_bounded_by_the_memory_that_they_take():
    file = with_parts(sharedStrings=texts(LONG * 900))
    with override("en"), pytest.raises(BookFault, match=BROKEN):
        read_book(file, 1)


def two_pages() -> io.BytesIO:
    book = Workbook()
    for page in (book.active, book.create_sheet()):
        page.append(["id"])
    return saved(book)


def test_elements_are_counted_for_the_whole_workbook(monkeypatch):
    monkeypatch.setattr(streaming, "MOST_ELEMENTS", 10_000)
    book = Xlsx(zipfile.ZipFile(two_pages()))
    names = [*book.parts]
    with pytest.raises(BookFault):
        for _time in range(2_000):
            list(book.rows(names[0]))


def test_two_sheets_are_not_one_part():
    whole, file = zipfile.ZipFile(two_pages()), io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in whole.namelist():
            content = whole.read(name)
            made.writestr(name, content.replace(b"sheet2.xml", b"sheet1.xml") if name.endswith(".rels") else content)
    with pytest.raises(BookFault):
        Xlsx(zipfile.ZipFile(file))


def test_our_own_workbook_is_held_a_row_at_a_time():
    """Our own sheets say everything inline, so they are large unpacked; what is held are the texts of their lines."""
    found = sheets()
    page = found["contact"]
    row = ["x" * 40 if column.code != "id" else "c" for column in page.columns]
    file = io.BytesIO()
    write_book(file, list(found.values()), {"contact": (row for _line in range(1_000))})
    read = read_book(file, len(file.getvalue()))
    assert len(read.lines["contact"]) == 1_000 and read.lines["contact"][-1].number == 1_002
