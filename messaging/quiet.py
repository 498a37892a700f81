"""When a letter may arrive: by day, on working days, in the reader's own zone."""

from __future__ import annotations

import datetime as dt

from core import clock

#: Nobody is written to from nine in the evening to eight in the morning.
MORNING, EVENING = dt.time(8), dt.time(21)
_SATURDAY = 5


def next_moment(at: dt.datetime, zone_name: str, *, urgent: bool = False) -> dt.datetime:
    """`at` itself when a letter may arrive then, else the next morning at which it may.

    What is urgent (class A) arrives at weekends too, never at night.
    """
    zone = clock.zone(zone_name)
    local = at.astimezone(zone)
    day = local.date()
    if local.time() >= EVENING:
        day += dt.timedelta(days=1)
    while not urgent and day.weekday() >= _SATURDAY:
        day += dt.timedelta(days=1)
    if day == local.date() and local.time() >= MORNING:
        return at
    return dt.datetime.combine(day, MORNING, tzinfo=zone).astimezone(dt.UTC)
