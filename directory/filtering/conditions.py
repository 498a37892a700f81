"""Conditions over rows of the directory that are more than a look into a column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from weakref import WeakKeyDictionary

from django.db.models import BooleanField, DateField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import In

from directory.hours import is_open, is_open_at_night, is_open_on
from directory.tables.listings import AbstractListing

#: Two other organisations' levels: 2 checked remotely, 3 visited.
CHECKED_BY_OTHERS = 2
#: A service that is paused has no open doors, whatever its hours say.
OPEN_OPERATIONS = ("working", "limited", "waiting_list")


class NotClosedByNotice(Func):
    """No notice says that the place is closed on the local date."""

    template = """NOT EXISTS (
        SELECT 1 FROM (SELECT %(expressions)s AS today) AS calendar, jsonb_array_elements(notices) AS notice
        WHERE notice->>'kind' = 'closure' AND (notice->>'starts_on')::date <= today
          AND coalesce((notice->>'ends_on')::date, 'infinity') >= today)"""
    output_field = BooleanField()


class Coming(Func):
    """The date of a day of the week (1 is Monday) that is today or comes next."""

    template = """(
        SELECT today + mod(%(weekday)s + 7 - extract(isodow FROM today)::int, 7)
        FROM (SELECT %(expressions)s AS today) AS asked)"""
    output_field = DateField()


#: The distinct hours of some rows, while somebody holds on to these rows: several questions read them once.
_HOURS: WeakKeyDictionary[QuerySet[AbstractListing], list[tuple[str, str, str]]] = WeakKeyDictionary()
#: Hours as JSON, country, zone → whether its doors are open then.
_Doors = Callable[[str, str, str], bool]


def open_now(current: QuerySet[AbstractListing], at: dt.datetime) -> Q:
    """Rows whose doors are open at that instant. `current` are the rows of the audience."""
    doors = _open_when(current, lambda hours, country, zone: is_open(hours, country, zone, at))
    return doors & Q(NotClosedByNotice(F("local_date")))


def open_at_night(current: QuerySet[AbstractListing], at: dt.datetime) -> Q:
    """Rows whose doors are open for a part of this night, or of the next one by day."""
    doors = _open_when(current, lambda hours, country, zone: is_open_at_night(hours, country, zone, at))
    return doors & Q(NotClosedByNotice(F("local_date")))


def open_on(weekday: int) -> Callable[[QuerySet[AbstractListing], dt.datetime], Q]:
    """Rows whose doors open on that day of the week (0 is Monday) when it comes next."""

    def condition(current: QuerySet[AbstractListing], at: dt.datetime) -> Q:
        date = Coming(F("local_date"), weekday=weekday + 1)
        doors = _open_when(current, lambda hours, country, zone: is_open_on(weekday, hours, country, zone, at))
        return doors & Q(NotClosedByNotice(date))

    return condition


def _open_when(current: QuerySet[AbstractListing], doors: _Doors) -> Q:
    """Few places share many listings, so the distinct hours are evaluated in Python and compared as one text in SQL."""
    key = (Cast("hours", TextField()), F("country"), F("timezone"))
    if (hours := _HOURS.get(current)) is None:
        hours = _HOURS[current] = list(current.exclude(hours={}).order_by().values_list(*key).distinct())
    now = ["\n".join(each) for each in hours if doors(each[0], each[1], each[2])]
    whole = Concat(key[0], Value("\n"), key[1], Value("\n"), key[2], output_field=TextField())
    open_hours = Q(In(whole, now)) if now else Q(pk__in=[])
    return open_hours & Q(operation__in=OPEN_OPERATIONS)
