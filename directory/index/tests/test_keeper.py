"""Which index counts: that of this very revision, audience and day; where there is none, SQL answers."""

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
import textwrap
from contextlib import ExitStack

import pytest
from django.conf import settings as own
from django.db import connection

from core import clock
from directory.asking import queries, quick
from directory.asking.filters import Filters
from directory.asking.mapview import map_view
from directory.index import keeper
from directory.index.answering import Answering
from directory.index.making.building import pack
from directory.index.making.copying import copied
from directory.index.packed import Broken, opened, write
from directory.index.tests.asked import install
from directory.index.tests.worlds import NOW, world
from directory.stores import store
from directory.tables.listings import PublicListing
from directory.tests.factories import publish


@pytest.fixture(autouse=True)
def with_index(settings, tmp_path):
    settings.INDEX_FROM, settings.INDEX_DIR = 1, str(tmp_path)
    keeper.forget()
    yield
    keeper.forget()


def listings(at, audience="public"):
    """What the map counts; fails where no index answered."""
    found = quick.map_groups(audience, Filters(), at, None, 3, [], "ru", -1)
    assert found is not None, "SQL would have answered"
    return found[0].listings


@pytest.mark.django_db
def test_each_audience_has_an_index_of_its_own():
    publish()
    publish(audiences=("members",))
    install("public", "members")
    assert (listings(NOW), listings(NOW, "members")) == (1, 2)
    packed = keeper.answering("public").index
    assert packed.packed.rows == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("zone", "midnight"), [("Asia/Almaty", 19), ("UTC", 24), ("America/Los_Angeles", 32)])
def test_what_is_past_is_gone_at_midnight_of_its_zone_with_nobody_refreshing(zone, midnight):
    today = dt.date(2026, 11, 23)
    checked_on = today - dt.timedelta(days=209)
    publish(timezone=zone, checked_on=checked_on, notice_on=checked_on, due_on=today + dt.timedelta(days=1),
            hides_on=today + dt.timedelta(days=2))  # fmt: skip
    install("public")
    evening = dt.datetime.combine(today, dt.time(), tzinfo=dt.UTC) + dt.timedelta(hours=midnight, seconds=-1)

    def stale(at):
        return [group.stale for group in quick.map_groups("public", Filters(), at, None, 3, [], "ru", -1)[1]]

    one = dt.timedelta(seconds=1)
    assert (stale(evening), stale(evening + one)) == ([False], [True])
    assert (listings(evening + dt.timedelta(days=1)), listings(evening + dt.timedelta(days=1) + one)) == (1, 0)


@pytest.mark.django_db
def test_after_a_change_the_older_index_says_nothing_more(monkeypatch):
    monkeypatch.setattr(keeper, "_wake", lambda audience, held: None)
    kept, hidden = publish(), publish()
    install("public")
    assert listings(clock.now()) == 2
    store.withdraw(hidden.id)
    assert keeper.answering("public") is None
    assert [row.id for row in queries.listings_page("public", Filters()).rows] == [kept.id]


@pytest.mark.django_db
def test_what_is_deleted_by_hand_is_gone_too(monkeypatch):
    monkeypatch.setattr(keeper, "_wake", lambda audience, held: None)
    publish()
    install("public")
    PublicListing.objects.all().delete()
    assert keeper.answering("public") is None
    assert map_view("public", Filters(), 3, [], "ru").totals.listings == 0


@pytest.mark.django_db
def test_whoever_reads_rows_of_a_smaller_circle_is_answered_by_sql():
    made = publish()
    readers: store.Readers = {"country": "GE", "circle": ()}
    records = {"members": made, "country": made}
    store.publish(
        listing_id=made.id, records=records, readers=readers, organizations={}, published_at=clock.now()
    )  # fmt: skip
    install("members")
    assert keeper.answering("members") is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('servicemap.reader_countries', 'GE', true)")
    assert keeper.answering("members") is None


@pytest.mark.django_db
def test_files_hold_what_was_packed_and_broken_ones_are_no_index(tmp_path):
    with clock.travel(NOW):
        world(random.Random(3), 30)
    path = tmp_path / "one"
    packed = pack(copied("public", connection))
    write(packed, path)
    again = opened(path)
    assert (again.rows, again.placed, again.arrays.keys()) == (packed.rows, packed.placed, packed.arrays.keys())
    assert all((again.arrays[name].tobytes() == array.tobytes()) for name, array in packed.arrays.items())
    ask = [Answering(one).map_groups(Filters(), NOW, None, 5, ["law"], "ru", -1) for one in (packed, again)]
    assert ask[0] == ask[1]
    assert path.stat().st_mode & 0o777 == 0o700
    column = path / "lon.npy"
    column.write_bytes(column.read_bytes()[:-8])
    with pytest.raises(Broken):
        opened(path)


@pytest.mark.django_db
def test_a_fault_is_said_and_sql_answers(monkeypatch, caplog):
    publish()
    monkeypatch.setattr(keeper, "make", lambda audience: 1 // 0)
    monkeypatch.setattr(keeper.connection, "close", lambda: None)
    keeper._make_and_close("public")
    assert keeper.state("public") == "broken: ZeroDivisionError"
    assert "SQL answers" in caplog.text
    assert map_view("public", Filters(), 3, [], "ru").totals.listings == 1


PROCESS = textwrap.dedent("""
    import os, sys
    import django
    from django.conf import settings
    django.setup()
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    settings.INDEX_FROM, settings.INDEX_DIR = 1, sys.argv[2]
    from django.db import connection
    connection.settings_dict["NAME"] = sys.argv[1]
    from directory.asking import quick
    from directory.asking.filters import Filters
    from directory.index import keeper
    from directory.stores import store
    from directory.asking.mapview import map_view
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "make":
            keeper.make("public")
            told = keeper.state("public")
        elif word == "hide":
            store.withdraw(rest[0])
            told = "hidden"
        else:
            shown = map_view("public", Filters(), 3, [], "ru").totals.listings
            told = f"{shown} {keeper.answering('public') is not None}"
        print(told, flush=True)
""")


@pytest.mark.django_db(transaction=True)
def test_what_one_process_hid_is_gone_from_the_other_with_the_next_question(tmp_path, settings):
    """And both read the same files."""
    hidden = publish()
    publish()
    name = connection.settings_dict["NAME"]
    with ExitStack() as stack:
        first, second = (
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", PROCESS, name, str(tmp_path)],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                )
            )
            for _process in range(2)
        )  # fmt: skip
        stack.callback(first.kill)
        stack.callback(second.kill)

        def ask(process, line):
            process.stdin.write(line + "\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        assert [ask(first, "make"), ask(second, "make")] == ["ready", "ready"]
        assert len(list(keeper.folder().glob("public-*"))) == 1
        assert [ask(first, "map"), ask(second, "map")] == ["2 True", "2 True"]
        assert ask(first, f"hide {hidden.id}") == "hidden"
        assert ask(second, "map").split()[0] == "1"
        assert ask(second, "make") == "ready"
        assert ask(second, "map") == "1 True"


def test_who_has_few_listings_loads_nothing_of_it():
    code = """if True:
        import django, sys
        django.setup()
        import directory.asking.facets, directory.asking.mapview
        print([name for name in ("scipy", "directory.index.answering") if name in sys.modules])
    """
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=own.BASE_DIR)
    assert told.stdout.strip() == "[]"
