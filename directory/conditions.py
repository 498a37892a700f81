"""What each filter means, as a condition over rows of the directory.

Rule: a listing that names no groups is for everybody, and one that names no statuses asks for none, so both fit any
choice. What is not known (languages, documents, anonymity) never fits: nobody should travel on a guess.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.db.models.lookups import In

from directory.filters import ANY_COUNTRY
from directory.freshness import has_room
from directory.hours import is_open

Values = Sequence[str]
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


def _either(values: Values, **by_value: Q) -> Q:
    """OR of the conditions of the chosen values."""
    chosen = Q(pk__in=[])
    for value in values:
        chosen |= by_value[value]
    return chosen


def _country(values: Values) -> Q:
    return Q(country__in=["" if value == ANY_COUNTRY else value for value in values])


CONDITIONS: Mapping[str, Callable[[Values], Q]] = {
    "service": lambda values: Q(types__overlap=list(values)) | Q(tops__overlap=list(values)),
    "group": lambda values: Q(group_codes__overlap=list(values)) | Q(group_codes=[]),
    "status": lambda values: Q(statuses__overlap=list(values)) | Q(statuses=[]),
    "language": lambda values: Q(languages__overlap=list(values)) | Q(interpreter_languages__overlap=list(values)),
    "country": _country,
    "city": lambda values: Q(city_code__in=values),
    "cost": lambda values: Q(cost__in=values),
    "documents": lambda values: Q(documents__overlap=list(values)),
    "anonymous": lambda values: _either(values, yes=Q(anonymous=True), no=Q(anonymous=False)),
    "insurance": lambda values: Q(insurance__in=values),
    "intake": lambda values: Q(intake__overlap=list(values)),
    "delivery": lambda values: Q(delivery__overlap=list(values)),
    "checked": lambda values: Q(level__gte=CHECKED_BY_OTHERS),
    "capacity": lambda values: has_room() & Q(operation__in=OPEN_OPERATIONS),
    "family": lambda values: Q(family__in=values),
    "organization": lambda values: Q(organization_slug__in=values),
}


def open_now(current: QuerySet[Any], at: dt.datetime) -> Q:
    """Rows whose doors are open at that instant. `current` are the rows of the audience.

    Few places share many listings, so the distinct hours are evaluated in Python and compared as one text in SQL.
    """
    hours = current.exclude(hours_osm="").order_by().values_list("hours_osm", "country", "timezone").distinct()
    now = ["\n".join(key) for key in hours if is_open(key[0], key[1], key[2], at)]
    key = Concat("hours_osm", Value("\n"), "country", Value("\n"), "timezone", output_field=TextField())
    open_hours = Q(In(key, now)) if now else Q(pk__in=[])
    return open_hours & Q(operation__in=OPEN_OPERATIONS) & Q(NotClosedByNotice(F("local_date")))
