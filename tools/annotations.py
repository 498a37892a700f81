"""How many annotations of each room hold `Any`, which says nothing: `python -m tools.annotations [ROOM…]`."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.local.paths import ROOT
from tools.local.shell import say

NOT_PRODUCT = frozenset({"tests", "migrations", "fixtures", "conftest.py"})


@dataclass(frozen=True)
class Tally:
    annotations: int = 0
    with_any: int = 0

    @property
    def share(self) -> float:
        return self.with_any / self.annotations if self.annotations else 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.annotations + other.annotations, self.with_any + other.with_any)


def rooms(root: Path = ROOT) -> list[str]:
    """The packages at the root that hold the product."""
    packages = sorted(path.parent.name for path in root.glob("*/__init__.py"))
    return [name for name in packages if name not in ("e2e", "fixtures")]


def product_files(room: str, root: Path = ROOT) -> list[Path]:
    """Without tests and migrations, which have rules of their own."""
    found = sorted((root / room).rglob("*.py"))
    return [path for path in found if not NOT_PRODUCT.intersection(path.relative_to(root).parts)]


def annotations_in(tree: ast.AST) -> Iterator[ast.expr]:
    """Of parameters, returns and variables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            yield node.annotation
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is not None:
            yield node.returns


def holds_any(annotation: ast.expr) -> bool:
    for node in ast.walk(annotation):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if holds_any(ast.parse(node.value, mode="eval").body):
                return True
        elif "Any" in (getattr(node, "id", ""), getattr(node, "attr", "")):
            return True
    return False


def tally(source: str) -> Tally:
    found = list(annotations_in(ast.parse(source)))
    return Tally(len(found), sum(map(holds_any, found)))


def tally_of(room: str, root: Path = ROOT) -> Tally:
    return sum((tally(path.read_text()) for path in product_files(room, root)), Tally())


def main(arguments: list[str]) -> None:
    counted = {room: tally_of(room) for room in arguments or rooms()}
    for room, each in [*counted.items(), ("all", sum(counted.values(), Tally()))]:
        say(f"{room:<14} {each.annotations:>6} annotations, {each.with_any:>4} with Any, {each.share:>6.1%}")


if __name__ == "__main__":
    main(sys.argv[1:])
