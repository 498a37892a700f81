"""Files of what is seen: each opens where its readers open it, says what it is, and holds doors that may be told."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile

import pyogrio
import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from core import clock
from core.tests.shared import shared
from directory.asking.filters import Filters
from directory.coming.stops import shown as stops_shown
from directory.tests.factories import ALMATY, TBILISI, publish
from directory.tests.test_coming import BOTH
from reading.asked import Asked
from reading.exports.columns import COLUMNS
from reading.exports.making import FORMS, WantedFile, make

pytestmark = pytest.mark.django_db
SITE = "https://map.example"
PHONE = {"channel": "phone", "value": "+995322000000", "label": {}, "audience": "clients"}
COLLEAGUE = {"channel": "phone", "value": "+995322999999", "label": {}, "audience": "colleagues", "person": "Анна"}
KML, GPX = "{http://www.opengis.net/kml/2.2}", "{http://www.topografix.com/GPX/1/1}"
WEEK = {"slots": [{"days": [0, 1], "opens": "09:00", "closes": "18:00"}]}


class World:
    def __init__(self) -> None:
        tricky = {"title": '=HYPERLINK("http://evil")', "address": "Речная, 5 <b>&\x0b", "summary": "+1\nдва"}
        self.door = publish(texts=tricky, contacts=[PHONE, COLLEAGUE], hours=WEEK, place_id="doordoord2")
        self.beside = publish(place_id="doordoord2", texts={"title": "Рядом"})
        self.blurred = publish(
            point=ALMATY, precision="settlement", country="KZ", city_code="kz1", texts={"title": "Мутно"}
        )
        self.remote = publish(point=None, texts={"title": "По телефону"})
        self.bus = publish(texts={"title": "Автобус"}, stops=stops_shown(BOTH, [], ""), place_id="busbusbus2")
        self.secret = publish(audiences=("members",), texts={"title": "Для своих"})


_ground, world = shared(World)


def made(ending: str, audience="public", language="ru", filters=Filters(), **wanted) -> bytes:  # noqa: B008
    file = io.BytesIO()
    with override(language):
        form = FORMS[ending]
        make(file, form, Asked.now(form.audience(audience)), WantedFile(filters, **wanted), SITE)
    return file.getvalue()


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_is_a_table_of_listings_alone_that_no_spreadsheet_runs(world):
    rows = {row["id"]: row for row in table(made("csv"))}
    assert rows.keys() == {one.id for one in (world.door, world.beside, world.blurred, world.remote, world.bus)}
    row = rows[world.door.id]
    assert row["title"] == '\'=HYPERLINK("http://evil")' and row["phones"] == "'+995 32 200 00 00"
    assert row["hours"].startswith("Понедельник 09:00–18:00; Вторник") and row["cost"] == "Бесплатно"
    assert (float(row["lon"]), float(row["lat"])) == TBILISI and row["precision"] == "дверь"
    assert row["url"] == f"{SITE}/ru/places/doordoord2/?service={world.door.id}"
    assert {one["as_of"] for one in rows.values()} == {clock.today().isoformat()}
    assert all("CC-BY-4.0" in one["licence"] for one in rows.values())
    explained = [one["about"] for one in rows.values() if one["about"]]
    assert len(explained) == 1 and all(f"{column.code}: " in explained[0] for column in COLUMNS)


def test_what_moves_or_may_not_be_told_has_no_point(world):
    rows = {row["id"]: row for row in table(made("csv"))}
    assert rows[world.bus.id]["lat"] == rows[world.remote.id]["lat"] == ""
    assert rows[world.blurred.id]["precision"] == "середина города"


def test_xlsx_opens_and_no_cell_is_a_formula(world):
    book = load_workbook(io.BytesIO(made("xlsx")))
    services, about = book.worksheets
    assert [cell.value for cell in services[1]] == [str_of(column.head) for column in COLUMNS]
    cells = [cell for row in services.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    titles = {row[0].value for row in services.iter_rows(min_row=2)}
    assert '=HYPERLINK("http://evil")' in titles and len(titles) == 5
    with zipfile.ZipFile(io.BytesIO(made("xlsx"))) as packed:  # GDAL calls rows without numbers invalid
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r'<row r="(\d+)"', sheet) == [str(number) for number in range(1, services.max_row + 1)]
    assert "<row>" not in sheet
    text = "\n".join(str(cell.value) for row in about.iter_rows() for cell in row if cell.value)
    assert "CC-BY-4.0" in text and clock.today().isoformat() in text and "hours_osm" in text


def str_of(lazy: object) -> str:
    with override("ru"):
        return str(lazy)


def test_geojson_is_that_of_the_rfc(world):
    told = json.loads(made("geojson"))
    assert told["type"] == "FeatureCollection" and "crs" not in told and "CC-BY-4.0" in told["licence"]
    assert told["definitions"].keys() == {column.code for column in COLUMNS}
    features = {one["id"]: one for one in told["features"]}
    assert features[world.door.id]["geometry"] == {"type": "Point", "coordinates": list(TBILISI)}
    assert features[world.remote.id]["geometry"] is None is features[world.bus.id]["geometry"]
    assert not {"type", "coordinates", "geometry", "properties"} & told.keys() - {"type"}  # section 7.1
    assert features[world.door.id]["properties"]["title"] == '=HYPERLINK("http://evil")'


@pytest.mark.parametrize("audience", ["public", "members"])
def test_kml_and_gpx_hold_public_doors_and_nothing_else_whoever_asks(world, audience):
    kml, gpx = made("kml", audience), made("gpx", audience)
    (mark,) = ET.fromstring(kml).iter(f"{KML}Placemark")
    (point,) = ET.fromstring(gpx).iter(f"{GPX}wpt")
    assert mark.findtext(f"{KML}Point/{KML}coordinates") == f"{TBILISI[0]},{TBILISI[1]}"
    assert point.attrib == {"lat": str(TBILISI[1]), "lon": str(TBILISI[0])}
    for said in (mark.findtext(f"{KML}description"), point.findtext(f"{GPX}desc")):
        assert "Рядом" in said and "Речная, 5 <b>&" in said and "+995 32 200 00 00" in said
    for text in (kml.decode(), gpx.decode()):
        assert not any(word in text for word in ("Мутно", "По телефону", "Автобус", "Для своих", "999999", "99 99 99"))
        assert "CC-BY-4.0" in text and clock.today().isoformat() in text
    order = [child.tag.removeprefix(GPX) for child in point]
    assert order == ["name", "desc", "link", "type"]  # a sequence in the schema


@pytest.mark.parametrize(("ending", "rows"), [("kml", 1), ("gpx", 1), ("geojson", 5)])
def test_gdal_reads_it(world, tmp_path, ending, rows):
    path = tmp_path / f"services.{ending}"
    path.write_bytes(made(ending))
    info = pyogrio.read_info(path, layer="waypoints" if ending == "gpx" else None, force_feature_count=True)
    assert info["features"] == rows and "4326" in (info["crs"] or "")
    assert info["driver"] == {"kml": "LIBKML", "gpx": "GPX", "geojson": "GeoJSON"}[ending]


def test_members_get_theirs_and_the_public_never_does(world):
    for ending in ("csv", "geojson"):
        assert "Для своих" in made(ending, "members").decode()
        assert "Для своих" not in made(ending).decode()
    members = made("csv", "members").decode()
    assert "CC-BY" not in members.split("GeoNames")[0] and "999999" not in members and "99 99 99" not in members
    assert f"{SITE}/ru/members/places/" in members


def test_filters_and_words_narrow_it(world):
    assert [row["title"] for row in table(made("csv", filters=Filters(country=("KZ",))))] == ["Мутно"]
    assert [row["title"] for row in table(made("csv", query="рядом"))] == ["Рядом"]
    assert table(made("csv", query="ыыыыы")) == []


@pytest.mark.parametrize("ending", FORMS)
def test_nothing_found_is_a_file_that_opens(world, ending, tmp_path):
    content = made(ending, filters=Filters(country=("JP",)))
    if ending == "xlsx":
        assert load_workbook(io.BytesIO(content)).worksheets[0].max_row == 1
    elif ending == "csv":
        assert table(content) == []
    elif ending == "geojson":
        assert json.loads(content)["features"] == []
    else:
        assert not list(ET.fromstring(content).iter(f"{KML}Placemark"))


def test_each_language_has_its_words(world):
    assert "Kinds of help" in made("csv", language="en").decode() and "Виды помощи" in made("csv").decode()
