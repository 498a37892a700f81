"""The packed index beside SQL, on the same rows in the same run.

    bin/manage bench --size 200|20k|1m [--paths map,counts,nearest,list,deep,refresh,export] [--rounds 7] [--json FILE]
                     [--peers]

Rows are generated in one transaction, which is taken back. Rounds take turns: every question of the index, then every
one of SQL. What counts is the ratio of a round's medians; its median over the rounds and its spread are told. An answer
that differs from SQL's is told as not equal. Milliseconds by the clock hold what else the machine does; beside them
stands the processor's time of this process and of its server of the database together, which holds less of it. With
`--peers` others stand beside it, too (`bench/peers`).
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection, transaction
from django.test.utils import override_settings

from bench import exports
from bench.generated import fill
from bench.questions import LANGUAGE, BenchQuestion, questions
from core import clock
from directory.asking import facets, mapview, queries
from directory.asking.filters import Filters
from directory.index import keeper
from directory.index.answering import Answering
from directory.index.making.copying import TABLES
from directory.index.making.keeping import opened_or_made
from directory.vocabulary import vocabulary

SIZES = {"200": 200, "20k": 20_000, "200k": 200_000, "1m": 1_000_000}
PATHS = ("map", "counts", "nearest", "list", "deep", "refresh", "export")
Ask = Callable[[], Any]
Told = dict[str, Any]
MadeT = TypeVar("MadeT")


@dataclass(frozen=True)
class Taken:
    """Milliseconds of each question of a round."""

    ours: list[float]
    sql: list[float]
    ours_cpu: float
    sql_cpu: float

    @property
    def ratio(self) -> float:
        return statistics.median(self.sql) / statistics.median(self.ours)


def measured(
    size: int, paths: list[str], rounds: int, say: Callable[[str], None], beside: Callable[[], None] | None = None
) -> Told:
    """The figures of every path, by its name. `beside` is called while the rows and the index are there."""
    with transaction.atomic():
        try:
            began = time.perf_counter()
            fill(TABLES["public"], size)
            say(f"{size} rows in {time.perf_counter() - began:.1f} s")
            told: Told = {"refresh": _refresh(say)}
            for path in paths:
                if path == "export":
                    told[path] = exports.measured(min(rounds, 3), say)
                elif path != "refresh":
                    told[path] = _path(path, rounds)
                    say(f"{path}: {told[path]}")
            if beside:
                beside()
            return told
        finally:
            transaction.set_rollback(True)


def _refresh(say: Callable[[str], None]) -> Told:
    """From the tables to an index that answers: from nothing, and after an edit of ten rows from the last one."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / str(turn) for turn in range(6)]
        first = _timed(lambda: opened_or_made("public", paths[0], []))[0]
        after = []
        for before, path in pairwise(paths):
            _edit()
            seconds, packed = _timed(partial(_answering, path, before))
            after.append(seconds)
        keeper.put("public", keeper.look("public")[0], packed)
        told = {
            "first_s": round(first, 3),
            "ours_p50_s": round(statistics.median(after), 3),
            "bytes": packed.index.packed.bytes,
        }
    say(f"refresh: {told}")
    return told


def _answering(path: Path, before: Path) -> Answering:
    answering = Answering(opened_or_made("public", path, [before]))
    answering.nearness.warm()
    return answering


def _edit() -> None:
    table = TABLES["public"]
    with connection.cursor() as cursor:
        some = f"SELECT id FROM {table} ORDER BY random() LIMIT 10"  # noqa: S608
        cursor.execute(f"UPDATE {table} SET city_code = reverse(city_code) WHERE id IN ({some})")  # noqa: S608


def _timed(make: Callable[[], MadeT]) -> tuple[float, MadeT]:
    began = time.perf_counter()
    made = make()
    return time.perf_counter() - began, made


