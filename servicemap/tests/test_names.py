"""Each name means one thing: no two classes of the product share theirs."""

from __future__ import annotations

import ast
from collections import defaultdict

from tools.annotations import product_files, rooms

#: Names that Django asks for.
OF_THE_FRAMEWORK = {"Meta", "Command"}


def test_no_two_classes_have_one_name():
    found = defaultdict(set)
    for room in rooms():
        for path in product_files(room):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and node.name not in OF_THE_FRAMEWORK:
                    found[node.name].add(f"{path.parent.name}/{path.name}")
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
