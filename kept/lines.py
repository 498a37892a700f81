"""Who waits where: so many at once are worked for, so many wait, and whoever comes then is told at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from typing import TypeVar

ResultT = TypeVar("ResultT")


class Full(Exception):
    """There is no room, or it took too long to be one's turn."""


class WaitingLine:
    """`threads` work, `room` may wait, each for `patience` seconds until it is their turn."""

    def __init__(self, name: str, threads: int, room: int, patience: float) -> None:
        self._pool = ThreadPoolExecutor(threads, name)
        self._most, self._patience = threads + room, patience
        self._lock, self._inside = threading.Lock(), 0

    def run(self, work: Callable[[], ResultT]) -> ResultT:
        with self._lock:
            if self._inside >= self._most:
                raise Full
            self._inside += 1
        try:
            return self._wait(self._pool.submit(work))
        finally:
            with self._lock:
                self._inside -= 1

    def _wait(self, turn: Future[ResultT]) -> ResultT:
        try:
            return turn.result(self._patience)
        except TooLong:
            if turn.cancel():
                raise Full from None
            return turn.result()
