"""What to say about opening hours: of this moment, of the week, of special days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TypedDict

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import clock
from core.phrasing.dates import day_and_month, full_days_in_words, time_range
from core.phrasing.sentences import joined
from directory.crossing.content import HoursJson
from directory.hours import Moment, holidays_of, moment, whole_minute
from directory.hours.holidays import is_known
from directory.vocabulary import as_read

OPENING_STATES = ("open", "closed", "always", "appointment", "unsure", "unknown")


class DayTold(TypedDict):
    """One day of the week."""

    day: str
    text: str
    today: bool


class SpecialDayTold(TypedDict):
    """Days that are not as usual."""

    days: str
    text: str
    note: str


class Opening(TypedDict):
    """`state` is one of OPENING_STATES.

    "unsure" is open by the week, where nobody here knows whether it is closed for a public holiday.
    """

    state: str
    text: str


def opening(hours: HoursJson, country: str, zone_name: str, at: dt.datetime | None = None) -> Opening:
    """State and words for a card."""
    at = whole_minute(at or clock.now())
    found = moment(hours, country, zone_name, at)
    by_appointment = hours.get("by_appointment")
    if found.state == "unknown":
        if by_appointment:
            return {"state": "appointment", "text": _("By appointment")}
        return {"state": "unknown", "text": _("Hours not known")}
    text = _text(found, at.astimezone(clock.zone(zone_name)))
    if not found.is_sure:
        text = _("%(hours)s, unless closed for a public holiday") % {"hours": text}
    if by_appointment and "open" in (found.then, found.state):
        text = _("%(hours)s, by appointment") % {"hours": text}
    is_doubtful = found.state in ("open", "always") and not found.is_sure
    return {"state": "unsure" if is_doubtful else found.state, "text": text}


def week(hours: HoursJson, today: dt.date) -> list[DayTold]:
    """Seven rows {day, text, today} from Monday on; empty when there are no weekly hours."""
    if hours.get("always"):
        return []
    slots = list(_slots(hours))
    if not slots:
        return []
    rows: list[DayTold] = []
    for day in range(7):
        spans = sorted(time_range(opens, closes) for days, opens, closes in slots if day in days)
        rows.append(
            {
                "day": str(WEEKDAYS[day]).capitalize(),
                "text": joined(spans) or pgettext("hours", "closed"),
                "today": day == today.weekday(),
            }
        )
    return rows


def special_days(hours: HoursJson, today: dt.date) -> list[SpecialDayTold]:
    """Exceptions that are not over yet, soonest first: {days, text, note}."""
    found: list[tuple[dt.date, SpecialDayTold]] = []
    for item in hours.get("exceptions", []):
        first, last = dt.date.fromisoformat(item["from"]), dt.date.fromisoformat(item.get("to") or item["from"])
        if last < today:
            continue
        spans = joined(time_range(opens, closes) for opens, closes in item.get("slots", []))
        text = spans or pgettext("hours", "closed")
        days = full_days_in_words(first, last)
        found.append((first, {"days": days, "text": text, "note": as_read(item.get("note"))}))
    return [row for _first, row in sorted(found, key=lambda pair: pair[0])]


def day_told(day: dt.date, today: dt.date) -> str:
    """“today”, “tomorrow”, “Tu, 1 December”."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return pgettext("day of a timetable", "today") if ahead == 0 else pgettext("day of a timetable", "tomorrow")
    return f"{WEEKDAYS_ABBR[day.weekday()]}, {day_and_month(day)}"


def knows_holidays(country: str, zone_name: str, today: dt.date) -> bool:
    """Whether the public holidays that count there are known this year."""
    return is_known(holidays_of(country, zone_name), today.year)


def notes(hours: HoursJson, *, knows_holidays: bool = True) -> str:
    """What people should know beside the times, public holidays included."""
    parts = []
    if hours.get("by_appointment"):
        parts.append(_("By appointment"))
    if hours.get("holidays") == "closed":
        parts.append(
            _("Closed on public holidays")
            if knows_holidays
            else _("Closed on public holidays; which days these are, we do not know for this country")
        )
    if hours.get("holidays") == "open":
        parts.append(_("Open on public holidays"))
    if note := as_read(_without_dots(hours.get("note"))):
        parts.append(note)
    return ". ".join(part.rstrip(".") for part in parts)


def _without_dots(note: Mapping[str, str] | None) -> dict[str, str]:
    """Before its language is marked: then the dot stands within the signs."""
    return {code: said.rstrip(".") for code, said in (note or {}).items()}


def _text(found: Moment, local: dt.datetime) -> str:
    change = found.change
    if found.state == "always":
        return _("Round the clock")
    if found.state == "open":
        return _("Open until %(when)s") % {"when": _when(change, local, opens=False)} if change else _("Open")
    if change is None:
        return _("Closed now")
    if found.then == "open":
        return _("Opens %(when)s") % {"when": _when(change, local, opens=True)}
    last = change.date() - dt.timedelta(days=1)
    if last == local.date():
        return _("Closed today")
    return _("Closed until %(date)s inclusive") % {"date": day_and_month(last)}


def _when(change: dt.datetime, local: dt.datetime, *, opens: bool) -> str:
    """“19:00”, “tomorrow at 10:00”, “on Monday at 10:00”, “on 8 January at 10:00”."""
    time = f"{change:%H:%M}"
    days = (change.date() - local.date()).days
    if days == 0 or (days == 1 and not opens and change - local < dt.timedelta(hours=14)):
        return _("at %(time)s") % {"time": time} if opens else time
    values = {"time": time, "date": day_and_month(change)}
    if days == 1:
        return _("tomorrow at %(time)s") % values if opens else _("tomorrow, %(time)s") % values
    if days < 7:
        return (_on_weekday() if opens else _until_weekday())[change.weekday()] % values
    return _("on %(date)s at %(time)s") % values if opens else _("%(date)s, %(time)s") % values


def _on_weekday() -> tuple[str, ...]:
    return (
        _("on Monday at %(time)s"),
        _("on Tuesday at %(time)s"),
        _("on Wednesday at %(time)s"),
        _("on Thursday at %(time)s"),
        _("on Friday at %(time)s"),
        _("on Saturday at %(time)s"),
        _("on Sunday at %(time)s"),
    )


def _until_weekday() -> tuple[str, ...]:
    return (
        _("Monday, %(time)s"),
        _("Tuesday, %(time)s"),
        _("Wednesday, %(time)s"),
        _("Thursday, %(time)s"),
        _("Friday, %(time)s"),
        _("Saturday, %(time)s"),
        _("Sunday, %(time)s"),
    )


def _slots(hours: HoursJson) -> Iterator[tuple[list[int], str, str]]:
    for slot in hours.get("slots", []):
        yield slot["days"], slot["opens"], slot["closes"]
