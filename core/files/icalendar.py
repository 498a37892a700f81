"""A calendar as a file (iCalendar, RFC 5545): events with an instant, folded lines, nothing else.

Instants are written in UTC, so no zone has to be described; a calendar shows them in its reader's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: Bytes of a line, without its end (RFC 5545, 3.1).
_LINE = 75
CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class CalendarEvent:
    """`sequence` grows with every change, so that a calendar which knows the event takes the new one."""

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    stamped_at: dt.datetime
    title: str
    text: str = ""
    where: str = ""
    url: str = ""
    sequence: int = 0
    is_cancelled: bool = False


def calendar(name: str, events: Iterable[CalendarEvent], *, host: str) -> str:
    """The whole file, each line with CRLF."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{_text(host)}//service map//RU", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _event(event, host)
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in _folded(line))


def _event(event: CalendarEvent, host: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}@{_text(host)}"
    yield f"DTSTAMP:{_instant(event.stamped_at)}"
    yield f"DTSTART:{_instant(event.starts_at)}"
    yield f"DTEND:{_instant(event.ends_at)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{_text(event.text)}"
    if event.where:
        yield f"LOCATION:{_text(event.where)}"
    if event.url:
        yield f"URL:{_address(event.url)}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _instant(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A value of kind TEXT: no sign of it ends the line or begins another property."""
    clean = "".join(one if one == "\n" or one.isprintable() else " " for one in value.replace("\r\n", "\n"))
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _address(value: str) -> str:
    return "".join(one for one in value if one.isprintable() and not one.isspace())


def _folded(line: str) -> Iterator[str]:
    """Parts of at most 75 bytes; a letter is never cut in two."""
    part, size = "", 0
    for one in line:
        length = len(one.encode())
        if size + length > _LINE:
            yield part
            part, size = " ", 1
        part, size = part + one, size + length
    yield part
