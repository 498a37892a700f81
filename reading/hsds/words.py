"""What the standard's fields hold: addresses of the web in ASCII, days, times with their offset, no empty key."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import quote, urlsplit, urlunsplit

from core import clock
from directory.crossing.content import HoursJson, SlotJson
from directory.freshness import local_date
from directory.shown.rows import ListingRow
from directory.vocabulary import localised
from reading.hsds.ids import derived

#: An object of the standard. It has no empty keys: its schemas refuse null.
Told = dict[str, object]

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def full(**fields: object) -> Told:
    """The fields that say something; numbers and truths always do."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def web(address: object) -> str:
    """The address as a URI of ASCII, "" when there is none to be had."""
    try:
        parts = urlsplit(str(address or ""))
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    safe = "/%:@!$&'()*+,;=~-._"
    return urlunsplit((parts.scheme, host + port, quote(parts.path, safe), quote(parts.query, safe + "?"), ""))


def email(value: str) -> str:
    return value if _EMAIL.fullmatch(value) else ""


def instant(at: dt.datetime) -> str:
    """UTC, with milliseconds."""
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def schedules(row: ListingRow, listing: str, at: dt.datetime) -> list[Told]:
    """Each period of a week as a rule of its own, and each special day; the zone as the standard has it, by its offset
    of today, and by its name in a field of ours."""
    hours, zone = row.hours, at.astimezone(clock.zone(row.timezone))
    offset = (zone.utcoffset() or dt.timedelta()).total_seconds() / 3600
    suffix = zone.strftime("%z")
    suffix = f"{suffix[:3]}:{suffix[3:]}"
    rules = [*_weekly(hours, suffix), *_special(row, hours, suffix, at)]
    note = localised(hours.get("note"))
    return [
        full(
            id=derived("schedule", row.id, number, repr(rule)),
            service_at_location_id=listing,
            timezone=int(offset) if offset == int(offset) else offset,
            x_timezone=row.timezone,
            x_opening_hours=row.hours_osm if number == 0 else "",
            notes=note,
            **rule,
        )
        for number, rule in enumerate(rules)
    ]


def _weekly(hours: HoursJson, suffix: str) -> list[Told]:
    if hours.get("always"):
        return [{"freq": "WEEKLY", "byday": ",".join(_DAYS), **_times("00:00", "23:59", suffix)}]
    rules = [_of_slot(slot, suffix) for slot in hours.get("slots", ())]
    if hours.get("by_appointment"):
        rules.append({"description": "by appointment", "attending_type": "in_person"})
    return rules


def _special(row: ListingRow, hours: HoursJson, suffix: str, at: dt.datetime) -> list[Told]:
    today = local_date(row.timezone, at).isoformat()
    rules: list[Told] = []
    for one in hours.get("exceptions", ()):
        if one["to"] < today:
            continue
        dates = {"valid_from": one["from"], "valid_to": one["to"]}
        said = localised(one.get("note"))
        told = {**dates, **({"description": said} if said else {})}
        open_then = [{"freq": "WEEKLY", **_times(slot[0], slot[1], suffix), **told} for slot in one.get("slots", ())]
        rules += open_then or [{**dates, "description": said or "closed"}]
    return rules


def _of_slot(slot: SlotJson, suffix: str) -> Told:
    days = ",".join(_DAYS[day] for day in slot["days"])
    return {"freq": "WEEKLY", "byday": days, **_times(slot["opens"], slot["closes"], suffix)}


def _times(opens: str, closes: str, suffix: str) -> Told:
    """Midnight at the end of a day is the last minute that the standard knows of it."""
    return {"opens_at": f"{opens}{suffix}", "closes_at": f"{'23:59' if closes == '24:00' else closes}{suffix}"}
