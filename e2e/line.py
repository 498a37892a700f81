"""A bad line between a browser and the served network: slow, losing, cut, or none at all."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

#: What a lost packet costs until it is sent again.
AGAIN_SECONDS = 1.0
PIECE = 1400


@dataclass
class Line:
    """`latency` is that of a round trip in seconds; of pieces the share `loss` comes late; at a share `cut` of
    pieces the connection ends in the middle of an answer. `is_down` refuses everything. `counted` are connections and bytes of answers.
    """

    address: str
    to: int
    latency: float = 0.0
    loss: float = 0.0
    cut: float = 0.0
    is_down: bool = False
    dice: random.Random = field(default_factory=lambda: random.Random(7))
    counted: dict[str, int] = field(default_factory=lambda: {"connections": 0, "cut": 0, "bytes": 0})

    def carry(self, client: socket.socket) -> None:
        self.counted["connections"] += 1
        with contextlib.suppress(OSError), client, socket.create_connection(("127.0.0.1", self.to)) as server:
            back = threading.Thread(target=self._pump, args=(server, client, True), daemon=True)
            back.start()
            self._pump(client, server, False)
            back.join()

    def _pump(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(PIECE):
                if is_answer and self.dice.random() < self.cut:
                    self.counted["cut"] += 1
                    break
                time.sleep(self.latency / 2 + (AGAIN_SECONDS if self.dice.random() < self.loss else 0))
                target.sendall(piece)
                self.counted["bytes"] += len(piece) if is_answer else 0
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


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
