"""Opening hours in words and as a strip of the day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.phrasing.dates import time_range
from directory.crossing.content import HoursJson
from reading.hours import notes

DAY = 1440
_CLOCK = re.compile(r"^\d\d:\d\d$")


def hours_lines(hours: HoursJson | None) -> list[str]:
    """The whole of the hours, one line a fact; days with equal hours share a line."""
    hours = hours or {}
    rest = rest_lines(hours)
    if hours.get("always"):
        return [_("Round the clock"), *rest]
    if hours.get("slots") or hours.get("by_appointment"):
        return [*_week_lines(hours), *rest]
    if hours.get("exceptions") or hours.get("holidays"):
        return [_("The week is not known"), *rest]
    return rest or [_("not known")]


def open_lines(hours: HoursJson) -> list[str]:
    """The days on which there is something, and the special ones; what is not said of a day is nothing."""
    runs = (f"{_days(first, last)} {text}" for first, last, text in _runs(hours) if text)
    return [*runs, *rest_lines(hours)]


def rest_lines(hours: HoursJson) -> list[str]:
    """Special days and what people should know beside the times: all that is not of a day of the week."""
    return [*(_special(item) for item in hours.get("exceptions", [])), *filter(None, [notes(hours)])]


def day_texts(hours: HoursJson | None) -> list[str]:
    """Seven texts from Monday on, for comparing day by day."""
    hours = hours or {}
    if hours.get("always"):
        return [_("round the clock")] * 7
    if not hours.get("slots"):
        return [_("by appointment") if hours.get("by_appointment") else _("not known")] * 7
    return [spans or pgettext("hours", "closed") for spans in _spans(hours)]


def strip(spans: list[tuple[str, str]]) -> list[dict[str, int]]:
    """Open minutes of one day as pieces {x, width} of a bar 1440 wide.

    What runs past midnight ends at the edge; what is not a time (somebody is still typing) has no piece.
    """
    pieces = []
    for opens, closes in spans:
        if not (_CLOCK.match(opens) and _CLOCK.match(closes)):
            continue
        start, end = _minutes(opens), _minutes(closes)
        pieces.append({"x": start, "width": (end if end > start else DAY) - start})
    return pieces


def _week_lines(hours: HoursJson) -> list[str]:
    if not hours.get("slots"):
        return []
    return [f"{_days(a, b)} {text or pgettext('hours', 'closed')}" for a, b, text in _runs(hours)]


def _runs(hours: HoursJson) -> list[tuple[int, int, str]]:
    """First and last of days with equal hours, and these; "" for closed."""
    runs: list[tuple[int, int, str]] = []
    for day, text in enumerate(_spans(hours)):
        if runs and runs[-1][2] == text:
            runs[-1] = (runs[-1][0], day, text)
        else:
            runs.append((day, day, text))
    return runs


def _days(first: int, last: int) -> str:
    names = [str(WEEKDAYS_ABBR[day]) for day in (first, last)]
    return names[0] if first == last else "–".join(names)


def _spans(hours: HoursJson) -> list[str]:
    slots = hours.get("slots", [])
    days = [sorted(time_range(s["opens"], s["closes"]) for s in slots if day in s["days"]) for day in range(7)]
    return [", ".join(spans) for spans in days]


def _special(item: Mapping[str, Any]) -> str:
    first, last = item["from"], item.get("to") or item["from"]
    days = _date(first) if first == last else f"{_date(first)} – {_date(last)}"
    times = ", ".join(time_range(a, b) for a, b in item.get("slots", [])) or pgettext("hours", "closed")
    return " · ".join(filter(None, [f"{days}: {times}", item.get("note", "")]))


def _date(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}.{month}.{year}"


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:5])
