"""A list of somebody else: guessed, matched, planned, written as drafts and undone; attacks are refused in words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from core.spelling.folding import folded
from core.tests.shared import shared
from exchange.books import keeping as books
from exchange.books.sheets.lines import BookFault
from exchange.foreign import keeping, rows
from exchange.foreign.guessing import guess_columns
from exchange.foreign.reading import read_list
from exchange.importing.reading.rows import MAIN
from exchange.models import ListMapping
from organizations.models import Location
from services.models import Service, ServiceAtLocation
from workspace.tests.world import make_world

pytestmark = pytest.mark.django_db
KML = (Path(__file__).parent / "files" / "map.kml").read_bytes()


def house():
    made = make_world()
    made.publish()
    return made


_ground, world = shared(house)


def taken_in(world, data, name="куда пойти.kml"):
    with override("ru"):
        return keeping.take_in(world.editor, world.organization, name, io.BytesIO(data), len(data))


def matched(world, data=KML, name="куда пойти.kml"):
    """The list of the test, with the folder that nothing of ours is called like matched by hand."""
    kept = taken_in(world, data, name)
    choices = rows.choices_of(kept)
    choices.values["service.types"]["Кров"] = "shelter"
    keeping.choose(kept, choices)
    return kept


def planned(kept):
    with override("ru"):
        return keeping.plan(kept)


def test_columns_and_values_are_guessed_by_their_names_and_by_what_stands_in_them(world):
    choices = rows.choices_of(taken_in(world, KML))
    assert choices.columns == {
        "name": "service.title",
        "description": "service.text",
        "folder": "service.types",
        "lon": "location.lon",
        "lat": "location.lat",
        "Телефон": "contact.phone",
        "Город": "location.city",
        "Улица, дом": "location.address",
        "Когда открыто": "listing.hours",
    }
    assert choices.values["service.types"] == {"Анализ на ВИЧ": "hiv_rapid_test"}
    assert choices.country == world.organization.registration_country


def test_the_name_of_an_organisation_is_no_service_and_a_layer_of_cities_no_kind():
    """As KoboToolbox and a map of somebody else's call their columns."""
    words = {"service.types": {folded("Анализ на ВИЧ"): ["hiv_rapid_test"]}}
    form = {
        "start": "2026-11-01T10:00:00.000+04:00", "Название организации": "Дом с балконом", "Услуги": "Анализ на ВИЧ",
        "Название клиники": "Кабинет 5", "_geolocation_latitude": "41.7251", "_id": "1201",
    }  # fmt: skip
    assert guess_columns([*form], [form], words) == {
        "Название организации": "organization.name",
        "Услуги": "service.types",
        "Название клиники": "location.name",
        "_geolocation_latitude": "location.lat",
        "_id": "id",
    }
    layer = {"name": "Кризисный центр", "folder": "Тбилиси", "Услуга": "Кризисная помощь"}
    assert guess_columns([*layer], [layer], words) == {"name": "location.name", "Услуга": "service.title"}
    assert guess_columns(["folder"], [{"folder": "Анализ на ВИЧ"}], words) == {"folder": "service.types"}


@pytest.mark.parametrize("is_mine", [True, False])
def test_a_column_of_organisations_counts_only_where_one_of_them_is_mine(world, is_mine):
    name = world.organization.name if is_mine else "Чужой дом"
    table = f"Название,Организация,Что делаем\nТест,{name},Анализ на ВИЧ\nЕщё тест,Другой дом,Анализ на ВИЧ\n"
    choices = rows.choices_of(taken_in(world, table.encode(), "список.csv"))
    assert choices.columns["Название"] == "service.title"
    assert choices.of("organization.name") == (["Организация"] if is_mine else [])


def test_a_map_becomes_drafts_and_is_undone_and_twice_changes_nothing(world):
    before = Service.objects.count(), Location.objects.count()
    kept = matched(world)
    plan = planned(kept)
    entries = books.entries_of(plan)
    (refused,) = [entry for entry in entries if entry.verdict == "refused" and entry.sheet == "listing"]
    assert (
        refused.name == "Ночлег" and refused.faults[0]["cell"] == "lon, lat" and "91.7250" in refused.faults[0]["value"]
    )
    assert any(note["value"] == "нет" for note in plan.told), "what was left out is told"
    assert (Service.objects.count(), Location.objects.count()) == before, "a plan writes nothing"

    books.apply(plan, world.editor)
    made = ServiceAtLocation.objects.get(service__title="Тест за двадцать минут")
    assert made.service.types == ["hiv_rapid_test"] and made.service.text == "Без записи & бесплатно"
    assert (made.location.address, round(made.location.point.y, 4)) == ("ул. Чавчавадзе, 12", 41.7098)
    assert [way.value for way in made.contacts.all()] == ["+995 32 299 11 33"]
    assert made.hours["note"] == {"ru": "пн–пт 10:00–18:00"}
    assert not hasattr(made, "state") or made.state.published_id is None, "nobody has checked it yet"

    again = planned(matched(world))
    assert again.same == 2 and not [entry for entry in books.entries_of(again) if entry.verdict == "new"]

    plan.refresh_from_db()
    books.undo(plan, world.editor)
    assert not ServiceAtLocation.objects.filter(service__title="Тест за двадцать минут", state__published__isnull=False)
    once_more = planned(matched(world))
    assert once_more.same + sum(entry.sheet == "listing" for entry in books.entries_of(once_more)) == 3


