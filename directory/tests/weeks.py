"""Opening hours for tests, written shortly: `week("Mo 09:00-18:00")`, `week("Mo-Fr 09:00-13:00", "Sa 10:00-02:00")`."""

from __future__ import annotations

from directory.crossing.content import HoursJson

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def week(*slots: str, **rest: object) -> HoursJson:
    """Hours in their stored shape; `rest` are its other keys."""
    return {"slots": [_slot(each) for each in slots], **rest}  # type: ignore[typeddict-item]


def _slot(text: str) -> dict[str, object]:
    days, times = text.split(" ")
    first, _dash, last = days.partition("-")
    opens, closes = times.split("-")
    chosen = range(_DAYS.index(first), _DAYS.index(last or first) + 1)
    return {"days": list(chosen), "opens": opens, "closes": closes}
