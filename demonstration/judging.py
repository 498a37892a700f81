"""How well words find what people mean: judged queries over the demonstration network.

A query is judged by kinds, not by ids, which are random: a listing fits that is of one of `kinds` (types or groups),
in `country` where the query names one and somebody there offers it. A query for a kind whose addresses are not shown
(`hidden`) is answered when the answer says who takes people there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired, TypedDict

from django.conf import settings

from directory.asking.filters import Filters
from directory.asking.queries import matching
from reading.answers import search_answer
from reading.asked import Asked

FILE = settings.BASE_DIR / "bench" / "search" / "queries.json"
#: In languages whose words nobody has checked yet; a query's class is its language.
SPOKEN = settings.BASE_DIR / "bench" / "search" / "spoken.json"
_TOP = 10
_SEEN_AT_ONCE = 5
_ZOOM = 4
Query = TypedDict("Query", {"q": str, "class": str, "kinds": list[str], "country": NotRequired[str],
                            "hidden": NotRequired[bool]})  # fmt: skip


@dataclass(frozen=True)
class JudgedQuery:
    """`precision` of the first ten, whether the first one fits, whether anything was found, and whether one of the
    first five fits."""

    query: Query
    precision: float
    is_first_right: bool
    is_found: bool
    is_among_five: bool = False


@dataclass(frozen=True)
class ClassFigures:
    """The means of a class of queries."""

    name: str
    count: int
    precision: float
    first: float
    zero: float
    among_five: int = 0


def queries(file: Path = FILE) -> list[Query]:
    found: list[Query] = json.loads(file.read_text(encoding="utf-8"))
    return found


def judge(query: Query, asked: Asked) -> JudgedQuery:
    answer = search_answer(asked, query["q"], Filters(), _ZOOM)
    if query.get("hidden"):
        is_told = "guide" in answer
        return JudgedQuery(query, float(is_told), is_told, is_told, is_told)
    fitting = _fitting(query, asked)
    right = [card["id"] in fitting for card in answer["results"][:_TOP]]
    possible = min(_TOP, len(fitting)) or 1
    precision, is_first_right = min(1.0, sum(right) / possible), bool(right and right[0])
    return JudgedQuery(query, precision, is_first_right, bool(right), any(right[:_SEEN_AT_ONCE]))


def _fitting(query: Query, asked: Asked) -> set[str]:
    kinds = Filters(service=tuple(query["kinds"]))
    everywhere = matching(asked.audience, kinds, asked.at)
    here = everywhere.filter(country=query["country"]) if "country" in query else everywhere
    return set(here.values_list("id", flat=True)) or set(everywhere.values_list("id", flat=True))


def table(judged: Iterable[JudgedQuery]) -> list[ClassFigures]:
    """A line for each class, and one for all."""
    by_class: defaultdict[str, list[JudgedQuery]] = defaultdict(list)
    for one in judged:
        by_class[one.query["class"]].append(one)
        by_class["all"].append(one)
    names = sorted(by_class, key=lambda name: (name == "all", name))
    return [_line(name, by_class[name]) for name in names]


def _line(name: str, of_class: list[JudgedQuery]) -> ClassFigures:
    count = len(of_class)
    return ClassFigures(
        name,
        count,
        sum(one.precision for one in of_class) / count,
        sum(one.is_first_right for one in of_class) / count,
        sum(not one.is_found for one in of_class) / count,
        sum(one.is_among_five for one in of_class),
    )
