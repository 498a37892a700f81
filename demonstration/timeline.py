"""Events of the network's life, carried out in the order of time with the clock set back to each of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from core import clock

Step = Callable[[], object]


class Timeline:
    """Steps with instants. Steps of the same instant run in the order in which they were added."""

    def __init__(self) -> None:
        self._events: list[tuple[dt.datetime, int, Step]] = []

    def __len__(self) -> int:
        return len(self._events)

    def at(self, day: dt.date, step: Step, *, minute: int = 0) -> None:
        """Do `step` on that day, `minute` minutes after 7:00 UTC: the same date in every zone of the network."""
        instant = dt.datetime.combine(day, dt.time(7), tzinfo=dt.UTC) + dt.timedelta(minutes=minute)
        self._events.append((instant, len(self._events), step))

    def run(self) -> Iterator[dt.datetime]:
        """Carry everything out; yields after each step."""
        for instant, _position, step in sorted(self._events, key=lambda event: event[:2]):
            with clock.travel(instant):
                step()
            yield instant
