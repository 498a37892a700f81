"""Files of what is seen: each opens where its readers open it, says what it is, and holds doors that may be told."""

from __future__ import annotations

import csv
import datetime as dt
import fcntl
import io
import json
import os
import time
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace

import pyogrio
import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from core import clock
from core.tests.shared import shared
from directory.asking.filters import Filters
from directory.coming.stops import shown as stops_shown
from directory.stores import store
from directory.tables.listings import DirectoryTerm, PublicListing
from directory.tables.wording import PublicWording
from directory.tests.factories import ALMATY, TBILISI, publish
from directory.tests.test_coming import BOTH
from reading.asked import Asked
from reading.exports import files, remembered
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


def exported(**wanted) -> bytes:
    with (
        override("ru"),
        files.exported(FORMS["csv"], Asked.now("public"), WantedFile(Filters(), **wanted), SITE) as file,
    ):
        return file.read()


def test_the_file_of_everything_is_made_once_for_a_revision(world, settings, tmp_path, monkeypatch):
    settings.EXPORTS_DIR = str(tmp_path)
    first, times = exported(), []
    monkeypatch.setattr(files, "make", lambda *args: times.append(args))
    assert exported() == first and not times
    assert exported(query="рядом") == b"" and len(times) == 1  # made for whoever asked


def lying(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "lock"]


def test_what_was_hidden_lies_about_nowhere(world, settings, tmp_path):
    settings.EXPORTS_DIR = str(tmp_path)
    assert "Рядом" in exported().decode()
    PublicListing.objects.filter(id=world.beside.id).delete()
    store.bump_revision()
    assert "Рядом" not in exported().decode()
    left = lying(tmp_path)
    assert sorted(path.suffix for path in left) == [".csv", ".index"]
    for path in left:
        assert "Рядом".encode() not in path.read_bytes() and path.stat().st_mode & 0o077 == 0


