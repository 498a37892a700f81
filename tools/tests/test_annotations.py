"""Counting what annotations say."""

from pathlib import Path

import pytest

from tools import annotations
from tools.annotations import Tally, product_files, rooms, tally, tally_of


@pytest.mark.parametrize(
    ("source", "counted"),
    [
        ("x = 1", Tally(0, 0)),
        ("x: int = 1", Tally(1, 0)),
        ("x: Any", Tally(1, 1)),
        ("x: dict[str, list[Any]]", Tally(1, 1)),
        ("x: typing.Any", Tally(1, 1)),
        ("x: 'dict[str, Any]'", Tally(1, 1)),
        ("x: Literal['Anything']", Tally(1, 0)),
        ("def f(a, b: int, *c: Any, d: str = '', **e: object) -> None: ...", Tally(5, 1)),
        ("def f(self) -> Callable[..., Any]: ...", Tally(1, 1)),
        ("async def f(a: Any) -> Any: ...", Tally(2, 2)),
        ("class A:\n    x: Any\n    def f(self, y: int): ...", Tally(2, 1)),
        ("f = lambda x: Any", Tally(0, 0)),
    ],
)
def test_what_is_counted(source: str, counted: Tally) -> None:
    assert tally(source) == counted


def test_the_share_of_a_room_without_annotations_is_nothing() -> None:
    assert Tally().share == 0
    assert (Tally(3, 1) + Tally(1, 0)).share == 0.25


def test_only_the_product_is_read(tmp_path: Path) -> None:
    for name in ("models.py", "views/desk.py", "tests/test_desk.py", "migrations/0001_desk.py", "conftest.py"):
        path = tmp_path / "room" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x: Any\n")
    (tmp_path / "room" / "__init__.py").touch()
    names = [str(path.relative_to(tmp_path / "room")) for path in product_files("room", tmp_path)]
    assert names == ["__init__.py", "models.py", "views/desk.py"]
    assert rooms(tmp_path) == ["room"]
    assert tally_of("room", tmp_path) == Tally(2, 2)


def test_every_room_of_the_house_is_known_and_the_sum_stands_last(capsys: pytest.CaptureFixture[str]) -> None:
    assert {"core", "verification", "servicemap", "tools"} <= set(rooms())
    assert "e2e" not in rooms()
    annotations.main(["core", "tools"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["core", "tools", "all"]
