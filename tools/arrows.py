"""Who knows whom inside a room: `python -m tools.arrows [ROOM…]`.

A wing (a package below the room's root) counts as one, a module at the root as one. An arrow leads from whoever imports
to whoever is imported, inside functions too. A circle would mean that neither can be read without the other.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.annotations import product_files, rooms
from tools.local.paths import ROOT
from tools.local.shell import say

Arrow = tuple[str, str]


def modules_of(room: str, root: Path = ROOT) -> dict[str, Path]:
    """Every module of a room by its full name."""
    return {_name(path.relative_to(root)): path for path in product_files(room, root)}


def _name(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def imports_of(source: str) -> Iterator[str]:
    """Names of what is imported: `a.b` and, where it may be a module, `a.b.c` for `from a.b import c`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield f"{node.module}.{alias.name}"
                yield node.module


def arrows_of(room: str, root: Path = ROOT) -> set[Arrow]:
    """Between the wings and the modules at the root of a room."""
    modules = modules_of(room, root)
    pairs = ((_part(name), _part(found)) for name in modules for found in _known(modules, name))
    return {(here, there) for here, there in pairs if here != there}


def _known(modules: dict[str, Path], name: str) -> Iterator[str]:
    """The modules that one imports; the package itself does not count where a module of it is meant."""
    found = {other for other in imports_of(modules[name].read_text(encoding="utf-8")) if other in modules}
    return (other for other in found if not any(longer.startswith(f"{other}.") for longer in found))


def _part(name: str) -> str:
    return ".".join(name.split(".")[:2])


def circle_in(arrows: set[Arrow]) -> list[str]:
    """Everybody who stands on a circle, or leads into one and out of it again; nobody where there is none."""
    left = set(arrows)
    while True:
        starts, ends = {here for here, _there in left}, {there for _here, there in left}
        inside = {arrow for arrow in left if arrow[0] in ends and arrow[1] in starts}
        if inside == left:
            return sorted(starts & ends)
        left = inside


def main(arguments: list[str]) -> None:
    for room in arguments or rooms():
        arrows = arrows_of(room)
        parts = {_part(name) for name in modules_of(room)} - {room}
        circle = ", ".join(circle_in(arrows)) or "no circle"
        say(f"{room:<14} {len(parts):>4} wings and modules at the root, {len(arrows):>4} arrows, {circle}")


if __name__ == "__main__":
    main(sys.argv[1:])
