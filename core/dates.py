"""Days in the words of the page's language."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format


def days_in_words(first: dt.date, last: dt.date) -> str:
    """From one day to another, both included, without saying the month or the year twice."""
    if first == last:
        return day_in_words(first)
    if first.year != last.year:
        return f"{day_in_words(first)} – {day_in_words(last)}"
    if first.month != last.month:
        return f"{date_format(first, 'j E')} – {day_in_words(last)}"
    return f"{first.day}–{day_in_words(last)}"


def day_in_words(day: dt.date) -> str:
    return date_format(day, "j E Y")
