"""Tables that are no xlsx come back by the same plan, and refused rows are taken, mended and sent again."""

from __future__ import annotations

import csv
import io
import zipfile
from xml.sax.saxutils import escape

import pytest
from django.test import Client
from django.utils.translation import override

from core.tests.shared import shared
from exchange.books import keeping
from exchange.books.sheets.lines import BookFault
from exchange.books.sheets.tables import ODS
from exchange.tests.test_books import MINE, taken
from exchange.tests.test_books_back import CONTACTS, PLACES, SERVICES, WHERE, cell, house, plan_of, put, rows_of
from services.models import Service

pytestmark = pytest.mark.django_db
_ground, world = shared(house)
_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("table", "office", "text")
)


def texts_of(page):
    """The rows of a sheet as a spreadsheet saves them, below its names; the row of codes with them."""
    return [["" if value is None else str(value) for value in row] for row in page.iter_rows(values_only=True)]


def text(rows, separator, encoding):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode(encoding)


def ods(pages, extra="", **files):
    """A document of these sheets; rows and cells that repeat stand as LibreOffice writes them."""
    content = io.StringIO()
    content.write(f"<office:document-content {_NAMES}>{extra}")
    for name, rows in pages.items():
        content.write(f'<table:table table:name="{escape(name)}">')
        for row in rows:
            cells = "".join(f"<table:table-cell><text:p>{escape(one)}</text:p></table:table-cell>" for one in row)
            content.write(f"<table:table-row>{cells}</table:table-row>")
        content.write(
            '<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        )
    content.write("</office:document-content>")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, inside in {"mimetype": ODS, "content.xml": content.getvalue(), **files}.items():
            archive.writestr(part, inside)
    return file.getvalue()


def planned(world, data):
    with override("ru"):
        return keeping.plan(world.editor, io.BytesIO(data), len(data))


_sheets = {}


def sheet_of(world, sheet):
    """The texts of one sheet of the book; taken once, for the world stands as it was."""
    if not _sheets:
        book = taken(world.editor)
        _sheets.update({name: texts_of(book[name]) for name in (SERVICES, PLACES, WHERE, CONTACTS)})
    return [list(row) for row in _sheets[sheet]]


@pytest.mark.parametrize("sheet", [SERVICES, PLACES, WHERE, CONTACTS])
@pytest.mark.parametrize("codes", [True, False], ids=["codes", "names alone"])
@pytest.mark.parametrize(
    ("separator", "encoding"), [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "cp1251"), ("\t", "utf-16")]
)
def test_a_sheet_saved_as_text_is_known_by_its_columns_and_changes_nothing(world, sheet, codes, separator, encoding):
    rows = sheet_of(world, sheet)
    if not codes:
        del rows[1]
    rows = [[one.encode(encoding, "ignore").decode(encoding) for one in row] for row in rows]
    kept = planned(world, text(rows, separator, encoding))
    assert kept.rows == [] and kept.missing == []
    assert kept.same == len(rows) - 1 - codes


def test_a_text_changes_what_it_says_and_names_its_line(world):
    page = taken(world.editor)[SERVICES]
    cell(page, "title").value = "Тест на ВИЧ;\nи сифилис"
    cell(page, "summary").value = '=HYPERLINK("http://evil.example")'
    data = text(texts_of(page), ";", "cp1251")
    (entry,) = keeping.entries_of(planned(world, data))
    assert entry.verdict == "refused" and entry.line == 3 and entry.faults[0]["cell"].endswith("3")
    cell(page, "summary").value = "Быстро"
    (entry,) = keeping.entries_of(planned(world, text(texts_of(page), ";", "cp1251")))
    assert entry.verdict == "changed" and entry.fields["summary"] == "Быстро"


