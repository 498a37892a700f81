"""npm's supercluster in Node, beside our index: the same points, views and zooms, each in memory, neither over HTTP.

It cannot filter, knows no audiences and tells no families, so the questions are those without filters. Its clusters
are made by nearness and ours by a grid: how many stand in a view differs, how many listings the world has does not.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from bench.peers.installing import Missing, bring_node_modules
from bench.peers.rounds import Ask, PeerFigures, asked, compared
from bench.questions import LANGUAGE, questions
from core import clock
from directory.asking import mapview
from directory.asking.filters import Filters
from directory.geometry import Box
from directory.index.making.copying import TABLES
from tools.local import environment

_WORLD = Box(-180, -85, 180, 85)


class PeerLine:
    """The other process, which answers a line with a line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, told: object) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout  # noqa: S101  (both are pipes)
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise Missing(f"node ended with {self._process.wait(10)}")
        return dict(json.loads(answer))


@contextmanager
def _node() -> Iterator[PeerLine]:
    folder = bring_node_modules()
    words = [str(environment.node()), str(folder / "supercluster.mjs")]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder) as process:
        try:
            yield PeerLine(process)
        finally:
            process.terminate()


def measured(rounds: int, families: list[str]) -> PeerFigures:
    seen = [(_WORLD, 2), *((one.box, one.zoom) for one in questions())]
    views = [[box.west, box.south, box.east, box.north, zoom] for box, zoom in seen]
    at = clock.now()

    def ours(box: Box, zoom: int) -> Ask:
        seen = Filters().replace(bbox=box)
        return lambda: mapview.map_view("public", seen, zoom, families, LANGUAGE, at)

    with _node() as line:
        built = line.ask({"points": _points()})

        def peer() -> tuple[list[float], list[object]]:
            told = line.ask({"views": views})
            return told["times"], told["counts"]

        figures = compared(asked([ours(box, zoom) for box, zoom in seen]), peer, rounds, _same_world)
    names: PeerFigures = {"ours": "map_view, without filters", "peer": "supercluster in Node"}
    more = {name: round(value, 1) for name, value in built.items()}
    return {**names, **figures, "checked": "listings of the whole world", "more": {**more}}


def _points() -> list[tuple[float, float]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ST_X(point), ST_Y(point) FROM {TABLES['public']} ORDER BY id")  # noqa: S608
        return list(cursor.fetchall())


def _same_world(ours: Sequence[object], peers: Sequence[object]) -> bool:
    world = ours[0]
    assert isinstance(world, mapview.MapView)  # noqa: S101
    return sum(one["count"] for one in [*world.clusters, *world.points]) == peers[0]
