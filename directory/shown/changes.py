"""What changed on the public map lately, and how: from the rows of the public alone.

Rule: a listing is told once, with the last that happened to it. It is new while its first publication is its last one,
changed when it was published again, checked anew when only somebody's word is younger, and gone when the clock has
taken it off because nobody checked it in time. What people take off, hide or narrow has no row any more and is not
told: a sign of it would say that there is something to look for. Places that hide their door are never told.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.db.models import Case, DateTimeField, F, Func, Q, When
from django.db.models.functions import Greatest

from directory.freshness import LocalDate
from directory.tables.listings import PublicListing

#: "" where it is not known whether the public has read it before.
Kind = Literal["new", "changed", "checked", "gone", ""]


@dataclass(frozen=True)
class LatestChange:
    """One listing and the last that happened to it."""

    id: str
    place_id: str
    kind: Kind
    at: dt.datetime


def latest_changes(at: dt.datetime, most: int) -> list[LatestChange]:
    """The latest first, of all that was open to everybody; services that are closed for good are no news."""
    rows = PublicListing.objects.annotate(local_date=LocalDate(at)).exclude(operation="closed")
    open_ones = rows.filter(Q(precision="exact") | Q(location_type=""))
    word = Greatest(_midnight("checked_on"), _midnight("confirmed_on"))  # nothing said is no word
    off = When(hides_on__lte=F("local_date"), then=_midnight("hides_on"))
    told = open_ones.annotate(word=word, told_at=Case(off, default=Greatest("published_at", word)))
    columns = ("id", "place_id", "hides_on", "local_date", "published_at", "first_published_at", "told_at")
    found = told.order_by("-told_at", "id").values_list(*columns)[:most]
    return [
        LatestChange(key, place, "gone" if off <= today else _kind(published, first, moment), moment)
        for key, place, off, today, published, first, moment in found
    ]


def _midnight(day: str) -> Func:
    """When this day began at the place, so never after now."""
    joiner = "::timestamp AT TIME ZONE "
    return Func(day, "timezone", template="(%(expressions)s)", arg_joiner=joiner, output_field=DateTimeField())


def _kind(published: dt.datetime, first: dt.datetime | None, moment: dt.datetime) -> Kind:
    if moment > published:
        return "checked"
    if first is None:
        return ""
    return "changed" if first < published else "new"
