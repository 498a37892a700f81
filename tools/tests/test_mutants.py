"""How a module is changed in one place, and how everybody who holds something of it comes to hold the change."""

from __future__ import annotations

import ast
import itertools
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from tools.mutants.__main__ import forked, is_among, is_told_by_passages
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


@pytest.mark.parametrize(
    ("code", "is_told"),
    [
        ("def f(): ...", True),
        ("@property\ndef f(self): ...", True),
        ("@cache\ndef f(): ...", False),
        ("@functools.lru_cache(maxsize=9)\ndef f(): ...", False),
        ("x = 1", False),
    ],
)
def test_what_remembers_its_answer_is_judged_by_every_test(code: str, is_told: bool) -> None:
    assert is_told_by_passages(ast.parse(code).body[0]) is is_told


@pytest.mark.parametrize(
    ("test", "is_one"),
    [
        ("a/test_b.py::test_c", True),
        ("a/test_b.py::test_c[x]", True),
        ("a/test_b.py::test_cd", False),
        ("a/test_bc.py::test_c", False),
        ("a/test_e.py::TestF::test_g", True),
    ],
)
def test_a_module_is_judged_by_whole_files_or_by_tests_of_them(test: str, is_one: bool) -> None:
    assert is_among(test, ["a/test_b.py::test_c", "a/test_e.py"]) is is_one


def test_a_copy_answers_or_is_ended() -> None:
    assert forked(lambda: "answer") == "answer"
    assert forked(lambda: 1 / 0) is None
    assert forked(lambda: [n for n in itertools.count() if n < 0], seconds=0.1) is None


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
