"""Is it open at an instant, and when does that change.

One rule for weeks, special days, public holidays, round the clock, time zones and summer time: the clock on the wall
of the place decides, and a period belongs to the date on which it begins (`directory.hours.plan`). In the hour that
comes twice in autumn a door that closes at 02:30 is closed twice; in the hour that is left out in spring what begins
at 02:30 begins when the clock shows 03:00.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from core import clock
from core.geo.gazetteer import country_of_zone
from directory.crossing.content import HoursJson
from directory.hours.plan import DAY, Day, WeekPlan, day_of, plan_of

#: A change further away than this is not worth announcing.
_HORIZON_DAYS = 366
_MINUTE = dt.timedelta(minutes=1)
_ONE_DAY = dt.timedelta(days=1)
#: Days on which the state is the same from midnight to midnight.
_EVEN = (None, (), ((0, DAY),))


class Moment(NamedTuple):
    """`state` is open, closed, always or unknown, and becomes `then` at `change` (None when that is far away).

    `is_sure` is False when nobody here knows whether it is closed for a public holiday: the period that is open now, or
    the one that begins at `change`.
    """

    state: str
    change: dt.datetime | None = None
    then: str = ""
    is_sure: bool = True


def holidays_of(country: str, zone_name: str) -> str:
    """Whose public holidays count: the country's; for a service for any country, those of the zone it works by."""
    return country or country_of_zone(zone_name)


def is_open(hours: str, country: str, zone_name: str, at: dt.datetime) -> bool:
    """Whether the doors are open by these hours (as JSON), for the filter “open now”; False when they are not known.

    Where nobody knows whether it is a public holiday, a place is found by its week; its card says the doubt.
    """
    wall, holidays = _wall(at, clock.zone(zone_name)), holidays_of(country, zone_name)
    today, before = (day_of(hours, date, holidays) for date in (wall.date(), wall.date() - _ONE_DAY))
    return _state_of(today, before, wall)[0] == "open"


def moment(hours: HoursJson, country: str, zone_name: str, at: dt.datetime) -> Moment:
    """The state at a whole minute and its next change, in the zone of the place."""
    holidays = holidays_of(country, zone_name)
    return _moment(json.dumps(hours, sort_keys=True), holidays, zone_name, whole_minute(at))


def whole_minute(at: dt.datetime) -> dt.datetime:
    """The minute of an instant: answers are kept by it."""
    return at.replace(second=0, microsecond=0)


@lru_cache(maxsize=4096)
def _moment(hours: str, country: str, zone_name: str, at: dt.datetime) -> Moment:
    plan, zone = plan_of(hours), clock.zone(zone_name)
    if not (plan.week or plan.specials or plan.rests_on_holidays):
        return Moment("unknown")
    wall = _wall(at, zone)
    state, is_sure = _state(plan, country, wall)
    for edge in _edges(plan, country, wall):
        then, then_sure = _state(plan, country, edge)
        if then != state:
            sure = is_sure and (then_sure or then != "open")
            return Moment(state, _instant(edge, zone, at), then, sure)
    return Moment("always" if state == "open" else state, is_sure=is_sure)


def _state(plan: WeekPlan, country: str, wall: dt.datetime) -> tuple[str, bool]:
    """(open, closed or unknown; whether that is sure) when the clock of the place shows `wall`."""
    return _state_of(plan.day(wall.date(), country), plan.day(wall.date() - _ONE_DAY, country), wall)


def _state_of(today: Day, before: Day, wall: dt.datetime) -> tuple[str, bool]:
    """The same, where the days are worked out."""
    minute = wall.hour * 60 + wall.minute
    opened = [day.is_sure for day, at in ((today, minute), (before, minute + DAY)) if _covers(day, at)]
    if opened:
        return "open", any(opened)
    return ("unknown" if today.spans is None else "closed"), True


def _covers(day: Day, minute: int) -> bool:
    return any(start <= minute < end for start, end in day.spans or ())


def _edges(plan: WeekPlan, country: str, wall: dt.datetime) -> Iterator[dt.datetime]:
    """Times after `wall` at which the state may change, soonest first, within the horizon."""
    before = plan.day(wall.date() - _ONE_DAY, country)
    for ahead in range(_HORIZON_DAYS + 1):
        date = wall.date() + ahead * _ONE_DAY
        today = plan.day(date, country)
        if today != before or today.spans not in _EVEN:
            minutes = {0, *(edge for span in today.spans or () for edge in span if edge < DAY)}
            minutes |= {end - DAY for _start, end in before.spans or () if end > DAY}
            midnight = dt.datetime.combine(date, dt.time())
            yield from (edge for minute in sorted(minutes) if (edge := midnight + minute * _MINUTE) > wall)
        before = today


def _wall(at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """What the clock of the place shows, without a zone."""
    return at.astimezone(zone).replace(tzinfo=None)


def _instant(wall: dt.datetime, zone: ZoneInfo, after: dt.datetime) -> dt.datetime:
    """When the clock of the place shows `wall` next; the first minute that exists when it is left out that night."""
    while _wall(wall.replace(tzinfo=zone).astimezone(dt.UTC), zone) != wall:
        wall += _MINUTE
    first = wall.replace(tzinfo=zone)
    return first if first.astimezone(dt.UTC) > after.astimezone(dt.UTC) else first.replace(fold=1)
