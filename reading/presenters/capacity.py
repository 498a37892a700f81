"""Whether there are places or medicine, in words: what was said last, and how long ago."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.filtering.conditions import OPEN_OPERATIONS
from directory.freshness import capacity, local_date
from directory.shown import labels
from directory.shown.rows import ListingRow
from directory.shown.supplies import capacity_words
from directory.vocabulary import as_read
from reading.shapes import CapacityTold


def capacity_told(row: ListingRow, at: dt.datetime) -> CapacityTold | None:
    """{level, text, note, reported_on, reported_text, expires_on}; None when there is nothing to say.

    A service that is paused or closed takes nobody, so an earlier word about places would mislead.
    """
    level, reported_on, expires_on = capacity(row, at), row.capacity_reported_on, row.capacity_expires_on
    if not level or reported_on is None or expires_on is None or row.operation not in OPEN_OPERATIONS:
        return None
    text = labels.label(capacity_words(row.types), level)
    if level == "unknown":
        return {
            "level": level,
            "text": text,
            "note": "",
            "reported_on": None,
            "reported_text": "",
            "expires_on": None,
        }
    return {
        "level": level,
        "text": text,
        "note": as_read(row.capacity_note),
        "reported_on": reported_on.isoformat(),
        "reported_text": reported_text((local_date(row.timezone, at) - reported_on).days),
        "expires_on": expires_on.isoformat(),
    }


def reported_text(days: int) -> str:
    """“said 3 days ago”."""
    if days <= 0:
        return _("said today")
    if days == 1:
        return _("said yesterday")
    return ngettext("said %(days)d day ago", "said %(days)d days ago", days) % {"days": days}
