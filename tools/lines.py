"""How many lines of tests stand beside those of the product: `python -m tools.lines`.

Room by room, without migrations; browser journeys count for the house, scripts without what others wrote.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.annotations import rooms
from tools.local.paths import ROOT
from tools.local.shell import say


@dataclass(frozen=True)
class Lines:
    product: int = 0
    tests: int = 0

    @property
    def share(self) -> float:
        return self.tests / self.product if self.product else 0.0

    def __add__(self, other: "Lines") -> "Lines":
        return Lines(self.product + other.product, self.tests + other.tests)


def lines_of(paths: Iterable[Path], root: Path = ROOT) -> Lines:
    """What lies in a folder `tests`, or below `e2e`, is a test."""
    total = Lines()
    for path in paths:
        parts = path.relative_to(root).parts
        if "migrations" not in parts:
            count = len(path.read_text(encoding="utf-8").splitlines())
            is_test = "tests" in parts or parts[0] == "e2e"
            total += Lines(tests=count) if is_test else Lines(product=count)
    return total


def main() -> None:
    found = {room: lines_of((ROOT / room).rglob("*.py")) for room in rooms()}
    found["all"] = sum([*found.values(), lines_of((ROOT / "e2e").rglob("*.py"))], Lines())
    found["scripts"] = lines_of(path for ending in ("js", "mjs") for path in (ROOT / "static/js").rglob(f"*.{ending}"))
    for name, lines in found.items():
        say(f"{name:<14} {lines.product:>6} lines, {lines.tests:>6} of tests, {lines.share:>5.2f}")


if __name__ == "__main__":
    main()
