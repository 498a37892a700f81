"""Random opening hours in their stored shape."""

from __future__ import annotations

import datetime as dt
import random

from core.types import Json
from services.hours import HoursError, OpeningHours


def hours_of(some: random.Random) -> dict[str, Json]:
    """Hours that the product accepts: what it refuses is thrown again."""
    while True:
        try:
            return OpeningHours.from_json(_thrown(some)).to_json()
        except HoursError:
            continue


def _thrown(some: random.Random) -> dict[str, object]:
    base = some.choice(("week", "week", "nights", "nights", "nights", "always", "appointment", "nothing"))
    data: dict[str, object] = {"holidays": some.choice(("", "open", "closed", "closed"))}
    if base in ("week", "nights"):
        data["slots"] = [_slot(some, base == "nights") for _each in range(some.randint(1, 4))]
        data["by_appointment"] = some.random() < 0.2
    data |= {"always": base == "always"} if base == "always" else {}
    data |= {"by_appointment": True} if base == "appointment" else {}
    data["exceptions"] = [_special(some) for _each in range(some.choice((0, 0, 1, 1, 2, 3)))]
    return data


def _slot(some: random.Random, is_night: bool) -> dict[str, object]:
    opens, closes = _times(some, is_night)
    return {"days": some.sample(range(7), some.randint(1, 7)), "opens": opens, "closes": closes}


def _special(some: random.Random) -> dict[str, object]:
    first = dt.date(2026, 11, 23) + dt.timedelta(days=some.randint(0, 12))
    last = first + dt.timedelta(days=some.choice((0, 0, 1, 4)))
    slots = [_times(some, some.random() < 0.4) for _each in range(some.choice((0, 0, 1, 2)))]
    return {"from": first.isoformat(), "to": last.isoformat(), "slots": slots}


def _times(some: random.Random, is_night: bool) -> tuple[str, str]:
    if is_night:
        return _clock(some.randrange(17 * 60, 1440, 15)), _clock(some.randrange(0, 9 * 60, 15))
    opens = some.randrange(0, 23 * 60, 15)
    return _clock(opens), _clock(some.randrange(opens + 15, 1441, 15))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
