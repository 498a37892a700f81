"""The files of booklets: made once, kept while the present revision says the same, and so many at once."""

from __future__ import annotations

import os
import threading
import time

import pytest
from django.utils.translation import override

from reading import kept
from reading.asked import Asked
from reading.booklets import files, told
from reading.booklets.files import StillMade, TooManyBooklets
from reading.tests.test_booklets import booklet, idle, row  # noqa: F401  (a fixture for each test)
from reading.typeset import making
from reading.typeset.making import NotMade

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.BOOKLETS_DIR = str(tmp_path / "booklets")
    return tmp_path / "booklets"


def test_it_is_made_once_and_anew_when_it_says_something_else(folder, monkeypatch):
    row(texts={"place": "Дом"})
    began = []
    whole = making.printed

    def counted(*given, **more):
        began.append(given)
        return whole(*given, **more)

    monkeypatch.setattr(making, "printed", counted)
    with override("ru"):
        first = files.printed(booklet(), "a6", patience=20)
        assert files.printed(booklet(), "a6", patience=20) == first and len(began) == 1
        row(texts={"place": "Другой дом"})
        assert files.printed(booklet(), "a6", patience=20).pdf != first.pdf and len(began) == 2
    assert len(list(folder.iterdir())) == 2


def test_what_the_present_revision_has_not_confirmed_is_forgotten(folder):
    def words(revision, **other):
        return files.printed(booklet() | other, "a6", revision=revision, patience=20)

    row(texts={"place": "Дом"})
    with override("ru"):
        words(1), words(1, title="Стёрто")
        for path in folder.iterdir():
            os.utime(path, (time.time() - files.GRACE - 60,) * 2)
        words(2)
        assert sorted(path.suffix for path in folder.iterdir()) == [".1", ".2"]
        assert files.forget(folder, 2) == 1 and [path.suffix for path in folder.iterdir()] == [".2"]
        assert files.forget_old() == 1, "the directory's own revision is another one"
        words(1)
        assert files.clear() == 1 and not list(folder.iterdir())


def test_pictures_begin_no_file(folder, monkeypatch):
    row(texts={"place": "Дом"})
    with override("ru"):
        folder.mkdir()
        with monkeypatch.context() as within:
            within.setattr(making, "printed", lambda *_given, **_more: pytest.fail("a picture had a file made"))
            assert files.for_pictures(booklet(), "a6") is None
        made_now = files.printed(booklet(), "a6", patience=20)
        assert files.for_pictures(booklet(), "a6") == made_now


def test_words_are_told_once_for_a_revision_and_only_so_many_are_kept(monkeypatch):
    row(texts={"place": "Дом"})
    told_of, whole = [], told.booklet

    def telling(asked, of_it, name, country, link, **more):
        told_of.append(link)
        return whole(asked, of_it, name, country, link, **more)

    monkeypatch.setattr(told, "booklet", telling)
    monkeypatch.setattr(kept, "MOST", 2)
    with override("ru"):
        asked = Asked.now("public")
        for link in ("a://a", "a://a", "a://b", "a://a"):
            told.kept_booklet(asked, "GE", "", link, is_sheet=False)
        assert told_of == ["a://a", "a://b", "a://a"] and len(kept._few[asked.vocabulary]) == 2


def test_what_is_old_or_too_much_is_forgotten(folder, monkeypatch):
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.1").write_bytes(b"x")
        os.utime(folder / f"{number}.1", (time.time() - number, time.time() - number))
    os.utime(folder / "0.1", (time.time() - files.KEPT - 60,) * 2)
    monkeypatch.setattr(files, "MOST", 2)
    assert files.forget(folder, 1) == 2 and {path.stem for path in folder.iterdir()} == {"1", "2"}


def test_a_folder_that_nobody_may_write_and_a_file_that_is_torn_cost_time_alone(folder, settings):
    row(texts={"place": "Дом"})
    with override("ru"):
        first = files.printed(booklet(), "a6", patience=20)
        (path,) = folder.iterdir()
        path.write_bytes(path.read_bytes()[:500])
        assert files.printed(booklet(), "a6", patience=20).pdf == first.pdf
        settings.BOOKLETS_DIR = "/proc/nowhere"
        assert files.printed(booklet(), "a6", patience=20).pdf == first.pdf


def test_who_waits_is_told_how_many_are_before_and_too_many_are_refused(monkeypatch):
    row(texts={"place": "Дом"})
    going = threading.Event()

    def slow(*_given, **_more):
        going.wait(20)
        raise NotMade("a test")

    monkeypatch.setattr(making, "printed", slow)
    whole = booklet()
    try:
        with override("ru"):
            told_before = []
            for number in range(files.WAITING):
                with pytest.raises(StillMade) as waits:
                    files.printed(whole | {"title": str(number)}, "a6", patience=0.01)
                told_before.append(waits.value.before)
            assert told_before == list(range(files.WAITING))
            with pytest.raises(TooManyBooklets):
                files.printed(whole | {"title": "more"}, "a6", patience=0.01)
    finally:
        going.set()


def test_only_so_many_are_made_in_ten_minutes(monkeypatch):
    row(texts={"place": "Дом"})
    monkeypatch.setattr(files, "MOST_MADE", 1)
    with override("ru"):
        files.printed(booklet(), "a6", patience=20)
        with pytest.raises(TooManyBooklets):
            files.printed(booklet() | {"title": "other"}, "a6", patience=20)
