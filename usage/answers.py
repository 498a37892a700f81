"""How the house answered, as counts by route name, status and hour: what fails is seen, and nobody who asked is.

What is kept and given out before the framework does any work (`kept`) is not among it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core import clock
from usage import files, tally
from usage.figures import told
from usage.words import ANSWER, FAULT, REFUSED, Used

#: The days that a report tells, today the last.
DAYS: Final = 7


@dataclass(frozen=True)
class AnsweredDay:
    """Of one day; None where it is less than five and more than nothing. `worst` is the hour (UTC) of most faults."""

    day: dt.date
    answers: int | None
    refused: int | None
    faults: int | None
    worst: int | None


@dataclass(frozen=True)
class RouteTold:
    """A route that refused or failed five times or more within the days."""

    route: str
    status: int
    count: int


@dataclass(frozen=True)
class AnswersTold:
    days: list[AnsweredDay]
    routes: list[RouteTold]


def note(route: str, status: int) -> None:
    """One more answer, of a route by its name; "" for an address that leads nowhere."""
    tally.add(Used(ANSWER, code=f"{clock.now():%H} {status} {route}"))


def report() -> AnswersTold:
    """The last days, the newest first."""
    today = clock.today()
    days, routes = [], Counter[tuple[int, str]]()
    for back in range(DAYS):
        day = today - dt.timedelta(days=back)
        cells = list(_of(day))
        days.append(_day(day, cells))
        for _hour, status, route, count in cells:
            if status >= REFUSED:
                routes[status, route] += count
    worst_first = sorted(routes.items(), key=lambda one: (-(one[0][0] >= FAULT), -one[1], one[0]))
    return AnswersTold(
        [day for day in days if day.answers != 0],
        [RouteTold(route, status, count) for (status, route), count in worst_first if told(count)],
    )


def _of(day: dt.date) -> Iterator[tuple[int, int, str, int]]:
    for cell, count in files.read(day, day):
        if cell.what == ANSWER:
            hour, status, route = cell.code.split(" ", 2)
            yield int(hour), int(status), route, count


def _day(day: dt.date, cells: list[tuple[int, int, str, int]]) -> AnsweredDay:
    def those(least: int, most: int) -> int:
        return sum(count for _hour, status, _route, count in cells if least <= status < most)

    hours = Counter[int]()
    for hour, status, _route, count in cells:
        if status >= FAULT:
            hours[hour] += count
    worst, most = next(iter(hours.most_common(1)), (None, 0))
    return AnsweredDay(
        day, told(those(0, 1000)), told(those(REFUSED, FAULT)), told(those(FAULT, 1000)), worst if told(most) else None
    )