def test_an_ods_is_read_like_a_workbook(world):
    book = taken(world.editor)
    pages = {name: texts_of(book[name]) for name in (SERVICES, PLACES, WHERE, CONTACTS)}
    kept = planned(world, ods(pages))
    assert kept.rows == [] and kept.missing == [] and kept.same >= 4
    put(book, SERVICES, 3, title="Тест из LibreOffice")
    pages[SERVICES] = texts_of(book[SERVICES])
    (entry,) = keeping.entries_of(planned(world, ods(pages)))
    assert entry.fields["title"] == "Тест из LibreOffice"


def repeated():
    row = '<table:table-row table:number-rows-repeated="900000"><table:table-cell><text:p>x</text:p></table:table-cell>'
    return ods({}, f'<table:table table:name="{SERVICES}">{row}</table:table-row></table:table>')


@pytest.mark.parametrize(
    "data",
    [
        ods({"Чужой": [["a"]]}),
        ods({SERVICES: [["id"]]}, **{"Basic/Standard/a.xml": "<a/>"}),
        ods({SERVICES: [["id"]]}, '<table:table-source table:name="a"/>'),
        repeated(),
        "Имя;Телефон\nА;1\n".encode(),
        b"",
        b"\x00\x01\x02\x03",
        b"\n" * 300_000,
        b"\xff\xfea",
    ],
    ids=["no sheet", "macros", "other files", "a bomb", "other columns", "empty", "bytes", "empty lines", "half"],
)
def test_other_tables_are_refused_in_words(world, data):
    with pytest.raises(BookFault) as told:
        planned(world, data)
    assert len(str(told.value)) > 9


def test_refused_rows_are_taken_mended_and_sent_alone(world):
    book = taken(world.editor)
    put(book, SERVICES, 3, summary="Быстро", types="Полёт на Луну")
    put(book, SERVICES, 4, id="новая", title="Консультация", types="Экспресс-тест на ВИЧ")
    put(book, WHERE, 4, service="новая", location=world.place.public_id, hours_1="не знаю")
    kept = plan_of(world, book)
    keeping.apply(kept, world.editor)
    new = Service.objects.get(title="Консультация")
    part = taken(world.editor, f"{MINE}import/{kept.public_id}/refused/")
    assert part.sheetnames[:2] == [SERVICES, WHERE]
    assert "Полёт на Луну" in cell(part[SERVICES], "told").value
    assert cell(part[WHERE], "service").value == new.public_id
    again = plan_of(world, part)
    assert {entry.verdict for entry in keeping.entries_of(again)} == {"refused"} and again.missing == []
    put(part, SERVICES, 3, types="Экспресс-тест на ВИЧ")
    put(part, WHERE, 3, hours_1="10:00–12:00")
    mended = plan_of(world, part)
    assert {row.verdict for row in rows_of(mended).values()} == {"changed", "new"}
    keeping.apply(mended, world.editor)
    assert new.listings.get().hours["slots"] and Service.objects.get(pk=world.service.pk).summary == "Быстро"


def test_who_has_nothing_refused_takes_nothing(world):
    kept = plan_of(world, taken(world.editor))
    client = Client()
    client.force_login(world.editor)
    assert client.get(f"{MINE}import/{kept.public_id}/refused/").status_code == 404


def test_new_rows_of_the_same_file_are_made_once(world):
    book = taken(world.editor)
    put(book, SERVICES, 4, id="новая", title="Консультация", types="Экспресс-тест на ВИЧ")
    put(book, WHERE, 4, service="новая", location=world.place.public_id, hours_1="10:00–12:00")
    first = plan_of(world, book)
    keeping.apply(first, world.editor)
    again = plan_of(world, book)
    assert again.rows == [] and again.same >= 2
    put(book, WHERE, 5, service="новая", hours_2="10:00–12:00")
    (entry,) = keeping.entries_of(plan_of(world, book))
    assert entry.verdict == "new" and entry.fields["service"] == Service.objects.get(title="Консультация").public_id
    keeping.undo(first, world.editor)
    assert len(plan_of(world, book).rows) == 3
