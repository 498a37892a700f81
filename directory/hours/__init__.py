"""Opening hours, as they are stored (`directory.crossing.content.HoursJson`): open now or not, and until when.

`rule` is the one rule, `days` looks ahead, `holidays` the calendars of the countries, `osm` the same hours in
OpenStreetMap's syntax. The words for people are in `reading.hours`.
"""

from directory.hours.days import SATURDAY, SUNDAY, is_open_at_night, is_open_on
from directory.hours.rule import Moment, holidays_of, is_open, moment, whole_minute

__all__ = [
    "SATURDAY",
    "SUNDAY",
    "Moment",
    "holidays_of",
    "is_open",
    "is_open_at_night",
    "is_open_on",
    "moment",
    "whole_minute",
]
