"""How the tests are dealt out to workers: whole lines, and the longest first."""

import pytest

from conftest import LONG, TOGETHER, line_of
from tools.local.paths import ROOT


@pytest.mark.parametrize("start", [*(start for line in TOGETHER for start in line), *LONG])
def test_what_is_named_is_there(start):
    assert (ROOT / start).exists()


@pytest.mark.parametrize(
    ("test", "line"),
    [
        ("e2e/members/test_excel.py::test_a", "e2e/"),
        ("e2e/reading/test_pages.py::test_a[ru]", "e2e/reading/test_pages.py"),
        ("e2e/reading/test_directions.py::test_a", "e2e/reading/test_pages.py"),
        ("core/tests/test_clock.py::test_a[core::b]", "core/tests/test_clock.py"),
        ("core/tests/test_clock.py::TestA::test_b", "core/tests/test_clock.py"),
    ],
)
def test_a_line_is_taken_as_a_whole(test, line):
    assert line_of(test) == line
