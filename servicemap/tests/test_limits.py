"""Files and functions stay short enough to be read whole (CONTRIBUTING.md).

Whoever needs more says why: `# long: reason` in the first lines of the file, or on the line of the function's `def`
or the one above it.
"""

from __future__ import annotations

import ast
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
FILE, FUNCTION, SCRIPT = 350, 30, 200
REASON = re.compile(r"(#|//|/\*) long: \w+ \w+")
#: So many modules lie in one room, beside those that Django and Python look for by name.
ROOM = 12
BY_NAME = frozenset({"__init__", "__main__", "admin", "apps", "conftest", "forms", "models", "tasks", "urls", "views"})
#: Rooms that may hold more, and why.
FLAT = {
    "bench": "a measurement each, run by its name",
    "servicemap/processing": "a register with a page for each room",
    "servicemap/settings": "a subject of settings each",
    "tools/local": "stands alone; a step of the two commands each",
    "verification/models": "a table each",
    # These grow slowly, and nobody has found a cut that tells more than their names.
    "messaging": "what a letter goes through",
    "reading": "an answer to readers each",
    "reading/presenters": "a part of a page each",
    "simulation": "who acts in the simulated year",
    "workspace/coordination/views": "a desk each",
}
NOT_OURS = frozenset({"var", "node_modules", ".venv", ".git", "vendor", "migrations", "build", "staticfiles"})


def _files(*endings: str) -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(set(folders) - NOT_OURS)
        yield from (Path(folder) / name for name in sorted(names) if name.endswith(endings))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def long_file(text: str, limit: int) -> bool:
    lines = text.splitlines()
    return len(lines) > limit and not any(REASON.search(line) for line in lines[:10])


def long_functions(source: str) -> list[str]:
    """Names of those over the limit, from `def` to the last line, decorators apart."""
    lines = source.splitlines()
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        size = (node.end_lineno or node.lineno) - node.lineno + 1
        head = lines[max(node.lineno - 2, 0) : node.body[0].lineno]
        if size > FUNCTION and not any(REASON.search(line) for line in head):
            found.append(f"{node.name}, {size} lines")
    return found


def test_files_are_short() -> None:
    long = {_name(path) for path in _files(".py") if long_file(path.read_text(), FILE)}
    assert not long, f"over {FILE} lines without a reason"


def test_scripts_are_short() -> None:
    scripts = list(_files(".js", ".mjs"))
    long = {_name(path) for path in scripts if long_file(path.read_text(), SCRIPT)}
    assert scripts
    assert not long, f"over {SCRIPT} lines without a reason"


def test_functions_are_short() -> None:
    long = {_name(path): bad for path in _files(".py") if (bad := long_functions(path.read_text()))}
    assert not long, f"over {FUNCTION} lines without a reason"


def test_rooms_are_cut_into_wings() -> None:
    elsewhere = {"tests", "commands", "e2e"}
    ours = (path for path in _files(".py") if path.stem not in BY_NAME and not elsewhere & set(path.parts))
    modules = Counter(_name(path.parent) for path in ours)
    assert {name for name, found in modules.items() if found > ROOM} == set(FLAT)


@pytest.mark.parametrize("reason", ["", "# long:", "# long: yes", "# it is long"])
def test_an_exception_gives_its_reason(reason: str) -> None:
    body = "    pass\n" * FUNCTION
    assert long_functions(f"{reason}\ndef much():\n{body}") == ["much, 31 lines"]
    assert not long_functions(f"# long: one statement of SQL\ndef much():\n{body}")
    assert long_file(f"{reason}\n" * 2, 1) and not long_file("# long: one table\n" * 2, 1)
