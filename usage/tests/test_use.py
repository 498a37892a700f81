import datetime as dt
from collections import Counter

import pytest

from core import clock
from usage import figures, files, tally
from usage.words import ANSWER, CHOSEN, EMBED, HOST, NOTHING, Used, host_of

DAY = dt.date(2026, 11, 3)
REPORTED = DAY + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.USAGE_DIR = str(tmp_path / "usage")
    tally.forget()
    yield tmp_path / "usage"
    tally.forget()


def counted(cell, times, day=DAY):
    with clock.travel(day):
        for _time in range(times):
            tally.add(cell)
        tally.write_now()
    tally.forget()


def told(*lists, on=REPORTED):
    with clock.travel(on):
        return figures.report(*lists)


def test_processes_count_beside_each_other_and_are_added_up():
    counted(Used("place", "GE"), 4)
    counted(Used("place", "GE"), 3)
    counted(Used("map"), 9)
    report = told()
    assert report.totals == {"place": 7, "map": 9}
    assert report.by_country == [("GE", {"place": 7})]


def test_a_process_that_writes_twice_counts_once():
    with clock.travel(DAY):
        for _time in range(6):
            tally.add(Used("map"))
            tally.write_now()
    assert told().totals == {"map": 6}


def test_what_is_smaller_than_five_is_told_by_no_number():
    counted(Used(CHOSEN, "GE", "cost:free"), 4)
    counted(Used(CHOSEN, "KZ", "cost:free"), 1)
    counted(Used(CHOSEN, "KZ", "open:now"), 2)
    report = told(CHOSEN)
    assert report.lists[CHOSEN] == [figures.SumTold("cost:free", 5), figures.SumTold("open:now", None)]
    assert dict(report.by_country)["GE"] == {CHOSEN: None}


def test_a_report_is_of_whole_days_and_of_four_weeks():
    counted(Used("map"), 5, REPORTED)
    counted(Used("map"), 6, REPORTED - dt.timedelta(days=figures.DAYS))
    counted(Used("map"), 7, REPORTED - dt.timedelta(days=figures.DAYS + 1))
    assert told().totals == {"map": 6}


def test_a_process_that_lives_over_midnight_has_a_file_of_each_day():
    with clock.travel(DAY):
        tally.add(Used("map"))
    with clock.travel(REPORTED):
        tally.add(Used("map"))
        tally.write_now()
    assert [count for _cell, count in files.read(DAY, DAY)] == [1]
    assert [count for _cell, count in files.read(REPORTED, REPORTED)] == [1]


def test_days_go_after_their_time_when_a_new_one_begins(folder):
    old = DAY - dt.timedelta(days=files.KEPT_DAYS + 1)
    counted(Used("map"), 1, old)
    counted(Used("map"), 1, DAY - dt.timedelta(days=2))
    with clock.travel(DAY - dt.timedelta(days=1)):
        tally.add(Used("map"))
    with clock.travel(DAY):
        tally.add(Used("map"))
    assert not list(folder.glob(f"{old.isoformat()}.*"))
    assert len(list(folder.glob("*.json"))) == 2


def test_half_a_file_spoils_nothing(folder):
    counted(Used("map"), 5)
    (folder / f"{DAY.isoformat()}.broken.json").write_text('[["map", "", ')
    assert told().totals == {"map": 5}


def test_made_up_hosts_fill_no_disk():
    with clock.travel(DAY):
        for number in range(tally.MOST_CELLS + 50):
            tally.add(Used(HOST, "", f"site{number}.example"))
        tally.add(Used(HOST, "", "site0.example"))
        tally.write_now()
    sums = dict(files.read(DAY, DAY))
    assert len(sums) == tally.MOST_CELLS
    assert sums[Used(HOST, "", "site0.example")] == 2


def test_made_up_hosts_take_no_room_from_answers_and_no_fault_is_dropped(folder, monkeypatch):
    monkeypatch.setattr(tally, "MOST_CELLS", 2)
    with clock.travel(DAY):
        for number in range(5):
            tally.add(Used(HOST, "", f"site{number}.example"))
            tally.add(Used(ANSWER, code=f"0{number} 200 maps:map"))
        for number in range(5):
            tally.add(Used(ANSWER, code=f"0{number} 503 maps:map"))
        tally.add(Used("map"))
        tally.write_now()
    sums = dict(files.read(DAY, DAY))
    kinds = Counter(cell.what for cell in sums)
    assert (kinds[HOST], kinds[ANSWER], kinds["map"]) == (2, 2 + 5, 1)
    assert sum(" 503 " in cell.code for cell in sums) == 5


def test_where_nothing_is_to_be_counted_nothing_is(settings):
    settings.USAGE_DIR = ""
    counted(Used("map"), 9)
    assert told(NOTHING, EMBED).is_empty


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Example.ORG", "example.org"),
        ("xn--e1aybc.xn--p1ai", "xn--e1aybc.xn--p1ai"),
        ("example.org.", "example.org"),
        ("192.168.0.1", ""),
        ("localhost", ""),
        ("a b.org", ""),
        ("-x.org", ""),
        ("x" * 120 + ".org", ""),
        ("", ""),
    ],
)
def test_a_host_is_a_name_or_nothing(text, name):
    assert host_of(text) == name
