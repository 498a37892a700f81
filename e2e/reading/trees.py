"""The accessibility tree of a page as text that is kept: roles, names of ours, states; of what people wrote “…”.

What repeats is one line: rows and cards of one shape stand once, so that another day and another number of places
change nothing.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import polib

_LINE = re.compile(r'^( *)- (?:(text): (.*)|(/\w+): .*|([\w-]+)(?: "((?:[^"\\]|\\.)*)")?([^:"]*):?(?: (.*))?)$')
#: Of these only shapes are kept where people wrote them, each once, in no order.
REPEAT = frozenset({"article", "listitem", "row", "option", "term", "definition", "paragraph", "text"})

#: What stands in these is always a value.
THEIRS = frozenset({"definition", "cell", "strong"})


@dataclass(order=True)
class Node:
    said: str
    inside: list[Node] = field(default_factory=list)

    def lines(self, depth: int = 0) -> list[str]:
        found = [f"{'  ' * depth}- {self.said}"]
        for one in self.inside:
            found += one.lines(depth + 1)
        return found


def tree(snapshot: str, is_ours: Callable[[str], bool]) -> str:
    """Of Playwright's `aria_snapshot`. `is_ours` tells a string of the product from what somebody wrote."""
    top = Node("page")
    stack: list[tuple[int, Node]] = [(-1, top)]
    for line in snapshot.splitlines():
        found = _LINE.match(line.replace("'", "") if line.lstrip().startswith("- '") else line)
        if found is None or found[4]:
            continue
        depth = len(found[1])
        node = Node(_said(found, is_ours))
        while stack[-1][0] >= depth:
            stack.pop()
        stack[-1][1].inside.append(node)
        stack.append((depth, node))
    _fold(top)
    return "\n".join(line for one in top.inside for line in one.lines()) + "\n"


def _said(found: re.Match[str], is_ours: Callable[[str], bool]) -> str:
    def ours(words: str) -> str:
        if found[5] in THEIRS:
            return "…"
        words = words.strip().strip('"').replace('\\"', '"')
        return f'"{words}"' if is_ours(words) else "…"

    if found[2]:
        return f"text {ours(found[3])}"
    parts = [found[5]]
    if found[6] is not None:
        parts.append(ours(found[6]))
    parts += [state for state in re.findall(r"\[[^\]]*\]", found[7]) if "active" not in state]
    if found[8]:
        parts.append(ours(found[8]))
    return " ".join(parts)


def _fold(node: Node) -> None:
    for one in node.inside:
        _fold(one)
    kept: list[Node] = []
    for role, group in _runs(node.inside):
        is_theirs = any("…" in line for one in group for line in one.lines())
        kept += sorted(_shapes(group)) if role in REPEAT and is_theirs else group
    node.inside = [one for one, before in zip(kept, [None, *kept], strict=False) if one != before]


def _runs(nodes: list[Node]) -> list[tuple[str, list[Node]]]:
    found: list[tuple[str, list[Node]]] = []
    for node in nodes:
        role = node.said.split(" ", 1)[0]
        if found and found[-1][0] == role:
            found[-1][1].append(node)
        else:
            found.append((role, [node]))
    return found


def _shapes(nodes: list[Node]) -> list[Node]:
    return list({"\n".join(node.lines()): node for node in nodes}.values())


@cache
def _catalogue() -> frozenset[str]:
    """All that the product says in Russian without a value in it."""
    found: set[str] = set()
    for entry in polib.pofile(str(CATALOGUE)):
        for words in (entry.msgstr, *entry.msgstr_plural.values()):
            if words and "%(" not in words:
                found.add(" ".join(words.split()))
    return frozenset(found)


def _is_russian_of_ours(words: str) -> bool:
    return " ".join(words.split()) in _catalogue()


def _is_mirrored(words: str) -> bool:
    """The made-up language marks each of its words."""
    return "\u202e" in words and not re.search(r"\w", _MIRRORED.sub("", words))


_MIRRORED = re.compile("\u202e[^\u202c]*\u202c")
OURS: dict[str, Callable[[str], bool]] = {"ru": _is_russian_of_ours, "ar-xb": _is_mirrored}
CATALOGUE = Path(__file__).parents[2] / "locale/ru/LC_MESSAGES/django.po"
KEPT = Path(__file__).parent / "kept_trees"


def differs(language: str, path: str, told: str) -> str:
    """What changed since the kept text, as lines of a diff; with TREES=renew it is written anew and nothing differs."""
    name = re.sub(r"[^a-z0-9]+", "-", path).strip("-") or "home"
    kept = KEPT / language / f"{name}.txt"
    told = told.replace("\u202e", "").replace("\u202c", "")
    if os.environ.get("TREES") == "renew":
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(told, encoding="utf-8")
        return ""
    before = kept.read_text(encoding="utf-8") if kept.exists() else ""
    rows = difflib.unified_diff(before.splitlines(), told.splitlines(), f"kept {path}", f"now {path}", lineterm="", n=1)
    return "\n".join(rows)