def test_what_breaks_leaves_nothing_behind(world, settings, tmp_path, monkeypatch):
    settings.EXPORTS_DIR = str(tmp_path)
    monkeypatch.setattr(files, "write", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        exported()
    assert not lying(tmp_path)
    assert files._alone.acquire(blocking=False)  # the next one may begin
    files._alone.release()


def inside(ending: str, content: bytes) -> bytes:
    """A workbook says when it was made, its sheets do not."""
    return content if ending != "xlsx" else zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


class NextFile:
    """The file of everything again and again; `told` are the rows that it put into words this time."""

    def __init__(self, ending: str, language: str = "ru") -> None:
        self._ending, self._language, self.told = ending, language, []
        self._form = replace(FORMS[ending], lines=replace(FORMS[ending].lines, tell=self._tell))

    def _tell(self, row, telling) -> bytes:
        self.told.append(row.id)
        return FORMS[self._ending].lines.tell(row, telling)

    def made(self) -> bytes:
        self.told.clear()
        wanted = WantedFile(Filters())
        with override(self._language), files.exported(self._form, Asked.now("public"), wanted, SITE) as file:
            found = inside(self._ending, file.read())
        assert found == inside(self._ending, made(self._ending, language=self._language))
        return found


@pytest.mark.parametrize("ending", ["csv", "geojson", "xlsx"])
def test_the_next_file_tells_anew_what_has_changed_and_nothing_else(world, settings, tmp_path, ending):
    settings.EXPORTS_DIR = str(tmp_path)
    following = NextFile(ending)
    following.made()
    assert len(following.told) == 5
    PublicListing.objects.filter(id=world.beside.id).update(cost="paid")
    PublicListing.objects.filter(id=world.remote.id).delete()
    store.bump_revision()
    assert "По телефону" not in following.made().decode() and following.told == [world.beside.id]
    store.bump_revision()
    assert following.made() and following.told == []
    DirectoryTerm.objects.filter(scheme="language", code="ru").delete()  # a changed term is a new row
    DirectoryTerm.objects.create(scheme="language", code="ru", name={"ru": "по-русски", "en": "in Russian"})
    store.bump_revision()
    assert "по-русски" in following.made().decode() and len(following.told) == 4


def test_each_form_and_language_is_made_of_its_own_last_one(world, settings, tmp_path):
    settings.EXPORTS_DIR = str(tmp_path)
    following = [NextFile("csv"), NextFile("geojson"), NextFile("xlsx"), NextFile("csv", "en")]
    for one in following:
        one.made()
    PublicListing.objects.filter(id=world.beside.id).update(cost="paid")
    for one in following:
        assert one.made() and one.told == [world.beside.id]


def test_words_that_people_lay_over_the_catalogue_are_in_the_next_file(world, settings, tmp_path):
    settings.EXPORTS_DIR = str(tmp_path)
    following, other = NextFile("csv", "kk"), NextFile("csv")
    following.made(), other.made()
    word = PublicWording(id="w", kind="message", key="Free of charge", language="kk", source_hash="", forms=["Тегін"])
    word.save()
    PublicListing.objects.filter(id=world.beside.id).update(cost="paid")
    assert following.made() and len(following.told) == 5
    assert other.made() and other.told == [world.beside.id]


def test_names_of_countries_and_towns_are_words_too(settings, tmp_path, monkeypatch):
    settings.BASE_DIR = tmp_path
    for name in ("fixtures/vocabulary/countries.json", "fixtures/gazetteer/places.csv.gz", "locale/kk/sources.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        before = remembered._sources.__wrapped__()
        (tmp_path / name).write_text("[]")
        assert remembered._sources.__wrapped__() != before, name


def test_a_file_that_nobody_asks_for_again_is_forgotten_by_the_clock(world, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_PATIENCE", 0.01)
    settings.EXPORTS_DIR = str(tmp_path)
    assert "Рядом" in exported().decode() and files.forget_old() == 0
    aged(tmp_path)
    assert files.forget_old() == 0, "that of the present revision stays"
    PublicListing.objects.filter(id=world.beside.id).delete()
    store.bump_revision()
    os.utime(lying(tmp_path)[0])  # and the other one is old
    assert files.forget_old() == 1 == len(lying(tmp_path))
    aged(tmp_path)
    assert files.forget_old() == 1 and not lying(tmp_path)
    exported()
    half = lying(tmp_path)[0].with_name("any-which.csv.new")  # being made, or of a process that was killed
    half.touch()
    assert files.clear() == 2 and lying(tmp_path) == [half]
    aged(tmp_path)
    with half.with_name("lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert files.forget_old() == 0
    assert files.forget_old() == 1 and not lying(tmp_path)


def aged(folder) -> None:
    for path in lying(folder):
        os.utime(path, (time.time() - files.GRACE - 60,) * 2)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "kml"])
def test_a_file_of_a_revision_that_is_over_is_given_and_not_kept(world, settings, tmp_path, monkeypatch, ending):
    settings.EXPORTS_DIR = str(tmp_path)
    form, once = FORMS[ending], files.look("public")[0]
    marks = iter([once])
    monkeypatch.setattr(files, "look", lambda audience: (next(marks, once + 1), False))
    with override("ru"), files.exported(form, Asked.now("public"), WantedFile(Filters()), SITE) as file:
        assert file.read()
    assert not lying(tmp_path)


def test_one_process_of_the_machine_makes_a_file(world, settings, tmp_path, monkeypatch):
    settings.EXPORTS_DIR = str(tmp_path)
    exported()
    monkeypatch.setattr(files, "_PATIENCE", 0.01)
    with next(tmp_path.rglob("lock")).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert exported()  # it lies there
        PublicListing.objects.filter(id=world.beside.id).update(cost="paid")
        with pytest.raises(files.AnotherIsMade):
            exported()
    assert exported()


def test_a_row_that_grows_old_is_told_anew(world, settings, tmp_path):
    settings.EXPORTS_DIR = str(tmp_path)
    with override("ru"):
        for days, word in ((0, False), (200, True)):
            at = clock.now() + dt.timedelta(days=days)
            asked = replace(Asked.now("public"), at=at)
            with files.exported(FORMS["csv"], asked, WantedFile(Filters()), SITE) as file:
                rows = {row["id"]: row for row in table(file.read())}
            assert bool(rows[world.door.id]["freshness"]) is word
            assert rows[world.door.id]["as_of"] == at.date().isoformat()
