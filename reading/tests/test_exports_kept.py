"""Files of everything that are kept: each is made of its own last one, and none outlives what it was made of."""

from __future__ import annotations

import datetime as dt
import fcntl
import io
import os
import time
import zipfile
from dataclasses import replace

import pytest
from django.utils.translation import override

from core import clock
from core.tests.shared import shared
from directory.asking.filters import Filters
from directory.stores import store
from directory.tables.listings import DirectoryTerm, PublicListing
from directory.tables.wording import PublicWording
from reading.asked import Asked
from reading.exports import files, remembered
from reading.exports.making import FORMS, WantedFile
from reading.tests.test_exports import SITE, World, made, table

pytestmark = pytest.mark.django_db
_ground, world = shared(World)


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
