"""Is it open some time ahead: in the coming night, on the coming Sunday. For filters; a card says the hours themselves.

As with "open now", a place is found by its week where nobody knows whether that day is a public holiday.
"""

from __future__ import annotations

import datetime as dt

from core import clock
from directory.hours.plan import DAY, Span, day_of
from directory.hours.rule import holidays_of

SATURDAY, SUNDAY = 5, 6
#: A night is what people call one: somebody who comes then needs a door, not a late evening.
NIGHT = (23 * 60, DAY + 5 * 60)
_MORNING = dt.timedelta(hours=5)


def is_open_at_night(hours: str, country: str, zone_name: str, at: dt.datetime) -> bool:
    """Whether the doors are open for a part of the night that is now, or that comes next."""
    evening = (at.astimezone(clock.zone(zone_name)) - _MORNING).date()
    return any(
        start + shift < NIGHT[1] and end + shift > NIGHT[0]
        for shift in (0, DAY)
        for start, end in _spans(hours, country, zone_name, evening + dt.timedelta(days=shift // DAY))
    )


def is_open_on(weekday: int, hours: str, country: str, zone_name: str, at: dt.datetime) -> bool:
    """Whether doors open on that day of the week: today, or when it comes next."""
    today = at.astimezone(clock.zone(zone_name)).date()
    date = today + dt.timedelta(days=(weekday - today.weekday()) % 7)
    return bool(_spans(hours, country, zone_name, date))


def _spans(hours: str, country: str, zone_name: str, date: dt.date) -> tuple[Span, ...]:
    return day_of(hours, date, holidays_of(country, zone_name)).spans or ()
