"""The one clock of the house.

Rule: nothing asks the system for the time but this module, so that tests and the simulated year can travel.
Instants are aware UTC datetimes; dates are computed in the time zone of the place they speak about, because a
listing in Almaty turns grey at midnight in Almaty.
"""

from __future__ import annotations

import contextlib
import contextvars
import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_travelled: contextvars.ContextVar[dt.datetime | None] = contextvars.ContextVar("travelled", default=None)


def now() -> dt.datetime:
    """The present instant, in UTC."""
    return _travelled.get() or dt.datetime.now(dt.UTC)


@lru_cache(maxsize=600)
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name; UTC for a name that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def quarter_of(day: dt.date) -> dt.date:
    """The first day of the quarter of the year in which the day lies."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def is_zone(name: str) -> bool:
    """Whether the name is an IANA time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def today(zone_name: str = "UTC") -> dt.date:
    """The calendar date now in that zone."""
    return now().astimezone(zone(zone_name)).date()


@contextlib.contextmanager
def travel(to: dt.datetime | dt.date) -> Iterator[None]:
    """Within the block the present is `to` (a bare date means its noon in UTC)."""
    if not isinstance(to, dt.datetime):
        to = dt.datetime.combine(to, dt.time(12), tzinfo=dt.UTC)
    if to.tzinfo is None:
        raise ValueError("travel() needs an aware datetime")
    token = _travelled.set(to.astimezone(dt.UTC))
    try:
        yield
    finally:
        _travelled.reset(token)
