"""The judged pairs: how well the rule of likeness agrees with people. `bin/manage judge_duplicates` prints it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypedDict, cast

from django.conf import settings

from verification.duplicates.likeness import Likeness, Sketch, compare

PAIRS = settings.BASE_DIR / "fixtures" / "duplicates" / "pairs.jsonl"


_SETS = {"types", "groups", "phones", "handles", "mails", "sites"}
#: One side of a pair as the file has it: the fields of a `Sketch`, sets and tuples as lists.
PairSide = dict[str, object]


class JudgedRow(TypedDict):
    case: str
    same: bool
    one: PairSide
    other: PairSide


@dataclass(frozen=True)
class JudgedPair:
    """One pair, what people say of it, and what the rule says."""

    case: str
    names: str
    same: bool
    found: Likeness

    @property
    def agrees(self) -> bool:
        return self.same == self.found.is_likely


def rows() -> list[JudgedRow]:
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def judged() -> Iterator[JudgedPair]:
    for row in rows():
        one, other = sketch_from(row["one"]), sketch_from(row["other"])
        yield JudgedPair(row["case"], f"{one.names[0]} ~ {other.names[0]}", row["same"], compare(one, other))


def precision_and_recall(pairs: list[JudgedPair]) -> tuple[float, float]:
    right = sum(pair.same and pair.found.is_likely for pair in pairs)
    said = sum(pair.found.is_likely for pair in pairs)
    there = sum(pair.same for pair in pairs)
    return right / max(said, 1), right / max(there, 1)


def sketch_from(given: PairSide) -> Sketch:
    made = {name: _kept(name, value) for name, value in given.items()}
    return Sketch(**cast("dict[str, Any]", made))


def _kept(name: str, value: object) -> object:
    if not isinstance(value, list):
        return value
    return frozenset(value) if name in _SETS else tuple(value)
