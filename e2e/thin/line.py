"""A bad line between a browser and the served network: slow, losing, cut, or none at all."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

#: So much is on its way at once: ten packets. Where one of them is lost, the rest waits for a round trip.
PACKETS = 10
PIECE = PACKETS * 1400


@dataclass
class Line:
    """`latency` is that of a round trip in seconds, `loss` the share of lost packets.

    At a share `cut` of what is on its way at once the connection ends in the middle of an answer; `is_down` refuses
    everything. `counted` are connections and bytes of answers.
    """

    address: str
    to: int
    latency: float = 0.0
    loss: float = 0.0
    cut: float = 0.0
    is_down: bool = False
    dice: random.Random = field(default_factory=lambda: random.Random(7))
    counted: dict[str, int] = field(default_factory=lambda: {"connections": 0, "cut": 0, "bytes": 0})

    open: set[socket.socket] = field(default_factory=set)

    def lead(self, to: int) -> None:
        """To another port from now on, also for whoever keeps a connection."""
        self.to = to
        for client in [*self.open]:
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def carry(self, client: socket.socket) -> None:
        self.counted["connections"] += 1
        self.open.add(client)
        with contextlib.suppress(OSError), client, socket.create_connection(("127.0.0.1", self.to)) as server:
            back = threading.Thread(target=self._pump, args=(server, client, True), daemon=True)
            back.start()
            self._pump(client, server, False)
            back.join()
        self.open.discard(client)

    def _pump(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(PIECE):
                if self.is_down or (is_answer and self.dice.random() < self.cut):
                    self.counted["cut"] += 1
                    break
                time.sleep(self._late(is_answer))
                target.sendall(piece)
                self.counted["bytes"] += len(piece) if is_answer else 0
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _late(self, is_answer: bool) -> float:
        """A question takes its round trip; of an answer each part in which something is lost, one more."""
        if not is_answer:
            return self.latency
        return self.latency if self.dice.random() < 1 - (1 - self.loss) ** PACKETS else 0.0


@contextlib.contextmanager
def line(to: int) -> Iterator[Line]:
    """A line to the port of this machine; the browser goes to its `address`."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    found = Line(f"http://127.0.0.1:{listener.getsockname()[1]}", to)

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _address = listener.accept()
                if found.is_down:
                    client.close()
                else:
                    threading.Thread(target=found.carry, args=(client,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield found
    finally:
        found.is_down = True
        listener.close()
