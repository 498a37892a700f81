"""A calendar as a file, read back by the rules of RFC 5545."""

import datetime as dt

from core.files.icalendar import CalendarEvent, calendar

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.timezone(dt.timedelta(hours=4)))


def event(**fields):
    return CalendarEvent(
        **{"uid": "abc", "starts_at": AT, "ends_at": AT + dt.timedelta(hours=3), "stamped_at": AT, "title": "Занятие"}
        | fields
    )


def read(text):
    """Unfolded properties, in order."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_an_event_in_utc_with_all_that_a_calendar_asks():
    lines = read(
        calendar("Сеть", [event(where="Тбилиси", url="https://example.org/a?b=1,2", sequence=3)], host="example.org")
    )
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert {"VERSION:2.0", "UID:abc@example.org", "DTSTART:20261102T060000Z", "DTEND:20261102T090000Z", "SEQUENCE:3",
            "LOCATION:Тбилиси", "STATUS:CONFIRMED", "URL:https://example.org/a?b=1,2"} <= set(lines)  # fmt: skip


def test_nothing_that_is_written_ends_a_line_or_begins_a_property():
    hostile = "a\r\nBEGIN:VEVENT\nx;y,z\\\u2028\x00"
    lines = read(calendar("c", [event(title=hostile, url="https://e.org/\r\nX:1")], host="e"))
    assert lines.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:a\\nBEGIN:VEVENT\\nx\\;y\\,z\\\\  " in lines
    assert "URL:https://e.org/X:1" in lines


def test_long_lines_are_folded_between_letters():
    title = "Помощь при передозировке 🚑 " * 20
    lines = read(calendar("c", [event(title=title, is_cancelled=True)], host="e"))
    assert f"SUMMARY:{title}" in lines and "STATUS:CANCELLED" in lines


def test_an_empty_calendar_is_one():
    assert read(calendar("c", [], host="e"))[-1] == "END:VCALENDAR"
