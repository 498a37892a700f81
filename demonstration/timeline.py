"""Events of the network's life, carried out in the order of time with the clock set back to each of them.

Steps that are alike and concern one listing each may wait, to be carried out for many listings at once (`join`). They
do not wait for anything that could see them: whatever touches the same listing, or the network as a whole, has them
carried out before it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from core import clock

Happening = Callable[[], Any]
#: Carries out what waits of one kind.
Many = Callable[[list[Any]], object]


@dataclass(frozen=True)
class _Event:
    """With a `kind`, `step` only says what will have to be done."""

    instant: dt.datetime
    step: Happening
    about: str
    kind: int | None = None


class Timeline:
    """Steps with instants. Steps of the same instant run in the order in which they were added.

    `kinds` are the steps that may wait, in the order in which a listing passes through them.
    """

    def __init__(self, kinds: Sequence[Many] = ()) -> None:
        self._events: list[_Event] = []
        self._kinds = list(kinds)
        self._waiting: list[list[Any]] = [[] for _kind in kinds]
        #: The last kind that waits for each listing.
        self._reached: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._events)

    def at(self, day: dt.date, step: Happening, *, minute: int = 0, about: str = "") -> None:
        """Do `step` on that day, `minute` minutes after 7:00 UTC: the same date in every zone of the network.

        `about` is the listing that it touches and sees; without one it may see everything.
        """
        self._events.append(_Event(_instant(day, minute), step, about))

    def join(self, kind: Many, day: dt.date, step: Happening, *, about: str, minute: int = 0) -> None:
        """Like `at`, but `step` answers what is to be done, and `kind` does it together with others of its kind."""
        self._events.append(_Event(_instant(day, minute), step, about, self._kinds.index(kind)))

    def run(self) -> Iterator[dt.datetime]:
        """Carry everything out; yields after each step."""
        for event in sorted(self._events, key=lambda event: event.instant):
            if self._sees_what_waits(event):
                self._catch_up()
            with clock.travel(event.instant):
                result = event.step()
            if event.kind is not None:
                self._waiting[event.kind].append(result)
                self._reached[event.about] = event.kind
            yield event.instant
        self._catch_up()

    def _sees_what_waits(self, event: _Event) -> bool:
        if event.kind is None:
            return not event.about or event.about in self._reached
        return self._reached.get(event.about, -1) >= event.kind

    def _catch_up(self) -> None:
        for kind, waiting in zip(self._kinds, self._waiting, strict=True):
            if waiting:
                kind(waiting.copy())
                waiting.clear()
        self._reached.clear()


def _instant(day: dt.date, minute: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(7), tzinfo=dt.UTC) + dt.timedelta(minutes=minute)
