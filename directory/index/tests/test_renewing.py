"""The rows of now are the same, whether all were read or only those that were written since the last index."""

import datetime as dt
import random
import shutil

import numpy as np
import pytest
from django.db import connection

from core import clock
from directory.index import keeper
from directory.index.making import renewing
from directory.index.making.copying import copied, versions
from directory.index.making.renewing import rows_of_now
from directory.index.making.rows import ReadRows, Texts
from directory.index.packed import READ
from directory.index.tests.worlds import NOW, world
from directory.tables.listings import PublicListing
from directory.tests.factories import publish


@pytest.fixture
def reads(monkeypatch):
    """How many rows were read by themselves, and None for all of them."""
    asked = []

    def noting(audience, connection, rows=None):
        asked.append(None if rows is None else len(rows))
        return copied(audience, connection, rows)

    monkeypatch.setattr(renewing, "copied", noting)
    return asked


def told(read):
    """Every row by its id, with its texts instead of their numbers."""
    columns = {
        name: [read.texts[name].told[number] for number in column] if name in read.texts else column.tolist()
        for name, column in read.columns.items()
    }
    rows = [dict(zip(columns, map(repr, row), strict=True)) for row in zip(*columns.values(), strict=True)]
    return {row["id"]: row for row in rows}


def changed(some):
    """Rows that go, come, move, and say something else."""
    ids = list(PublicListing.objects.order_by("id").values_list("id", flat=True))
    touched = PublicListing.objects.filter(id__in=some.sample(ids, 9))
    way = some.choice(["gone", "moved", "said", "more", "nothing"])
    if way == "gone":
        touched.delete()
    elif way == "moved":
        touched.update(city_code=some.choice(["ge7qk2", "xx"]), languages=["ka", some.choice(["ru", "hy"])])
    elif way == "said":
        for row in touched:
            row.content = {code: words | {"title": f"т\\n\t{some.random()}"} for code, words in row.content.items()}
            row.save(update_fields=["content"])
    elif way == "more":
        world(some, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_what_was_written_since_is_read_again_and_nothing_else(seed, reads):
    some = random.Random(seed)
    with clock.travel(NOW):
        world(some, 60)
        read = rows_of_now("public", connection)
        for _turn in range(8):
            changed(some)
            read = ReadRows.of_arrays(read.origin, rows_of_now("public", connection, read).arrays)
            assert told(read) == told(copied("public", connection))
    assert reads[0] is None
    assert len(reads) > 3
    assert all(some is not None and some < 40 for some in reads[1:])


@pytest.mark.django_db
def test_where_much_is_new_or_the_server_lives_anew_everything_is_read(reads, monkeypatch):
    with clock.travel(NOW):
        world(random.Random(4), 40)
        read = rows_of_now("public", connection)
        elsewhere = ReadRows("another life", read.columns, read.texts)
        assert told(rows_of_now("public", connection, elsewhere)) == told(read)
        monkeypatch.setattr(renewing, "_FEW", 5)
        PublicListing.objects.update(city_code="xx")
        rows_of_now("public", connection, read)
    assert reads == [None, None, None]


@pytest.mark.django_db
def test_of_nothing_there_is_something_and_of_something_nothing(reads):
    none = rows_of_now("public", connection)
    made = publish()
    one = rows_of_now("public", connection, none)
    PublicListing.objects.all().delete()
    assert [len(none), list(told(one)), len(rows_of_now("public", connection, one))] == [0, [repr(made.id.encode())], 0]
    assert reads == [None, 1]


@pytest.mark.django_db
def test_a_version_of_a_row_is_where_it_lies_and_who_wrote_it():
    for _row in range(3):
        publish()
    read = copied("public", connection)
    row, written_by = versions("public", connection)
    pairs = zip(read.columns["row"].tolist(), read.columns["written_by"].tolist(), strict=True)
    assert sorted(pairs) == sorted(zip(row.tolist(), written_by.tolist(), strict=True))


@pytest.mark.django_db
def test_a_text_that_no_row_says_any_more_is_in_no_file_of_the_next_index(settings, tmp_path):
    """An address that has to be forgotten must not live on beside the next index."""
    settings.INDEX_FROM, settings.INDEX_DIR = 1, str(tmp_path)
    keeper.forget()
    secret = "Тайная-улица-7"
    publish()
    hidden = publish(content={"ru": {"title": secret}, "en": {"title": secret}})
    keeper._open("public", keeper.look("public")[0])
    (first,) = keeper.folder().glob("public-*")
    assert holding(first, secret)
    PublicListing.objects.filter(id=hidden.id).delete()
    keeper._open("public", keeper.look("public")[0])
    (second,) = [path for path in keeper.folder().glob("public-*") if path != first]
    assert (second / READ).is_dir()
    assert holding(second, secret) == holding(second, hidden.id) == []
    keeper.forget()


@pytest.mark.django_db
def test_a_last_index_that_is_broken_is_of_no_use_and_said(settings, tmp_path, caplog):
    settings.INDEX_FROM, settings.INDEX_DIR = 1, str(tmp_path)
    keeper.forget()
    publish()
    keeper._open("public", keeper.look("public")[0])
    (first,) = keeper.folder().glob("public-*")
    shutil.rmtree(first / READ)
    publish(due_on=dt.date(2027, 1, 1))
    keeper._open("public", keeper.look("public")[0])
    assert "of no use for the next" in caplog.text
    assert keeper.answering("public").index.packed.rows == 2
    keeper.forget()


def holding(folder, word):
    return [path.name for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def test_texts_are_kept_and_put_behind_each_other():
    texts = Texts.of(["один".encode(), b"", b"two"])
    assert texts.kept(np.array([True, False, True])).told == ["один", "two"]
    assert Texts.of([b"x"]).behind(texts).told == ["один", "", "two", "x"]
    assert len(Texts.of([])) == 0
