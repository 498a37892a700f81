"""Is it open now, and what to say about it. Evaluated from the OSM string, in the zone of the place.

Public holidays count when the hours say so ("PH off") and the calendar of the country is known to the library;
for other countries the weekly hours are shown as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypedDict

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, ParserError, UnknownCountryError  # type: ignore[attr-defined]

from core import clock
from directory.vocabulary import localised

#: A change further away than this is not worth announcing.
_HORIZON_DAYS = 366


class Opening(TypedDict):
    """`state` is open, closed, always, appointment or unknown."""

    state: str
    text: str


def is_open(osm: str, country: str, zone_name: str, at: dt.datetime) -> bool:
    """Whether the doors are open at that instant; False when the hours are unknown."""
    return _moment(osm, country, zone_name, _minute(at))[0] in ("open", "always")


def opening(hours: Mapping[str, Any], osm: str, country: str, zone_name: str, at: dt.datetime | None = None) -> Opening:
    """State and words for a card. `hours` is the JSON of services.hours, `osm` its OSM form."""
    at = _minute(at or clock.now())
    state, change = _moment(osm, country, zone_name, at)
    if state == "unknown":
        if hours.get("by_appointment"):
            return {"state": "appointment", "text": _("By appointment")}
        return {"state": "unknown", "text": _("Hours not known")}
    text = _text(state, change, at.astimezone(clock.zone(zone_name)))
    if hours.get("by_appointment"):
        text = _("%(hours)s, by appointment") % {"hours": text}
    return {"state": state, "text": text}


def week(hours: Mapping[str, Any], today: dt.date) -> list[dict[str, Any]]:
    """Seven rows {day, text, today} from Monday on; empty when there are no weekly hours."""
    if hours.get("always"):
        return []
    slots = list(_slots(hours))
    if not slots:
        return []
    rows = []
    for day in range(7):
        spans = sorted(f"{opens}–{closes}" for days, opens, closes in slots if day in days)
        rows.append(
            {
                "day": str(WEEKDAYS[day]).capitalize(),
                "text": ", ".join(spans) or pgettext("hours", "closed"),
                "today": day == today.weekday(),
            }
        )
    return rows


def special_days(hours: Mapping[str, Any], today: dt.date) -> list[dict[str, str]]:
    """Exceptions that are not over yet, soonest first: {days, text, note}."""
    found = []
    for item in hours.get("exceptions", []):
        first, last = dt.date.fromisoformat(item["from"]), dt.date.fromisoformat(item.get("to") or item["from"])
        if last < today:
            continue
        spans = ", ".join(f"{opens}–{closes}" for opens, closes in item.get("slots", []))
        text = spans or pgettext("hours", "closed")
        found.append((first, {"days": _days(first, last), "text": text, "note": localised(item.get("note"))}))
    return [row for _first, row in sorted(found, key=lambda pair: pair[0])]


def notes(hours: Mapping[str, Any]) -> str:
    """What people should know beside the times, public holidays included."""
    parts = []
    if hours.get("by_appointment"):
        parts.append(_("By appointment"))
    if hours.get("holidays") == "closed":
        parts.append(_("Closed on public holidays"))
    if hours.get("holidays") == "open":
        parts.append(_("Open on public holidays"))
    if note := localised(hours.get("note")):
        parts.append(note)
    return ". ".join(part.rstrip(".") for part in parts)


@lru_cache(maxsize=4096)
def _moment(osm: str, country: str, zone_name: str, at: dt.datetime) -> tuple[str, dt.datetime | None]:
    parsed = _parsed(osm, country, zone_name)
    if parsed is None:
        return "unknown", None
    local = at.astimezone(clock.zone(zone_name))
    change = parsed.next_change(local)
    if parsed.is_unknown(local):
        return "unknown", None
    if not parsed.is_open(local):
        return "closed", change
    return ("open", change) if change else ("always", None)


@lru_cache(maxsize=2048)
def _parsed(osm: str, country: str, zone_name: str) -> OpeningHours | None:
    """None for nothing, and for text that is not opening hours."""
    if not osm.strip():
        return None
    options: dict[str, Any] = {"timezone": clock.zone(zone_name), "max_interval_days": _HORIZON_DAYS}
    try:
        return OpeningHours(osm, country=country or None, **options)
    except UnknownCountryError:
        return OpeningHours(osm, **options)
    except ParserError:
        return None


def _minute(at: dt.datetime) -> dt.datetime:
    return at.replace(second=0, microsecond=0)


def _text(state: str, change: dt.datetime | None, local: dt.datetime) -> str:
    if state == "always":
        return _("Round the clock")
    if state == "open":
        return _("Open until %(when)s") % {"when": _when(change, local, opens=False)} if change else _("Open")
    if change is None:
        return _("Closed now")
    return _("Opens %(when)s") % {"when": _when(change, local, opens=True)}


def _when(change: dt.datetime, local: dt.datetime, *, opens: bool) -> str:
    """“19:00”, “tomorrow at 10:00”, “on Monday at 10:00”, “on 8 January at 10:00”."""
    time = f"{change:%H:%M}"
    days = (change.date() - local.date()).days
    if days == 0 or (days == 1 and not opens and change - local < dt.timedelta(hours=14)):
        return _("at %(time)s") % {"time": time} if opens else time
    values = {"time": time, "date": date_format(change, "j E" if _is_russian() else "j F")}
    if days == 1:
        return _("tomorrow at %(time)s") % values if opens else _("tomorrow, %(time)s") % values
    if days < 7:
        return (_on_weekday() if opens else _until_weekday())[change.weekday()] % values
    return _("on %(date)s at %(time)s") % values if opens else _("%(date)s, %(time)s") % values


def _is_russian() -> bool:
    return (get_language() or "ru").startswith("ru")


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


def _days(first: dt.date, last: dt.date) -> str:
    pattern = "j E Y" if _is_russian() else "j F Y"
    if first == last:
        return date_format(first, pattern)
    return f"{date_format(first, pattern)} – {date_format(last, pattern)}"


def _slots(hours: Mapping[str, Any]) -> Iterator[tuple[list[int], str, str]]:
    for slot in hours.get("slots", []):
        yield slot["days"], slot["opens"], slot["closes"]
