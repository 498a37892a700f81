"""How a module is changed in one place, and how everybody who holds something of it comes to hold the change."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from tools.mutants.making import lay_over, mutants_of

# The name stands nowhere else: a change reaches whoever holds the same object under the same name.
CODE = '''"""A module that decides."""

MOST_IN_THIS_TEST = 3


def may(count: int) -> bool:
    """Whether one more fits."""
    return count < MOST_IN_THIS_TEST
'''


def changes(code: str) -> set[str]:
    return {mutant.change for mutant in mutants_of(code)}


def test_each_mutant_is_the_module_with_one_change() -> None:
    found = {mutant.change: mutant for mutant in mutants_of(CODE)}
    mutant = found["return count < MOST_IN_THIS_TEST → return count <= MOST_IN_THIS_TEST"]
    assert mutant.line == 8
    assert mutant.source == CODE.replace("count < MOST_IN_THIS_TEST", "count <= MOST_IN_THIS_TEST")


def test_tables_are_changed_too() -> None:
    assert "MOST_IN_THIS_TEST = 3 → MOST_IN_THIS_TEST = 4" in changes(CODE)


@pytest.mark.parametrize(
    "line",
    ["def f(x):\n    assert x > 1\n", 'WORDS = _("Too many")\n', 'RowT = TypeVar("RowT", bound=3)\n'],
)
def test_what_only_a_reader_or_the_type_checker_reads_is_left_alone(line: str) -> None:
    assert not {change for change in changes(line) if not change.endswith("= None")}


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ModuleType, ModuleType]]:
    """A module that decides, and one that holds its function under its name and in a table."""
    (tmp_path / "decides.py").write_text(CODE)
    (tmp_path / "asks.py").write_text("from decides import MOST_IN_THIS_TEST, may\n\nTABLE = {'may': may}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield import_module("decides"), import_module("asks")
    for name in ("asks", "decides"):
        sys.modules.pop(name)


def test_a_change_reaches_whoever_imported_what_changed(loaded: tuple[ModuleType, ModuleType]) -> None:
    decides, asks = loaded
    lay_over("decides", CODE.replace("count < MOST_IN_THIS_TEST", "count > MOST_IN_THIS_TEST"))
    assert [decides.may(4), asks.may(4), asks.TABLE["may"](4)] == [True, True, True]
    assert sys.modules["decides"] is decides


def test_a_changed_table_is_seen_by_the_functions_beside_it(loaded: tuple[ModuleType, ModuleType]) -> None:
    decides, asks = loaded
    lay_over("decides", CODE.replace("MOST_IN_THIS_TEST = 3", "MOST_IN_THIS_TEST = 9"))
    assert (decides.MOST_IN_THIS_TEST, asks.MOST_IN_THIS_TEST) == (9, 9)
    assert decides.may(5)
