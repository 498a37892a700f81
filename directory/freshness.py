"""The only place where dates of checks and of words about places are compared: in SQL and in Python, with one meaning.

Rule: fresh < notice_on ≤ due < due_on ≤ overdue < hides_on ≤ lapsed, by the calendar of the place. A listing turns
grey and vanishes because a query compares dates; no job has to run for it. A listing that nobody checked has no
dates and is `unchecked`. A word about places counts until the day before `capacity_expires_on`; then it is `unknown`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, Protocol

from django.db.models import Case, CharField, DateField, F, Func, Q, Value, When
from django.db.models.functions import Coalesce

from core import clock
from directory.crossing.records import Audience

Freshness = Literal["fresh", "due", "overdue", "lapsed", "unchecked"]
#: Levels with which somebody may still come.
ROOM = ("free", "limited")


class Dated(Protocol):
    """What the Python twin needs of a row."""

    @property
    def timezone(self) -> str: ...

    @property
    def level(self) -> int: ...

    @property
    def notice_on(self) -> dt.date | None: ...

    @property
    def due_on(self) -> dt.date | None: ...

    @property
    def hides_on(self) -> dt.date | None: ...


class SaysCapacity(Protocol):
    """What `capacity` needs of a row."""

    @property
    def timezone(self) -> str: ...

    @property
    def capacity_level(self) -> str: ...

    @property
    def capacity_expires_on(self) -> dt.date | None: ...


class LocalDate(Func):
    """The calendar date at the place, at an instant: `(instant AT TIME ZONE timezone)::date`.

    `zone` is the column that names the IANA zone; rows without one are read by UTC.
    """

    template = "((%(expressions)s)::date)"
    arg_joiner = " AT TIME ZONE "
    output_field = DateField()

    def __init__(self, at: dt.datetime, *, zone: str = "timezone", **extra: Any) -> None:
        super().__init__(_Instant(at), Coalesce(F(zone), Value("UTC")), **extra)


class _Instant(Func):
    template = "%(expressions)s::timestamptz"

    def __init__(self, at: dt.datetime) -> None:
        super().__init__(Value(at.isoformat(), output_field=CharField()))


def freshness(row: Dated, at: dt.datetime | None = None) -> Freshness:
    """How fresh the last check of this row is at the instant `at` (now, unless given)."""
    if row.level == 0 or row.due_on is None:
        return "unchecked"
    today = local_date(row.timezone, at)
    if row.hides_on is not None and today >= row.hides_on:
        return "lapsed"
    if today >= row.due_on:
        return "overdue"
    if row.notice_on is not None and today >= row.notice_on:
        return "due"
    return "fresh"


def freshness_sql() -> Case:
    """The same as an expression over a queryset that `current` has annotated with `local_date`."""
    return Case(
        When(Q(level=0) | Q(due_on__isnull=True), then=Value("unchecked")),
        When(hides_on__lte=F("local_date"), then=Value("lapsed")),
        When(due_on__lte=F("local_date"), then=Value("overdue")),
        When(notice_on__lte=F("local_date"), then=Value("due")),
        default=Value("fresh"),
        output_field=CharField(),
    )


def is_current(audience: Audience) -> Q:
    """Whether an audience still gets the row: the public until `hides_on`, members until `archives_on`."""
    if audience == "public":
        return Q(hides_on__gt=F("local_date"))
    return Q(archives_on__isnull=True) | Q(archives_on__gt=F("local_date"))


def is_overdue() -> Q:
    """Grey on the map: the day of the next check has passed."""
    return Q(due_on__lte=F("local_date"))


def capacity(row: SaysCapacity, at: dt.datetime | None = None) -> str:
    """What readers are told of places at the instant `at`: a level, "unknown" when the word has lapsed, "" for none."""
    if not row.capacity_level or row.capacity_expires_on is None:
        return ""
    return row.capacity_level if local_date(row.timezone, at) < row.capacity_expires_on else "unknown"


def capacity_sql() -> Case:
    """The same as an expression over a queryset that `current` has annotated with `local_date`."""
    return Case(
        When(Q(capacity_level="") | Q(capacity_expires_on__isnull=True), then=Value("")),
        When(capacity_expires_on__gt=F("local_date"), then=F("capacity_level")),
        default=Value("unknown"),
        output_field=CharField(),
    )


def has_room() -> Q:
    """Somebody said, and it counts still, that there is a place or medicine."""
    return Q(capacity_level__in=ROOM, capacity_expires_on__gt=F("local_date"))


def local_date(zone_name: str, at: dt.datetime | None = None) -> dt.date:
    """The calendar date of a zone at an instant."""
    return (at or clock.now()).astimezone(clock.zone(zone_name)).date()
