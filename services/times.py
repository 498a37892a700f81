"""A wall-clock time as people write it: “9”, “930”, “9.30”, “9-00”, “9,30”, “9 ч 30 мин”, “9h30”, “9 pm”, “24:00”."""

from __future__ import annotations

import re
import unicodedata

_DASH = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_HOURS, _MINUTES = r"(?:h(?:rs?|ours?)?|ч|час(?:а|ов)?)\.?", r"(?:min|мин|м)\.?"
_TIME = re.compile(
    rf"(?P<hour>[0-9]{{1,2}})"
    rf"(?:\s*(?:(?P<dash>[{_DASH}])|[:.,;=’']|{_HOURS})?\s*(?P<minute>[0-9]{{2}})(?::00)?)?"
    rf"(?:\s*(?:{_HOURS}|{_MINUTES}))?(?:\s*(?P<half>[ap])\.?m\.?)?"
)
#: After a dash other figures are rather the end of “9-18” than minutes.
_AFTER_A_DASH = (0, 15, 30, 45)


def read_time(text: str) -> str | None:
    """The time as “09:00”, the end of the day as “24:00”; None for what is no time."""
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip().lower())
    if not found:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute) or (found["dash"] and minute not in _AFTER_A_DASH):
        return None
    return f"{hour:02}:{minute:02}"
