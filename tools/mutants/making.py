"""The mutants of a module: mutmut's operators, also where mutmut makes none, in tables and in decorated functions."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import FunctionType, ModuleType

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper
from mutmut.mutation.file_mutation import MutationVisitor, deep_replace
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

#: Names of types are written like those of classes.
_OF_A_TYPE = m.AssignTarget(m.Name(m.MatchRegex("[A-Z][A-Za-z]*[a-z][A-Za-z]*")))


@dataclass(frozen=True)
class Mutant:
    """A module with one change: the number of the first line that differs, and "lines before → lines after"."""

    source: str
    line: int
    change: str


class _Places(MutationVisitor):
    """Where something is changed: not in what only the type checker or a translator reads."""

    def on_visit(self, node: cst.CSTNode) -> bool:
        if m.matches(node, m.Call(func=m.Name("cast"))):
            cst.ensure_type(node, cst.Call).args[1].visit(self)
            return False
        return super().on_visit(node)

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef):
            return False
        unread = m.Assert() | m.Call(func=m.Name("_")) | m.Assign(targets=[_OF_A_TYPE])
        return m.matches(node, unread) or super()._skip_node_and_children(node)


def mutants_of(code: str) -> Iterator[Mutant]:
    wrapper = MetadataWrapper(cst.parse_module(code))
    places = _Places(mutation_operators, IgnoredCode(set(), set(), set()))
    wrapper.visit(places)
    old = code.splitlines()
    for mutation in places.mutations:
        module = deep_replace(wrapper.module, mutation.original_node, mutation.mutated_node)
        source = cst.ensure_type(module, cst.Module).code  # type: ignore[arg-type]  # it replaces a part of a module
        new = source.splitlines()
        at = next((n for n, (was, now) in enumerate(zip(old, new, strict=False)) if was != now), None)
        if at is not None:
            most = min(len(old), len(new)) - at - 1
            end = next(n for n in range(most + 1) if n == most or old[-n - 1] != new[-n - 1])
            was, now = (" ".join(line.strip() for line in lines[at : len(lines) - end]) for lines in (old, new))
            yield Mutant(source, at + 1, f"{was} → {now}")


def lay_over(name: str, source: str) -> None:
    """Let everybody who holds something of the loaded module hold what the changed source says instead."""
    old, new = sys.modules[name], ModuleType(name)
    new.__file__ = old.__file__
    sys.modules[name] = new  # a dataclass looks its module up while it is made
    exec(compile(source, str(old.__file__), "exec"), vars(new))  # noqa: S102  (our own module, changed in one place)
    sys.modules[name] = old
    moved = {key: (was, vars(new)[key]) for key, was in vars(old).items() if key in vars(new) and key[:2] != "__"}
    for key, (was, now) in moved.items():
        if was is now:
            continue
        if isinstance(was, FunctionType) and isinstance(now, FunctionType):  # a table of another module may hold it
            was.__code__, was.__defaults__, was.__kwdefaults__ = now.__code__, now.__defaults__, now.__kwdefaults__
        for module in list(sys.modules.values()):
            if getattr(module, "__dict__", {}).get(key) is was:
                setattr(module, key, now)
