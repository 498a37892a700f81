"""Schedules of HSDS, 1.x to 3.x, in the shape of `services.hours`.

Rule: a table only of what repeats every week without an end that is over and without an interval. All else is kept as a
note in the source's words, so that no door looks open that opens once a month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core import clock
from exchange.importing.translating.hours import LONGEST_NOTE, read_time

Told = Mapping[str, Any]
_DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_ALWAYS = ("00:00", "23:59")


def hours_of(schedules: Iterable[Told], language: str) -> dict[str, Any]:
    """Slots and a note; {} when nothing is said."""
    slots: dict[tuple[str, str], set[int]] = {}
    notes: list[str] = []
    for one in schedules:
        days, opens, closes = _days(one), _time(one.get("opens_at")), _time(one.get("closes_at"))
        if days and opens and closes and _repeats(one):
            slots.setdefault((opens, closes), set()).update(days)
        elif said := _in_words(one):
            notes.append(said)
    if set(slots) == {_ALWAYS} and len(slots[_ALWAYS]) == len(_DAYS):
        return {"always": True}
    found: dict[str, Any] = {}
    if slots:
        found["slots"] = [
            {"days": sorted(days), "opens": opens, "closes": "24:00" if closes == "23:59" else closes}
            for (opens, closes), days in sorted(slots.items())
            if opens != closes
        ]
    if notes:
        found["note"] = {language: "; ".join(dict.fromkeys(notes))[:LONGEST_NOTE]}
    return found


def _days(one: Told) -> set[int]:
    """`byday` of a rule, or the `weekday` of 1.x and 2.x: a name or a number, Monday is 1."""
    said = str(one.get("byday") or one.get("weekday") or "")
    found: set[int] = set()
    for piece in said.replace(";", ",").split(","):
        day = piece.strip().lower()
        if day.isdecimal() and 1 <= int(day) <= 7:
            found.add(int(day) - 1)
        elif day[:2] in _DAYS and day.isalpha():
            found.add(_DAYS.index(day[:2]))
        elif day:
            return set()  # “1SA” is no day of every week
    return found


def _time(value: object) -> str:
    """Without the offset: a time is meant where the door is."""
    text = str(value or "").strip().removesuffix("Z")
    for sign in "+-":
        head, _sign, tail = text.partition(sign)
        text = head if tail.replace(":", "").isdecimal() else text
    return read_time(text)


def _repeats(one: Told) -> bool:
    today = clock.today().isoformat()
    is_weekly = str(one.get("freq") or "WEEKLY").upper() == "WEEKLY" and str(one.get("interval") or 1) in ("1", "1.0")
    is_open = str(one.get("valid_from") or "")[:10] <= today and not one.get("until") and not one.get("count")
    return is_weekly and is_open and not one.get("valid_to")


def _in_words(one: Told) -> str:
    said = str(one.get("description") or one.get("notes") or "").strip()
    times = "–".join(text for name in ("opens_at", "closes_at") if (text := _time(one.get(name))))
    dates = "–".join(str(one[name])[:10] for name in ("valid_from", "valid_to") if one.get(name))
    return " ".join(piece for piece in (str(one.get("byday") or "") if times else "", times, dates, said) if piece)
