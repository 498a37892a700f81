"""Who knows whom inside a room, how many lines are tests, and the bounds that the house keeps of what is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import annotations as said
from tools import arrows, lines
from tools.arrows import arrows_of, circle_in, imports_of
from tools.lines import Lines, lines_of

ROOM = {
    "__init__.py": "",
    "state.py": "from room.letters import ladder\nimport os\n",
    "dates.py": "def f():\n    from room import state\n    return state\n",
    "letters/__init__.py": "",
    "letters/ladder.py": "from room.letters.steps import Step\n",
    "letters/steps.py": "import room.dates\n",
    "tests/test_state.py": "import room.dates\n",
    "migrations/0001_first.py": "import room.dates\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, source in ROOM.items():
        path = tmp_path / "room" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    return tmp_path


def test_wings_and_modules_at_the_root_are_counted_once_for_each_pair(root: Path) -> None:
    assert arrows_of("room", root) == {
        ("room.state", "room.letters"),
        ("room.dates", "room.state"),
        ("room.letters", "room.dates"),
    }


def test_a_name_and_the_module_that_it_comes_from_are_both_told() -> None:
    assert list(imports_of("import a.b\nfrom a import c\nfrom . import d\n")) == ["a.b", "a.c", "a"]


@pytest.mark.parametrize(
    ("found", "on_it"),
    [
        (set(), []),
        ({("a", "b"), ("b", "c"), ("a", "c")}, []),
        ({("a", "b"), ("b", "a")}, ["a", "b"]),
        ({("x", "a"), ("a", "b"), ("b", "c"), ("c", "a"), ("c", "y")}, ["a", "b", "c"]),
    ],
)
def test_a_circle_is_found_and_what_only_leads_to_it_is_not(found: set[arrows.Arrow], on_it: list[str]) -> None:
    assert circle_in(found) == on_it


def test_lines_of_tests_are_those_in_a_folder_of_tests(root: Path) -> None:
    assert lines_of((root / "room").rglob("*.py"), root) == Lines(7, 1)
    assert Lines(4, 1).share == 0.25
    assert Lines(0, 1).share == 0


def test_both_tell_a_line_for_each_room(capsys: pytest.CaptureFixture[str]) -> None:
    arrows.main(["verification"])
    lines.main()
    told = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert told == ["verification", *said.rooms(), "all", "scripts"]


# --- what the house keeps -------------------------------------------------------------------------------------------


def test_wings_of_the_largest_room_know_few_others_and_nobody_in_a_circle() -> None:
    found = arrows_of("verification")
    assert len(found) <= 70
    assert circle_in(found) == []


def test_hardly_an_annotation_says_nothing() -> None:
    total = sum((said.tally_of(room) for room in said.rooms()), said.Tally())
    assert total.share <= 0.03
