"""Lists as people send them: answers of a form, a map as GeoJSON, cells that cannot be read, rows lacking something."""

from __future__ import annotations

import io

import pytest
from django.utils.translation import override
from openpyxl import Workbook

from core.tests.shared import shared
from exchange.books.sheets.lines import BookFault
from exchange.foreign import rows
from exchange.foreign.guessing import guess_columns
from exchange.foreign.reading import read_list
from exchange.importing.reading.rows import MAIN
from exchange.tests.test_foreign import KML, house, planned, taken_in
from services.models import ServiceAtLocation

pytestmark = pytest.mark.django_db
_ground, world = shared(house)


def test_a_google_form_does_not_make_the_address_of_whoever_answered_a_contact():
    """Its questions speak to somebody; what they are about is guessed all the same."""
    form = {
        "Отметка времени": "01.11.2026 10:12:13", "Адрес электронной почты": "anna@example.org",
        "Название вашей организации": "Дом с балконом", "Как называется услуга?": "Тесты", "Кого принимаете?": "всех",
        "Какие услуги вы оказываете?": "Анализ на ВИЧ", "Почта для клиентов": "info@example.org",
    }  # fmt: skip
    assert guess_columns([*form], [form], {}) == {
        "Название вашей организации": "organization.name",
        "Как называется услуга?": "service.title",
        "Кого принимаете?": "service.groups",
        "Какие услуги вы оказываете?": "service.types",
        "Почта для клиентов": "contact.email",
    }
    table = {"Услуга": "Тест", "Адрес электронной почты": "info@example.org"}
    assert guess_columns([*table], [table], {})["Адрес электронной почты"] == "contact.email"


GEOJSON = """{"type": "FeatureCollection", "features": [
  {"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [44.8, 41.7251, 12]},
   "properties": {"name": "Тест на Пекина", "kind": "Анализ на ВИЧ", "phones": ["+995 32 2123456", "116 006"]}},
  {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[44.7, 41.7], [44.8, 41.8]]},
   "properties": {"name": "Маршрут", "kind": "Анализ на ВИЧ"}}]}"""


def test_a_map_as_geojson_is_a_list_with_points(world):
    for mark in ("", "\ufeff"):
        source = read_list("umap.geojson", io.BytesIO(f"{mark}{GEOJSON}".encode()), 10)
        assert source.columns == ("name", "kind", "phones", "id", "lon", "lat")
        assert [row.parts[MAIN] for row in source.rows] == [
            {
                "name": "Тест на Пекина", "kind": "Анализ на ВИЧ", "phones": "+995 32 2123456; 116 006", "id": "7",
                "lon": "44.8", "lat": "41.7251",
            },
            {"name": "Маршрут", "kind": "Анализ на ВИЧ"},
        ]  # fmt: skip
        assert len(source.notes) == 1
    choices = rows.choices_of(taken_in(world, GEOJSON.encode(), "umap.geojson"))
    assert choices.columns["lon"] == "location.lon" and choices.columns["kind"] == "service.types"


@pytest.mark.parametrize(
    "data", [b'{"a": 1}', b"[1, 2]", b"{", b"[" * 400 + b"]" * 400, b'{"a": ' * 900 + b"1" + b"}" * 900]
)
def test_json_without_rows_is_refused_in_words(data):
    with pytest.raises(BookFault):
        read_list("a.json", io.BytesIO(data), len(data))


def test_a_value_that_nobody_matched_is_said_and_not_called_missing(world):
    kept = taken_in(world, KML)
    with override("en"):
        found = rows.becoming(kept)
    faults = [fault for entry in found.entries for fault in entry.faults]
    assert ("Кров", "None of our words is chosen for this value.") in [(one["value"], one["say"]) for one in faults]


