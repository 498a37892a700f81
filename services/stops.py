"""The timetable of a mobile point: checked, and in its stored shape.

JSON shape (`directory.crossing.content.StopJson`), a list of stops:
    {"id": "k3dp7wq2ta", "name": {"ru": "у вокзала", "en": "…"}, "lon": 44.8, "lat": 41.7,
     "hours": {"slots": [{"days": [0], "opens": "18:00", "closes": "21:00"}],
               "exceptions": [{"from": "2026-12-01", "to": "2026-12-01", "slots": [["10:00", "12:00"]]}]}}
A date of its own has "from" and "to" alike; without slots it is a holiday of this stop, of a day or of many, and the
others go on. A date with times inside such a holiday counts. Days that are called off stand beside them:
    [{"stop": "k3dp7wq2ta", "on": "2026-12-01"}]
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Mapping
from typing import Final, TypedDict, cast

from django.utils.translation import gettext_lazy as _

from core.errors import HouseError
from core.ids import ALPHABET, LENGTH, new_public_id
from core.languages import codes
from core.types import Json
from services.hours import HoursError, OpeningHours

MOST_STOPS: Final = 60
LONGEST_NAME: Final = 120
#: A stop that rests for longer is none.
LONGEST_REST: Final = dt.timedelta(days=366)
#: So old days that were called off say nothing any more.
_KEPT = dt.timedelta(days=2)


class StopError(HouseError):
    """A timetable that cannot be understood; the message names the stop."""

    code = "stops"


class Stop(TypedDict):
    """A stop in its stored shape."""

    id: str
    name: dict[str, str]
    lon: float
    lat: float
    hours: dict[str, Json]


class DayOff(TypedDict):
    """A stop that is called off on a day."""

    stop: str
    on: str


def clean_stops(given: object) -> list[Stop]:
    """The stops in their stored shape, those of one name and point as one; raises StopError with words for people."""
    if not isinstance(given, list | tuple) or len(given) > MOST_STOPS:
        raise StopError(_("At most %(count)d stops, please.") % {"count": MOST_STOPS})
    found: dict[tuple[str, float, float], Stop] = {}
    for item in given:
        stop = _stop(item)
        key = (repr(stop["name"]), stop["lon"], stop["lat"])
        if known := found.get(key):
            stop = {**known, "hours": _joined(known, stop)}
        found[key] = stop
    for stop in found.values():
        special = cast("list[dict[str, Json]]", stop["hours"].get("exceptions", []))
        if not stop["hours"].get("slots") and not any(day.get("slots") for day in special):
            told = next(iter(stop["name"].values()))
            raise StopError(_("%(stop)s: say on which days and from when until when.") % {"stop": told})
    return list(found.values())


def without_past(days: Iterable[DayOff], known: Collection[str], today: dt.date) -> list[DayOff]:
    """Days off of the stops that are known, without those that are over."""
    since = (today - _KEPT).isoformat()
    return sorted(
        (day for day in days if day["stop"] in known and day["on"] >= since), key=lambda d: (d["on"], d["stop"])
    )


def _stop(item: object) -> Stop:
    if not isinstance(item, Mapping):
        raise StopError(_("The timetable could not be read."))
    name = _name(item.get("name"))
    told = next(iter(name.values()), "")
    lon, lat = _degrees(item.get("lon"), 180), _degrees(item.get("lat"), 90)
    if not name:
        raise StopError(_("Say of every stop how people find it, for example: at the station."))
    if lon is None or lat is None:
        raise StopError(_("%(stop)s: put it on the map.") % {"stop": told})
    return {"id": _id(item.get("id")), "name": name, "lon": lon, "lat": lat, "hours": _hours(item.get("hours"), told)}


def _hours(given: object, stop: str) -> dict[str, Json]:
    try:
        told = OpeningHours.from_json(cast("Mapping[str, object]", given))
    except HoursError as error:
        raise StopError(_("%(stop)s: %(fault)s") % {"stop": stop, "fault": error.message}) from error
    if any(special.slots and special.first != special.last for special in told.exceptions):
        raise StopError(_("%(stop)s: a date of its own is one day, with its times.") % {"stop": stop})
    if any(special.last - special.first > LONGEST_REST for special in told.exceptions):
        raise StopError(_("%(stop)s: a holiday of a stop is a year at most.") % {"stop": stop})
    return OpeningHours(slots=told.slots, exceptions=told.exceptions).to_json()


def _joined(one: Stop, other: Stop) -> dict[str, Json]:
    """The times of both; periods of one date become one special day, and what is left of holidays stays closed."""
    parts = [OpeningHours.from_json(stop["hours"]) for stop in (one, other)]
    dates: dict[str, set[tuple[str, str]]] = {}
    rests: set[dt.date] = set()
    for special in (special for part in parts for special in part.exceptions):
        if special.slots:
            dates.setdefault(special.first.isoformat(), set()).update(special.slots)
        else:
            rests |= {special.first + dt.timedelta(days=day) for day in range((special.last - special.first).days + 1)}
    slots = [{"days": slot.days, "opens": slot.opens, "closes": slot.closes} for part in parts for slot in part.slots]
    exceptions: list[Mapping[str, object]] = [
        *({"from": date, "to": date, "slots": sorted(spans)} for date, spans in dates.items()),
        *_periods(rests - {dt.date.fromisoformat(date) for date in dates}),
    ]
    return _hours({"slots": slots, "exceptions": exceptions}, next(iter(one["name"].values())))


def _periods(days: Iterable[dt.date]) -> list[dict[str, object]]:
    """Days in a row as one holiday each."""
    found: list[list[dt.date]] = []
    for day in sorted(days):
        if found and day - found[-1][-1] == dt.timedelta(days=1):
            found[-1].append(day)
        else:
            found.append([day])
    return [{"from": run[0].isoformat(), "to": run[-1].isoformat(), "slots": []} for run in found]


def _name(given: object) -> dict[str, str]:
    if not isinstance(given, Mapping):
        return {}
    lines = {code: " ".join(str(given.get(code) or "").split())[:LONGEST_NAME].strip() for code in codes()}
    return {code: line for code, line in lines.items() if line}


def _degrees(value: object, limit: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > limit:
        return None
    return round(float(value), 6)


def _id(given: object) -> str:
    is_known = isinstance(given, str) and len(given) == LENGTH and set(given) <= set(ALPHABET)
    return str(given) if is_known else new_public_id()
