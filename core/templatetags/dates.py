"""Days and times for templates, as `core.phrasing.dates` says them; built into every template.

Aware instants are shown in the active zone, and nothing is said of a missing date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from django import template

from core.phrasing import dates

register = template.Library()
DayT = TypeVar("DayT", dt.date, dt.datetime)


def _filter(say: Callable[[DayT], str]) -> None:
    def filtered(day: DayT | None) -> str:
        return say(day) if day else ""

    register.filter(say.__name__, filtered, expects_localtime=True)


_filter(dates.day_in_words)
_filter(dates.day_and_month)
_filter(dates.month_in_words)
_filter(dates.moment_in_words)