def _path(path: str, rounds: int) -> Told:
    asks = _questions(path)
    taken, is_equal = [], True
    for _round in range(rounds + 1):
        with override_settings(INDEX_FROM=1):
            ours, answers, ours_cpu = _round_of(asks)
        with override_settings(INDEX_FROM=0):
            sql, by_sql, sql_cpu = _round_of(asks)
        taken.append(Taken(ours, sql, ours_cpu, sql_cpu))
        is_equal = is_equal and answers == by_sql
    taken = taken[1:]  # the first one warms both
    ratios = sorted(one.ratio for one in taken)
    ours, sql = ([each for one in taken for each in getattr(one, side)] for side in ("ours", "sql"))
    return {
        "ours_p50_ms": _at(ours, 0.5),
        "ours_p99_ms": _at(ours, 0.99),
        "peer": "SQL",
        "peer_p50_ms": _at(sql, 0.5),
        "peer_p95_ms": _at(sql, 0.95),
        "ours_cpu_ms": round(statistics.median(one.ours_cpu for one in taken), 2),
        "peer_cpu_ms": round(statistics.median(one.sql_cpu for one in taken), 1),
        "ratio": round(statistics.median(ratios), 1),
        "spread": [round(ratios[0], 1), round(ratios[-1], 1)],
        "queries": _queries(asks[0]),
        "equal": is_equal,
    }


def _round_of(asks: list[Ask]) -> tuple[list[float], list[Any], float]:
    """Milliseconds of each, the answers, and the processor's milliseconds of one."""
    times, answers, before = [], [], _processor()
    for ask in asks:
        began = time.perf_counter()
        answers.append(ask())
        times.append(1000 * (time.perf_counter() - began))
    return times, [_sorted(one) for one in answers], (_processor() - before) / len(asks)


def _processor() -> float:
    """Milliseconds that this process and its server of the database, on this machine, have had of the processor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone() or (0,)
    stat = Path(f"/proc/{pid}/stat")
    fields = stat.read_text().rpartition(")")[2].split() if stat.exists() else ["0"] * 13
    return 1000 * (time.process_time() + sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK"))


def _sorted(answer: Any) -> Any:
    """Clusters and points in one order, whoever answered."""
    if isinstance(answer, mapview.MapView):
        return answer.totals, *(sorted(some, key=repr) for some in (answer.clusters, answer.points))
    return answer


def _queries(ask: Ask) -> int:
    with override_settings(INDEX_FROM=1):
        before = connection.force_debug_cursor, len(connection.queries_log)
        connection.force_debug_cursor = True
        ask()
        asked = len(connection.queries_log) - before[1]
        connection.force_debug_cursor = before[0]
    return asked


def _at(times: list[float], share: float) -> float:
    return round(sorted(times)[min(len(times) - 1, int(len(times) * share))], 2)


def _questions(path: str) -> list[Ask]:
    told, at = vocabulary(), clock.now()
    return [_question(path, one, told, at) for one in questions()]


def _question(path: str, one: BenchQuestion, told: Any, at: dt.datetime) -> Ask:
    asks: dict[str, Ask] = {
        "map": lambda: mapview.map_view("public", one.seen, one.zoom, told.families, LANGUAGE, at),
        "counts": lambda: facets.facet_counts("public", one.filters, told, at),
        "nearest": lambda: queries.nearest("public", one.filters, one.near, 10, at),
        "list": lambda: queries.listings_page("public", one.seen, at),
    }
    return asks[path] if path in asks else _deep(one.filters, one.number, at)


def _deep(filters: Filters, number: int, at: dt.datetime) -> Ask:
    """A page of the last tenth of the list, as the page ahead of it leads there."""
    with override_settings(INDEX_FROM=0):
        pages = queries.listings_page("public", filters, at).pages
        ahead = queries.listings_page("public", filters.replace(page=max(1, pages - 1 - number * pages // 120)), at)
    asked = ahead.next or filters
    return lambda: queries.listings_page("public", asked, at)


def table(told: Told) -> str:
    """The figures as Markdown."""
    heads = "path", "index p50 / p99 ms", "SQL p50 / p95 ms", "processor ms", "ratio (spread)", "queries", "equal"
    head = f"| {' | '.join(heads)} |\n" + "|---" * len(heads) + "|\n"
    lines = [
        f"| {name} | {one['ours_p50_ms']} / {one['ours_p99_ms']} | {one['peer_p50_ms']} / {one['peer_p95_ms']} "
        f"| {one['ours_cpu_ms']} / {one['peer_cpu_ms']} "
        f"| {one['ratio']}× ({one['spread'][0]} to {one['spread'][1]}) | {one['queries']} "
        f"| {'yes' if one['equal'] else 'NO'} |"
        for name, one in told.items()
        if "ratio" in one
    ]
    rest = told["refresh"]
    refreshed = f"refresh {rest['ours_p50_s']} s after an edit, {rest['first_s']} s from nothing"
    return head + "\n".join(lines) + f"\n\n{refreshed}, {rest['bytes'] / 1e6:.1f} MB of files\n"
