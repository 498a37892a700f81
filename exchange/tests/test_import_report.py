"""The report of an import: nothing is lost in silence, and nothing of a foreign file runs in a spreadsheet."""

from __future__ import annotations

import csv

import pytest

from exchange.importing.notes import Note, Remarks, shown
from exchange.importing.report import LONGEST_VALUE, MOST_LINES, ImportReport, RowOutcome, RowResult
from exchange.importing.unread import Unread


@pytest.fixture
def report():
    note = Note("", "")
    results = [
        RowResult(2, "a", "Дом", RowOutcome.CREATED, note),
        RowResult(3, "b", "Врач", RowOutcome.KEPT, note),
        RowResult(4, "c", "", RowOutcome.REFUSED, Note("service.title", "Нет названия", "Что", "")),
        RowResult(4, "c", "", RowOutcome.REFUSED, Note("location.country", "Нет страны", "Где", "=1+1")),
    ]
    remarks = Remarks()
    remarks.notes.append((3, Note("contacts", "Пропущено", "Телефон", "нет\nномера")))
    remarks.notes.append((3, Note("service.types", "Не переведено", "Вид", "баня")))
    remarks.unmapped["service.types", "баня"] = 2
    remarks.nearest["service.types", "сауна"] = 1
    return ImportReport(results, remarks, {"Ещё": Unread(2, "x" * 90, 5)}, ["old"], ["Лист 2 не прочитан"])


def test_a_row_with_several_faults_counts_once(report):
    assert report.counts() == {RowOutcome.CREATED: 1, RowOutcome.KEPT: 1, RowOutcome.REFUSED: 1}
    assert report.is_refused
    assert not ImportReport(report.results[:2]).is_refused


def test_the_terminal_hears_of_every_fault_note_and_field_in_one_line_each(report):
    lines = list(report.lines())
    assert lines[0].endswith("3")
    assert all("\n" not in line for line in lines)
    faults = [line for line in lines if "service.title" in line or "location.country" in line]
    assert [line.strip().split(": ")[-1] for line in faults] == ["Нет названия [Что]", "Нет страны [Где = “=1+1”]"]
    assert any("нет номера" in line for line in lines)
    assert not any("Не переведено" in line for line in lines)  # the table below sums it up
    assert "  service.types: баня (2)" in lines
    assert "  service.types: сауна (1)" in lines
    assert "Лист 2 не прочитан" in lines
    unread = next(line for line in lines if line.startswith("  Ещё"))
    assert "x" * 60 in unread
    assert "x" * 61 not in unread


def test_long_values_are_cut_and_long_lists_name_their_rest():
    remarks = Remarks()
    for number in range(MOST_LINES + 7):
        remarks.notes.append((number, Note("contacts", "Пропущено", "Телефон", "я" * (LONGEST_VALUE + 1))))
    lines = list(ImportReport(remarks=remarks).lines())
    told = [line for line in lines if "Пропущено" in line]
    assert len(told) == MOST_LINES
    assert "я" * LONGEST_VALUE + "…" in told[0]
    assert "7" in lines[-1]


def test_the_table_has_every_row_in_order_and_no_live_formula(report, tmp_path):
    path = tmp_path / "report.csv"
    report.write(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["row"], row["result"]) for row in rows] == [
        ("2", "created"), ("3", "kept"), ("3", "noted"), ("3", "noted"), ("4", "refused"), ("4", "refused"),
        ("2", "not read"), ("", "noted"), ("", "missing"),
    ]  # fmt: skip
    assert [row["column"] for row in rows[4:7]] == ["Что", "Где", "Ещё"]
    assert rows[6]["value"] == "x" * 90
    assert rows[-1]["id"] == "old"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_remarks_of_rows_are_added_up():
    total, one = Remarks(), Remarks()
    one.unmapped["a", "x"] += 1
    one.notes.append((1, Note("a", "b")))
    total.add(one)
    total.add(one)
    assert total.unmapped == {("a", "x"): 2}
    assert len(total.notes) == 2


def test_values_are_shown_as_they_stand_in_the_file():
    assert [shown(value) for value in (None, "x", 7, True, {"я": [1]})] == ["", "x", "7", "true", '{"я": [1]}']
