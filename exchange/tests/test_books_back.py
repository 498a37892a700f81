"""A workbook that comes back: told row by row, applied once by the way of the forms, and undone."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from core.tests.shared import shared
from exchange.books import keeping, working
from exchange.books.sheets.lines import BookFault
from exchange.models import BookImport, ImportState
from exchange.tasks import go_on
from exchange.tests.test_books import MINE, taken
from organizations.models import Contact
from organizations.tests.makers import make_contact, make_user
from services.models import Service, ServiceAtLocation
from verification.models import Review
from workspace.tests.world import make_world

pytestmark = pytest.mark.django_db
SERVICES, PLACES, WHERE, CONTACTS = "Услуги", "Места", "Где и когда", "Контакты"


def house():
    made = make_world()
    make_contact(made.organization, value="+995 32 299 11 22", label="Регистратура")
    made.publish()
    return made


_ground, world = shared(house)


def cell(page, code, line=3):
    (place,) = [number for number, one in enumerate(page[2], start=1) if one.value == code]
    return page.cell(line, place)


def put(book, sheet, line, **cells):
    for code, value in cells.items():
        cell(book[sheet], code, line).value = value


def sent(book):
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def plan_of(world, book):
    file = sent(book)
    with override("ru"):
        return keeping.plan(world.editor, file, len(file.getvalue()))


def rows_of(kept):
    return {(entry.sheet, entry.line): entry for entry in keeping.entries_of(kept)}


def test_what_comes_back_untouched_changes_nothing(world):
    kept = plan_of(world, taken(world.editor))
    assert kept.rows == [] and kept.missing == []
    assert kept.same >= 4


def edited(world):
    """The workbook with a service and its week changed, a bad number and a new service; where the number is."""
    book = taken(world.editor)
    put(book, SERVICES, 3, summary="Быстро и бесплатно", title="Тест на ВИЧ и сифилис")
    put(book, SERVICES, 4, id="новая", title="Консультация", types="Экспресс-тест на ВИЧ")
    put(book, WHERE, 3, hours_5="10:00–14:00")
    put(book, WHERE, 4, service="новая", location=world.place.public_id, hours_1="10:00–12:00")
    numbers = {cell(book[CONTACTS], "value", line).value: line for line in range(3, 8)}
    bad = next(line for value, line in numbers.items() if value and value.endswith("99 11 22"))
    put(book, CONTACTS, bad, value="12")
    return book, bad


def test_the_way_of_a_file_from_its_upload_to_its_undoing(world):
    book, bad = edited(world)
    before = Service.objects.get(pk=world.service.pk)
    kept = plan_of(world, book)
    found = rows_of(kept)
    assert found["contact", bad].verdict == "refused" and found["contact", bad].faults[0]["value"] == "12"
    assert found["contact", bad].faults[0]["cell"].endswith(str(bad))
    (hours,) = found["listing", 3].changes
    assert (hours["old"], hours["new"]) == ("", "10:00–14:00")
    assert found["service", 4].verdict == found["listing", 4].verdict == "new", found
    assert Service.objects.count() == 1, "a plan writes nothing"

    keeping.apply(kept, world.editor)
    service = Service.objects.get(pk=world.service.pk)
    assert service.title == "Тест на ВИЧ и сифилис" and service.summary == "Быстро и бесплатно"
    new = Service.objects.get(title="Консультация")
    assert new.listings.get().hours["slots"] == [{"days": [1], "opens": "10:00", "closes": "12:00"}]
    assert Review.objects.open().filter(listing__service=service, submitted_by=world.editor).exists()
    assert not Contact.objects.filter(value="12").exists()
    with pytest.raises(keeping.WrongState):
        keeping.apply(kept, world.editor)
    assert Service.objects.count() == 2

    keeping.undo(kept, world.editor)
    service.refresh_from_db()
    assert (service.title, service.summary) == (before.title, before.summary)
    assert not ServiceAtLocation.objects.filter(service=new, state__published__isnull=False).exists()
    assert not Review.objects.open().filter(listing__service=service).exists()
    with pytest.raises(keeping.WrongState):
        keeping.undo(kept, world.editor)


def test_what_was_changed_meanwhile_is_refused_and_what_was_changed_since_stays(world):
    book = taken(world.editor)
    put(book, SERVICES, 3, title="Из файла", summary="Из файла")
    stale, kept = plan_of(world, book), plan_of(world, book)
    keeping.apply(kept, world.editor)
    keeping.apply(stale, world.editor)
    stale.refresh_from_db()
    (entry,) = keeping.entries_of(stale)
    assert entry.verdict == "refused" and not entry.after
    service = Service.objects.get(pk=world.service.pk)
    service.title = "Рукой"
    service.version += 1
    service.save()
    keeping.undo(kept, world.editor)
    service.refresh_from_db()
    assert service.title == "Рукой" and service.summary != "Из файла"


def test_rows_that_left_the_file_are_named_and_stay(world):
    book = taken(world.editor)
    book[CONTACTS].delete_rows(3)
    kept = plan_of(world, book)
    assert [row["sheet"] for row in kept.missing] == [CONTACTS]
    assert Contact.objects.filter(organization=world.organization).count() >= 2


def test_nobody_brings_rows_of_another_organisation(world):
    book = taken(world.editor)
    stranger = make_user(world.other, role="editor")
    file = sent(book)
    with override("ru"):
        put(book, SERVICES, 3, title="Чужая")
        file = sent(book)
        kept = keeping.plan(stranger, file, len(file.getvalue()))
    assert {entry.verdict for entry in keeping.entries_of(kept)} == {"refused"}
    assert not BookImport.objects.of(world.editor).filter(pk=kept.pk).exists()


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return file


@pytest.mark.parametrize(
    "file",
    [
        io.BytesIO("Услуга;Телефон".encode("cp1251")),
        archive(xl__document_xml="<a/>"),
        archive(xl__workbook_xml="<a/>", xl__vbaProject_bin="x"),
        archive(xl__workbook_xml="<a/>", xl__externalLinks__externalLink1_xml="<a/>"),
        archive(xl__workbook_xml="<a/>", xl__worksheets__sheet1_xml=b" " * 170_000_000),
        archive(xl__workbook_xml='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        archive(xl__workbook_xml="<a>"),
    ],
    ids=["a table", "a document", "macros", "other files", "a bomb", "entities", "broken"],
)
def test_files_that_are_no_workbook_of_ours_are_refused_in_words(world, file):
    with pytest.raises(BookFault) as told, override("ru"):
        keeping.plan(world.editor, file, len(file.getvalue()))
    assert len(str(told.value)) > 30


def test_a_formula_and_an_unknown_word_name_their_cell(world):
    book = taken(world.editor)
    put(book, SERVICES, 3, title='=HYPERLINK("http://evil.example")', types="Полёт на Луну")
    (entry,) = keeping.entries_of(plan_of(world, book))
    assert entry.verdict == "refused" and [fault["cell"] for fault in entry.faults]
    put(book, SERVICES, 3, title="Тест")
    (entry,) = keeping.entries_of(plan_of(world, book))
    assert "Полёт на Луну" in entry.faults[0]["value"]


def test_the_pages(world):
    book = taken(world.editor)
    put(book, SERVICES, 3, title="Тест на ВИЧ, новый")
    client = Client()
    client.force_login(world.editor)
    assert client.get(f"{MINE}import/").status_code == 200
    wrong = client.post(f"{MINE}import/", {"file": SimpleUploadedFile("a.xlsx", b"no")})
    assert wrong.status_code == 422
    answer = client.post(f"{MINE}import/", {"file": SimpleUploadedFile("a.xlsx", sent(book).getvalue())})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Тест на ВИЧ, новый" in page
    stranger = Client()
    stranger.force_login(make_user(world.other, role="editor"))
    assert stranger.get(answer["Location"]).status_code == 404
    assert client.post(f"{answer['Location']}apply/").status_code == 302
    assert "undo/" in client.get(answer["Location"]).content.decode()
    assert client.post(f"{answer['Location']}undo/").status_code == 302
    assert client.post(f"{answer['Location']}undo/").status_code == 302


def test_a_refused_cell_is_mended_on_the_page_and_nothing_else_of_the_file_is_lost(world):
    book, bad = edited(world)
    kept = plan_of(world, book)
    before = rows_of(kept)
    client = world.client(world.editor)
    page = client.get(f"/ru/workspace/excel/import/{kept.public_id}/").content.decode()
    name = f"cell-contact-{bad}-value"
    assert f'name="{name}"' in page and 'name="cell-service-3-title"' not in page
    sent = {name: "+995 32 299 11 44", "cell-service-3-title": "Подменено", "cell-service-99-title": "x"}
    client.post(f"/ru/workspace/excel/import/{kept.public_id}/mend/", sent)
    kept.refresh_from_db()
    after = rows_of(kept)
    assert after["contact", bad].verdict == "changed" and not after["contact", bad].faults
    assert after.keys() == before.keys() and after["service", 3].fields["title"] == "Тест на ВИЧ и сифилис"
    keeping.apply(kept, world.editor)
    assert Contact.objects.filter(value="+995 32 299 11 44").exists()
    assert Service.objects.filter(title="Консультация").exists()


def test_a_formula_stays_refused_until_words_are_written_in_its_place(world):
    book, bad = edited(world)
    put(book, SERVICES, 5, id="итог", title="=1+1", types="Экспресс-тест на ВИЧ")
    kept = plan_of(world, book)
    client = world.client(world.editor)

    def mend(**cells):
        client.post(f"/ru/workspace/excel/import/{kept.public_id}/mend/", cells)
        kept.refresh_from_db()
        return rows_of(kept)["service", 5].verdict

    assert mend(**{f"cell-contact-{bad}-value": "+995 32 299 11 44"}) == "refused"
    assert mend(**{"cell-service-5-title": "=1+2"}) == "refused"
    assert mend(**{"cell-service-5-title": "Итог"}) == "new"


def test_no_row_of_a_file_is_read_again_for_a_step(world):
    """Of 15,000 rows the file is read once, not once for every piece."""
    book = taken(world.editor)
    put(book, SERVICES, 3, title="Тест за час")
    kept = plan_of(world, book)
    BookImport.objects.filter(pk=kept.pk).update(state=ImportState.APPLYING)
    with CaptureQueriesContext(connection) as asked:
        working.work(kept.pk)
    read = [one["sql"] for one in asked if one["sql"].startswith("SELECT") and '"rows"' in one["sql"]]
    assert sum('FROM "exchange_bookimport"' in question for question in read) == 1
    kept.refresh_from_db()
    assert kept.state == ImportState.APPLIED and kept.rows


# long: one import from its upload to its undoing, with a death in between
def test_a_worker_that_dies_between_two_steps_is_followed_by_one_that_doubles_nothing(world, monkeypatch):
    book, _bad = edited(world)
    for line in range(5, 9):
        put(book, SERVICES, line, id=f"s{line}", title=f"Услуга {line}", types="Экспресс-тест на ВИЧ")
        put(book, WHERE, line, service=f"s{line}", hours_1="10:00–12:00")
    monkeypatch.setattr("exchange.books.pieces.TOGETHER", 2)
    monkeypatch.setattr("exchange.books.keeping.AT_ONCE", 0)
    asked = []
    with override("ru"):
        file = sent(book)
        kept = keeping.plan(world.editor, file, len(file.getvalue()), lambda *given: asked.append(given))
    page = f"/ru/workspace/excel/import/{kept.public_id}/"
    client = world.client(world.editor)
    assert kept.state == "planning" and "data-progress" in client.get(page).content.decode()
    go_on(kept.pk, "ru")
    kept.refresh_from_db()
    assert kept.state == "planned" and rows_of(kept)["contact", _bad].verdict == "refused"

    keeping.apply(kept, world.editor, lambda *given: asked.append(given))
    write, done = working._KINDS[ImportState.APPLYING][0], []

    def dies(user, piece, batch):
        if len(done) == 2:
            write(user, piece, batch)
            raise KeyboardInterrupt  # in the middle of a step: all of it is taken back
        done.append(piece)
        return write(user, piece, batch)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setitem(working._KINDS, ImportState.APPLYING, (dies, ImportState.APPLIED))
        working.work(kept.pk)
    kept.refresh_from_db()
    assert kept.steps.count() == 2 and 0 < kept.done < kept.total
    assert f'value="{kept.done}"' in client.get(page).content.decode()
    go_on(kept.pk, "ru")
    go_on(kept.pk, "ru")  # a second job of the same import finds nothing to do
    kept.refresh_from_db()
    assert kept.state == "applied" and not kept.steps.exists()
    titles = list(Service.objects.values_list("title", flat=True))
    assert len(titles) == len(set(titles)) == 6
    keeping.undo(kept, world.editor, lambda *given: asked.append(given))
    working.work(kept.pk)
    assert not ServiceAtLocation.objects.filter(service__title__startswith="Услуга").exists()
