"""A list of a hundred rows over loopback: ours, tipg and pygeoapi, each a server of one process on the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from bench.peers import scratch, servers
from bench.peers.rounds import Ask, PeerFigures, asked, at, compared
from bench.peers.whole import CHECKED, ROWS, same_lists
from directory.geometry import Box

#: How a driver reaches the scratch database.
Where = Mapping[str, str]
#: Greetings of each kind of server.
_GREETINGS = 300
_SERVERS: dict[str, tuple[str, Callable[[Where], AbstractContextManager[int]]]] = {
    "tipg": ("uvicorn", servers.tipg),
    "pygeoapi": ("gunicorn", servers.pygeoapi),
}


def peers_addresses(peer: str, seen: Sequence[Box]) -> list[str]:
    name = f"{scratch.SCHEMA}.{scratch.TABLE}" if peer == "tipg" else scratch.TABLE
    end = f"limit={ROWS}&f={'geojson' if peer == 'tipg' else 'json'}"
    return [f"/collections/{name}/items?bbox={box.west},{box.south},{box.east},{box.north}&{end}" for box in seen]


def measured(where: Where, peer: str, addresses: Sequence[str], seen: Sequence[Box], rounds: int) -> PeerFigures:
    """Both servers run while they take turns; what a server of either kind costs by itself is told beside it."""
    kind, start = _SERVERS[peer]
    with start(where) as other, servers.product(kept=False) as port:
        ours, peers = (servers.Client(one) for one in (port, other))
        asks = _asks(peers, peers_addresses(peer, seen))
        same = partial(same_lists, count="numberMatched")
        figures = compared(asked(_asks(ours, addresses)), asked(asks), rounds, same)
    more = {f"{one}_hello_p50_ms": _hello(one) for one in ("granian", kind)}
    names: PeerFigures = {"ours": "/api/v1/listings/, granian", "peer": f"{peer} items, {kind}"}
    return {**names, **figures, "checked": CHECKED, "more": {**more}}


def _asks(client: servers.Client, addresses: Sequence[str]) -> list[Ask]:
    return [partial(client.get, one) for one in addresses]


def _hello(kind: str) -> float:
    with servers.greeting(kind) as port:
        client = servers.Client(port)
        times, _answers = asked([partial(client.get, "/")] * _GREETINGS)()
        return at(times, 0.5)


@contextmanager
def filled(size: int) -> Iterator[Where]:
    """The scratch database with so many rows."""
    with scratch.scratch() as where:
        scratch.refill(size)
        yield where