def test_what_was_matched_is_remembered_by_columns_and_by_words(world):
    kept = matched(world)
    keeping.remember(kept, "Моя карта")
    keeping.remember(kept, "Моя карта")
    assert ListMapping.objects.count() == 1
    assert rows.choices_of(taken_in(world, KML)).values["service.types"]["Кров"] == "shelter"
    table = "Услуга;Вид;Адрес\nНочь;Кров;ул. Пекина, 31\n".encode()
    choices = rows.choices_of(taken_in(world, table, "a.csv"))
    assert choices.columns["Вид"] == "service.types" and choices.values["service.types"]["Кров"] == "shelter"
    assert "Кров" not in keeping.remembered(world.other).get("service.types", {}), "another organisation's words"


KOBO = (
    "start;end;group_a/Service name;group_a/Kind of service;For whom;City;Address;Phone;_gps_latitude;_gps_longitude;"
    "_gps_altitude;_uuid;_submission_time\n"
    "2026-01-01;2026-01-01;Rapid test;HIV test;Migrants;Tbilisi;Chavchavadze 12;+995 32 299 11 33;41.7098;44.7680;"
    "0;aaa-1;2026-01-01T10:00\n"
    "2026-01-01;2026-01-01;Legal aid;Lawyer;Migrants;Tbilisi;Rustaveli 5;+995 32 299 11 34;41.7010;44.7975;0;aaa-2;"
    "2026-01-01T10:00\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_answers_of_a_form_in_english(world, encoding):
    choices = rows.choices_of(taken_in(world, KOBO.encode(encoding), "kobo.csv"))
    assert choices.columns == {
        "group_a/Service name": "service.title",
        "group_a/Kind of service": "service.types",
        "For whom": "service.groups",
        "City": "location.city",
        "Address": "location.address",
        "Phone": "contact.phone",
        "_gps_latitude": "location.lat",
        "_gps_longitude": "location.lon",
        "_uuid": "id",
    }
    assert choices.values["service.types"]["HIV test"] == "hiv_rapid_test"


def test_each_row_goes_to_the_organisation_that_it_names_of_those_that_the_person_edits(world):
    table = (
        f"Организация;Услуга;Вид;Город;Адрес\n{world.organization.name};Раз;анализ на ВИЧ;Тбилиси;ул. Пекина, 31\n"
        f"{world.other.name};Два;анализ на ВИЧ;Тбилиси;ул. Пекина, 32\n"
    ).encode("cp1251")
    entries = books.entries_of(planned(taken_in(world, table, "a.csv")))
    assert {entry.owner for entry in entries if entry.verdict == "new"} == {world.organization.public_id}
    assert [(entry.line, entry.faults[0]["value"]) for entry in entries if entry.verdict == "refused"] == [
        (3, world.other.name)
    ]


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return file.getvalue()


ENTITY = b'<!DOCTYPE k [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml><Placemark><name>&a;</name></Placemark></kml>'
ATTACKS = {
    "xxe.kml": ENTITY,
    "xxe.kmz": zipped(doc_kml=ENTITY),
    "bomb.kmz": zipped(doc_kml=b"<kml>" + b" " * 30_000_000),
    "deep.kml": b"<kml>" * 100_000,
    "many.kml": b"<kml>" + b"<a/>" * 1_000_001 + b"</kml>",
    "broken.kml": b"<kml><Placemark>",
    "wide.kml": "<kml/>".encode("utf-16"),
    "link.kml": b"<kml><NetworkLink><Link><href>http://example.org/</href></Link></NetworkLink></kml>",
    "empty.kmz": zipped(a_png=b"x"),
    "page.csv": b"<html></html>",
    "objects.csv": b'{"a": 1}',
    "empty.csv": b"",
    "head.csv": "Услуга;Вид\n".encode(),
    "many.csv": b"a;b\n" + b"1;2\n" * 5_001,
    "lines.csv": b"a;b\n" + b"\n" * 1_000_000,
    "columns.csv": ";".join(f"c{number}" for number in range(200)).encode() + b"\n1\n",
    "macros.xlsx": zipped(xl__workbook_xml=b"<a/>", xl__vbaProject_bin=b"x"),
    "linked.xlsx": zipped(xl__workbook_xml=b"<a/>", xl__externalLinks__a_xml=b"<a/>"),
    "old.xls": b"\xd0\xcf\x11\xe0" + b"\x00" * 600,
    "bytes.csv": bytes(range(256)),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_no_list_is_refused_in_words(name):
    data = ATTACKS[name]
    with override("ru"), pytest.raises(BookFault) as refused:
        read_list(name, io.BytesIO(data), len(data))
    assert any("а" <= letter <= "я" for letter in str(refused.value)), refused.value


def test_lines_areas_and_links_of_a_map():
    data = (
        "<kml><NetworkLink/><Placemark><name>Маршрут</name><LineString><coordinates>1,2 3,4</coordinates></LineString>"
        "</Placemark><Placemark><name>Точка</name><Point><coordinates>44.7</coordinates></Point></Placemark></kml>"
    ).encode()
    source = read_list("a.kml", io.BytesIO(data), len(data))
    assert source.rows[0].parts[MAIN] == {"name": "Маршрут"} and source.rows[1].faults and source.notes


def test_what_is_probably_there_is_asked_and_not_written_before_somebody_answers(world):
    table = (
        f"Услуга;Вид;Описание;Город;Адрес;Телефон\nТест на ВИЧ быстро;анализ на ВИЧ;За двадцать минут;Тбилиси;"
        f"{world.place.address} ;+995 32 299 11 77\n".replace(f"{world.place.address} ", f"{world.place.address}, вход")
    ).encode()
    plan = planned(taken_in(world, table, "a.csv"))
    (asked,) = [entry for entry in books.entries_of(plan) if entry.is_asked]
    assert [one["id"] for one in asked.alike] == [world.listing.public_id]
    before = Service.objects.count()

    other = planned(taken_in(world, table, "a.csv"))
    books.apply(other, world.editor)
    other.refresh_from_db()
    assert Service.objects.count() == before, "nobody has answered"

    with pytest.raises(books.WrongState):
        books.answer(plan, world.verifier, asked.key, world.listing.public_id)
    books.answer(plan, world.editor, asked.key, world.listing.public_id)
    plan.refresh_from_db()
    books.apply(plan, world.editor)
    service = Service.objects.get(pk=world.service.pk)
    assert service.text == "За двадцать минут" and Service.objects.count() == before
    plan.refresh_from_db()
    books.undo(plan, world.editor)
    assert Service.objects.get(pk=world.service.pk).text == world.service.text


def test_the_pages_of_a_list(world):
    client, other = world.client(world.editor), world.client(world.verifier)
    page = "/ru/workspace/excel/foreign/"
    assert client.get(page).status_code == 200
    bad = SimpleUploadedFile("a.kml", ENTITY)
    refused = client.post(page, {"file": bad, "organization": world.organization.public_id})
    assert refused.status_code == 422 and "a.kml" in refused.content.decode()
    theirs = client.post(page, {"file": SimpleUploadedFile("a.kml", KML), "organization": world.other.public_id})
    assert theirs.status_code == 422, "nobody sends a list for those whom they do not edit"
    sent = client.post(page, {"file": SimpleUploadedFile("a.kml", KML), "organization": world.organization.public_id})
    match = sent["Location"]
    shown = client.get(match).content.decode()
    assert "Тест за двадцать минут" in shown and "у нас это" in shown.casefold()
    assert other.get(match).status_code == 404
    lacking = client.post(match, {"column-0": "", "show": ""})
    assert lacking.status_code == 422 and "названием услуги" in lacking.content.decode()
    strange = {"column-0": "service.title", "column-1": "x" * 99, "value-service.types-0": "nothing", "country": "??"}
    assert client.post(match, strange | {"show": "", "name": "Моя"}).status_code == 302
    planned = client.post(match, {"plan": ""})
    plan = client.get(planned["Location"]).content.decode()
    assert "Что изменит этот список" in plan and f'href="{match}"' in plan
    assert ListMapping.objects.get().name == "Моя"
    for press in ("answer", "mend"):
        client.post(f"{planned['Location']}{press}/", {"row": "?", "cell-listing-3-x": "?"})
    assert client.get(planned["Location"]).status_code == 200 and other.get(planned["Location"]).status_code == 404
