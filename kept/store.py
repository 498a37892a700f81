"""Kept answers, no more of them than fit: what was asked for longest ago goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict

from kept.packed import Packed
from kept.questions import PageAsked


class Store:
    """`limit` is in bytes. A change of the mark empties it: nothing that was hidden stays in the memory either."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size = limit, 0
        self._answers: OrderedDict[PageAsked, tuple[Packed, int]] = OrderedDict()
        self._lock = threading.Lock()
        self._mark = 0

    def get(self, question: PageAsked, mark: int) -> Packed | None:
        with self._lock:
            self._follow(mark)
            if (found := self._answers.get(question)) is None:
                return None
            self._answers.move_to_end(question)
            return found[0]

    def put(self, question: PageAsked, answer: Packed) -> None:
        """Also once more, when an answer was packed in another way and takes more room."""
        with self._lock:
            if answer.mark != self._mark:
                return
            self._drop(question)
            if answer.size > self.limit // 4:
                return
            self._answers[question] = (answer, answer.size)
            self.size += answer.size
            while self.size > self.limit:
                self._drop(next(iter(self._answers)))

    def __len__(self) -> int:
        return len(self._answers)

    def _follow(self, mark: int) -> None:
        if mark != self._mark:
            self._answers.clear()
            self._mark, self.size = mark, 0

    def _drop(self, question: PageAsked) -> None:
        if (gone := self._answers.pop(question, None)) is not None:
            self.size -= gone[1]
