"""Titles and groups above the names of columns, as people make tables."""

import io

import pytest
from openpyxl import Workbook

from exchange.foreign.reading import read_list
from exchange.importing.reading.heads import head_of
from exchange.importing.reading.rows import MAIN

NAMES = ["№", "Организация", "Услуга", "Город", "Телефон"]
ROWS = [[str(n), "Дом", f"Тест {n}", "Тбилиси", f"+995 32 212 34 5{n}"] for n in range(1, 6)]


def padded(*cells):
    return [*cells, *[""] * (5 - len(cells))]


@pytest.mark.parametrize(
    ("above", "line", "columns", "left"),
    [
        ([], 0, NAMES, ()),
        ([padded("Список партнёров, ноябрь")], 1, NAMES, (0,)),
        ([padded("Список"), padded("", "Кто", "", "Где")], 2, NAMES, (0, 1)),
        ([padded("обновлено", "12.11.2026")], 1, NAMES, (0,)),
    ],
)
def test_the_head_is_found_below_titles_and_groups(above, line, columns, left):
    found = head_of([*above, NAMES, *ROWS])
    assert (found.line, list(found.columns), found.above) == (line, columns, left)


def test_names_of_merged_cells_are_taken_of_the_upper_line():
    upper = ["№", "Организация", "Услуга", "Где", ""]
    lower = ["", "", "", "Город", "Телефон"]
    found = head_of([padded("Список"), upper, lower, *ROWS])
    assert (found.line, list(found.columns), found.above) == (2, NAMES, (0,))


@pytest.mark.parametrize(
    "lines",
    [
        [NAMES],
        [["Услуга"], ["Тест"], ["Юрист"]],
        [["a", "b", "", "", ""], *ROWS],
        [["Название", "Город", "Комментарий", "Комментарий"], *[["Мост", "Тбилиси", "есть", "нет"]] * 3],
        [["Название", "Город", "2024"], *[["Мост", "Тбилиси", "есть"]] * 3],
        [["Название", "Город", "", "2024"], *[["Мост", "Тбилиси", "вход со двора", "есть"]] * 3],
        [["Услуга", "Город", "", "Телефон"], ["Тест", "Тбилиси", "вход со двора", "+995 32 2123456"]],
    ],
)
def test_without_a_better_line_the_first_one_is_the_head(lines):
    assert head_of(lines).line == 0


def test_a_word_beside_a_day_is_a_title_of_a_narrow_table_too():
    assert head_of([["обновлено", "12.11.2026"], ["Услуга", "Город", "Телефон"], *[["Тест", "Ош", "x"]] * 3]).line == 1


def workbook(lines, merged=()):
    book = Workbook()
    for line in lines:
        book.active.append([cell or None for cell in line])
    for area in merged:
        book.active.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out


def test_a_workbook_with_a_title_and_a_table_of_text_are_read_alike():
    lines = [padded("Список партнёров"), [""] * 5, padded("", "Кто", "", "Где"), NAMES, *ROWS]
    text = io.BytesIO("\n".join(";".join(line) for line in lines).encode())
    for name, file in (("a.xlsx", workbook(lines, ["A1:E1", "B3:C3", "D3:E3"])), ("a.csv", text)):
        source = read_list(name, file, 10)
        assert source.columns == tuple(NAMES), name
        assert [row.number for row in source.rows] == [5, 6, 7, 8, 9], name
        assert [row.parts[MAIN]["Услуга"] for row in source.rows][:2] == ["Тест 1", "Тест 2"], name
        assert any("Список партнёров" in note and "Кто" in note for note in source.notes), name
