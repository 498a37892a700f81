"""Which peers are asked for which path, and what is told of one that cannot be had."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial

from django.db import transaction
from django.test.utils import override_settings

from bench.peers import clustering, overhttp, postgis, whole
from bench.peers.installing import Missing
from bench.peers.rounds import PeerFigures, Told
from directory.geometry import Box
from directory.vocabulary import vocabulary
from tools.local.shell import Failure

Say = Callable[[str], None]
#: By peer, the path of ours that it stands beside.
PEERS = {
    "postgis": "map",
    "geography": "nearest",
    "geography-ids": "nearest",
    "hello": "map",
    "supercluster": "map",
    "drf-gis": "list",
    "tipg": "list",
    "pygeoapi": "list",
    "markercluster": "embed",
}
#: They are asked in the transaction of the bench; the others need rows that are committed.
_IN_PROCESS: dict[str, Callable[[int], PeerFigures]] = {
    "postgis": lambda rounds: postgis.clusters(rounds, vocabulary().families),
    "geography": postgis.nearest,
    "geography-ids": postgis.nearest_ids,
    "hello": whole.beside_hello,
    "supercluster": lambda rounds: clustering.measured(rounds, vocabulary().families),
    "drf-gis": whole.beside_drf_gis,
}
#: A path that is measured beside a peer alone.
EMBED = "embed"


class OnesBeside:
    """The peers of one run: first those in process, then those over HTTP, which are asked for the same views."""

    def __init__(self, size: int, peers: Collection[str], rounds: int, say: Say, embed: str = "") -> None:
        self.told: Told = {}
        self._size, self._peers, self._rounds, self._say, self._embed = size, peers, rounds, say, embed
        self._addresses: list[str] = []
        self._boxes: list[Box] = []

    def inside(self) -> None:
        """In the transaction that holds the rows, with the index that answers for them."""
        self._addresses, self._boxes = whole.list_addresses(), whole.boxes()
        if {"geography", "geography-ids"} & set(self._peers):
            postgis.make_geography_index()
        with override_settings(INDEX_FROM=1):
            for peer in filter(self._peers.__contains__, _IN_PROCESS):
                self._note(peer, self._tried(partial(self._saved, _IN_PROCESS[peer])))

    def outside(self) -> None:
        """On a database of their own, after the transaction."""
        served = [peer for peer in ("tipg", "pygeoapi") if peer in self._peers]
        if not served and "markercluster" not in self._peers:
            return
        try:
            with overhttp.filled(self._size) as where:
                for peer in served:
                    self._note(peer, self._tried(self._list_of(where, peer)))
                if "markercluster" in self._peers:
                    self._note("markercluster", self._tried(self._embed_of(where)))
        except (Missing, Failure) as error:
            for peer in [*served, "markercluster"]:
                if peer in self._peers and peer not in self.told:
                    self._note(peer, {"not_run": str(error)})

    def _saved(self, measure: Callable[[int], PeerFigures]) -> PeerFigures:
        """A fault of the database ends with the peer that made it."""
        with transaction.atomic():
            return measure(self._rounds)

    def _list_of(self, where: overhttp.Where, peer: str) -> Callable[[], PeerFigures]:
        return lambda: overhttp.measured(where, peer, self._addresses, self._boxes, self._rounds)

    def _embed_of(self, where: overhttp.Where) -> Callable[[], PeerFigures]:
        def measure() -> PeerFigures:
            from bench.peers import embed  # Playwright is not there where only the product runs

            return embed.measured(where, self._rounds, self._embed)

        return measure

    def _tried(self, measure: Callable[[], PeerFigures]) -> PeerFigures:
        """What goes wrong with one peer is told, and the rest is measured all the same."""
        try:
            return measure()
        except Missing as error:
            return {"not_run": str(error)}
        except Exception as error:
            return {"not_run": f"{type(error).__name__}: {error}"}

    def _note(self, peer: str, figures: PeerFigures) -> None:
        self.told.setdefault(peer, {})[PEERS[peer]] = figures
        self._say(f"{peer}: {figures}")


def chosen(wanted: str, paths: Collection[str]) -> list[str]:
    """`all`, or names; of those the ones whose path is asked for."""
    names: Iterable[str] = PEERS if wanted == "all" else wanted.split(",")
    if unknown := set(names) - set(PEERS):
        raise ValueError(f"no such peer: {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    return [peer for peer in names if PEERS[peer] in paths]


def table(told: Told) -> str:
    """The figures as Markdown."""
    heads = "path", "ours", "peer", "ours p50 / p99 ms", "peer p50 / p99 ms", "peer : ours (spread)", "equal"
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    lines += [_line(path, one) for by_path in told.values() for path, one in by_path.items() if "ratio" in one]
    missing = [(peer, one["not_run"]) for peer, paths in told.items() for one in paths.values() if "not_run" in one]
    lines += [f"\n{peer}: not run. {why}" for peer, why in missing]
    more = [(peer, one["more"]) for peer, paths in told.items() for one in paths.values() if "more" in one]
    lines += [f"\n{peer}: {', '.join(f'{name} {value}' for name, value in said.items())}" for peer, said in more]
    return "\n".join(lines) + "\n"


def _line(path: str, one: PeerFigures) -> str:
    low, high = one["spread"]
    cells = (
        path, one["ours"], one["peer"], f"{one['ours_p50_ms']} / {one['ours_p99_ms']}",
        f"{one['peer_p50_ms']} / {one['peer_p99_ms']}", f"{one['ratio']}× ({low} to {high})",
        f"{'yes' if one['equal'] else 'NO'}: {one['checked']}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"