def formulas():
    """A formula that nobody has computed, in a column that is taken and in one that is not."""
    book = Workbook()
    for line in (
        ["Услуга", "Вид", "Адрес", "Город", "Почта", "Принято"],
        ["Раз", "анализ на ВИЧ", "ул. Пекина, 31", "Тбилиси", "нет", "=SUM(A1:A2)"],
        ['=CONCATENATE("Д";"ва")', "анализ на ВИЧ", "ул. Пекина, 32", "Тбилиси", "нет", 5],
    ):
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_cell_that_cannot_be_read_is_named_and_refuses_its_row_only_where_it_is_taken(world):
    with override("ru"):
        kept = taken_in(world, formulas(), "a.xlsx")
        plan, told = rows.plan_rows(kept)
    refused = [entry for entry in plan.entries if entry.verdict == "refused"]
    assert [(one.line, one.faults[0]["cell"], one.faults[0]["value"]) for one in refused] == [
        (3, "Услуга", '=CONCATENATE("Д";"ва")')
    ]
    assert {entry.line for entry in plan.entries if entry.verdict == "new"} == {2}
    assert [(one["row"], one["column"], one["value"]) for one in told][:1] == [("2, 3", "Почта", "нет")]


def test_what_is_told_of_many_rows_alike_is_told_once(world):
    line = "Раз {0};анализ на ВИЧ;ул. Пекина, {0};Тбилиси;нет\n"
    table = "Услуга;Вид;Адрес;Город;Почта\n" + "".join(line.format(number) for number in range(30))
    with override("ru"):
        _plan, told = rows.plan_rows(taken_in(world, table.encode(), "a.csv"))
    assert [one["row"] for one in told if one["value"] == "нет"] == [
        ", ".join(str(number) for number in range(2, 22)) + " …"
    ]


def test_what_is_not_complete_is_named_as_a_draft_on_the_page_of_the_import(world, monkeypatch):
    monkeypatch.setattr("exchange.showing.MOST_WAITING", 1)  # of four rows that are written, one is a listing
    table = "Услуга;Вид;Адрес;Город\nРаз;анализ на ВИЧ;ул. Пекина, 31;Тбилиси\n".encode()
    book, client = planned(taken_in(world, table, "a.csv")), world.client(world.editor)
    page = f"/ru/workspace/excel/import/{book.public_id}/"
    assert "Черновики" not in client.get(page).content.decode()
    assert client.post(f"{page}apply/").status_code == 302
    written = client.get(page).content.decode()
    draft = ServiceAtLocation.objects.get(service__title="Раз")
    assert "Черновики, которые нужно дописать" in written and f"/ru/workspace/listings/{draft.public_id}/" in written
    assert client.post(f"{page}undo/").status_code == 302
    assert "Черновики, которые" not in client.get(page).content.decode()


PHRASE = "Экспресс-тест за двадцать минут, без документов и без записи"


def test_a_short_description_is_the_phrase_of_the_card_so_that_a_row_can_be_checked():
    said = {"Услуга": "Тест", "Описание": PHRASE}
    assert guess_columns([*said], [said], {})["Описание"] == "service.summary"
    for text in ("Без записи", PHRASE * 4):
        assert guess_columns([*said], [said | {"Описание": text}], {})["Описание"] == "service.text"
    both = said | {"Коротко": PHRASE}
    assert guess_columns([*both], [both], {}) == {
        "Услуга": "service.title", "Описание": "service.text", "Коротко": "service.summary",
    }  # fmt: skip


def test_the_phrase_of_a_row_is_written_as_the_phrase(world):
    table = f"Услуга;Вид;Описание;Адрес;Город\nРаз;анализ на ВИЧ;{PHRASE};ул. Пекина, 31;Тбилиси\n"
    book, client = planned(taken_in(world, table.encode(), "a.csv")), world.client(world.editor)
    assert client.post(f"/ru/workspace/excel/import/{book.public_id}/apply/").status_code == 302
    service = ServiceAtLocation.objects.get(service__title="Раз").service
    assert (service.summary, service.text) == (PHRASE, "")
