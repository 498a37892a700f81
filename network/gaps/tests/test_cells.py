"""How a cell stands, without a database: the rule of `cells`, in its order."""

import datetime as dt

import pytest

from network.gaps.cells import UNKNOWN, GapCell, Matrix, _countries, _words
from network.gaps.matrix import GROUP, LANGUAGE, NOTHING, CellKey, Listed
from network.gaps.models.words import CellState
from network.gaps.sources import AbsenceTold

KIND, HERE, THERE, WOMEN = "prep", "GE", "PL", "women"


def told(country=HERE, group="", day=1):
    return AbsenceTold(KIND, country, group, dt.date(2026, 6, day), "org", "by phone")


def table(axis=GROUP, rows=(), words=(), *, forbids=False):
    forbidden = {(KIND, HERE): "topic"} if forbids else {}
    return Matrix(axis, [KIND], [HERE, THERE], [WOMEN], dict(rows), forbidden, _words(words))


@pytest.mark.parametrize(("listed", "forbids", "looked", "state"), [
    (Listed(2, 1), True, True, CellState.YES),
    (Listed(2, 0), False, False, CellState.THIN),  # two, and neither is good
    (Listed(1, 1), False, False, CellState.THIN),  # a good one, and nobody beside it
    (Listed(1, 0), True, True, CellState.THIN),
    (NOTHING, True, True, CellState.IMPOSSIBLE),
    (NOTHING, False, True, CellState.NONE),
    (NOTHING, False, False, CellState.UNKNOWN),
])  # fmt: skip
def test_what_is_listed_comes_first_then_what_is_forbidden_then_who_has_looked(listed, forbids, looked, state):
    cell = table(rows={CellKey(KIND, HERE): listed}, words=[told()] if looked else [], forbids=forbids).cell(KIND, HERE)
    assert (cell.state, cell.listed) == (state, listed)
    assert cell.fact == ("topic" if forbids else ""), "a fact is told also beside a listing that there is all the same"
    assert cell.word == (told() if state == CellState.NONE else None), "a word is told where nothing else is known"


def test_of_other_cells_nothing_is_taken():
    cells = table(rows={CellKey(KIND, HERE): Listed(2, 2)}, forbids=True)
    assert cells.cell(KIND, THERE) == cells.cell("other", HERE) == UNKNOWN == GapCell(CellState.UNKNOWN, NOTHING)
    assert cells.cell(KIND, HERE, WOMEN) == GapCell(CellState.IMPOSSIBLE, NOTHING, "topic"), "a law is for every group"


def test_a_word_about_everybody_is_one_about_each_group_and_language():
    assert table(words=[told()]).cell(KIND, HERE, WOMEN).word == told()
    assert table(LANGUAGE, words=[told()]).cell(KIND, HERE, "ru").state == CellState.NONE


def test_a_word_about_a_group_is_none_about_everybody_or_a_language_of_that_name():
    of_women = told(group=WOMEN)
    assert table(words=[of_women]).cell(KIND, HERE, WOMEN) == GapCell(CellState.NONE, NOTHING, "", of_women)
    assert table(words=[of_women]).cell(KIND, HERE) == UNKNOWN
    assert table(LANGUAGE, words=[of_women]).cell(KIND, HERE, WOMEN) == UNKNOWN
    assert table(words=[of_women, told()]).cell(KIND, HERE, WOMEN).word == told(), "the wider word is told"


def test_of_two_words_the_newer_is_told_in_whatever_order_they_come():
    first, second = told(day=1), told(day=2)
    for both in ([first, second], [second, first]):
        assert table(words=both).cell(KIND, HERE).word == second


@pytest.mark.parametrize(("here", "there", "weaker"), [
    (Listed(2, 1), Listed(1, 1), CellState.THIN), (Listed(1, 0), Listed(2, 2), CellState.THIN),
    (Listed(2, 1), NOTHING, CellState.UNKNOWN), (Listed(2, 1), Listed(3, 3), CellState.YES),
])  # fmt: skip
def test_a_way_stands_as_its_weaker_end(here, there, weaker):
    rows = {CellKey(KIND, HERE): here, CellKey(KIND, THERE): there}
    assert table(rows=rows).way(KIND, HERE, THERE).state == table(rows=rows).way(KIND, THERE, HERE).state == weaker


def test_what_is_forbidden_at_one_end_is_impossible_for_the_way():
    cells = table(rows={CellKey(KIND, THERE): Listed(2, 2)}, forbids=True)
    assert cells.way(KIND, HERE, THERE).state == CellState.IMPOSSIBLE


def test_a_country_outside_the_network_has_a_column_only_where_something_is_listed():
    ours = _countries({})
    assert HERE in ours and "ZZ" not in ours
    assert _countries({CellKey(KIND, "ZZ"): NOTHING, CellKey(KIND, "XX"): NOTHING, CellKey(KIND, HERE): NOTHING}) == [
        *ours, "XX", "ZZ"
    ]  # fmt: skip
