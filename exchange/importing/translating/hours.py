"""Opening hours of a foreign row.

Rule: a weekly table only when the row gives days and whole periods, and says that it repeats every week. Everything
else would promise an open door that nobody promised, so it is kept as a note in the source's words; where the mapping
has no note, the report names what was left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.writing import clean_text
from exchange.importing.errors import MappingFault
from exchange.importing.notes import Note, Remarks, shown
from exchange.importing.reading.rows import MAIN, Row, lookup, origin
from exchange.importing.translating.expressions import Expression, parse
from services.hours import HoursError, OpeningHours

WORDS = ("days", "opens", "closes", "periods", "weekly", "always", "note")
#: So much of a note is kept (`services.hours`).
LONGEST_NOTE = 300
#: 9:00, 09.00, 9-00, 9,30, 9h30, 9, 24:00, 09:00:00, 9 am, 9:30 p.m.
_TIME = re.compile(r"(\d{1,2})(?:[:.,h-](\d{2}))?(?::\d{2})?\s*([ap]\.?m\.?)?", re.IGNORECASE)
#: 9-18, с 9 до 18, from 9 to 18.
_PERIOD = re.compile(
    rf"(?:(?:с|from)\s+)?({_TIME.pattern})\s*(?:[-–—−]|(?<=\s)(?:до|to|till|until)\s)\s*({_TIME.pattern})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,;/]*")
Period = tuple[str, str]


@dataclass(frozen=True)
class HoursMapping:
    """`days` gives numbers (0 = Monday), `opens` and `closes` times, or `periods` both; `weekly` and `always` any value
    for yes."""

    days: Expression
    opens: Expression | None = None
    closes: Expression | None = None
    periods: Expression | None = None
    weekly: Expression | None = None
    always: Expression | None = None
    note: Expression | None = None

    def read(self, row: Row, remarks: Remarks) -> dict[str, object]:
        """Hours in the shape of `services.hours`; empty when the row says nothing that could be kept."""
        if self.always and self.always.values(row, remarks):
            return {"always": True}
        days, periods = self._days(row, remarks), self._periods(row, remarks)
        is_weekly = self.weekly is None or bool(self.weekly.values(row, remarks))
        if days and periods and is_weekly:
            hours: dict[str, object] = {
                "slots": [{"days": days, "opens": opens, "closes": closes} for opens, closes in periods]
            }
            if _is_sound(hours):
                return hours
        return self._in_words(row, remarks)

    def expressions(self) -> list[Expression]:
        given = (self.days, self.opens, self.closes, self.periods, self.weekly, self.always, self.note)
        return [each for each in given if each is not None]

    def _days(self, row: Row, remarks: Remarks) -> list[int]:
        """Numbers of days; none when one of the values is not a day."""
        found = [shown(day).strip() for day in self.days.values(row, remarks)]
        return sorted({int(day) for day in found}) if all(re.fullmatch("[0-6]", day) for day in found) else []

    def _periods(self, row: Row, remarks: Remarks) -> list[Period]:
        """Periods of a day, several where the row has several; none when one of them is not clear."""
        if self.periods:
            found = [read_periods(shown(text)) for text in self.periods.values(row, remarks)]
            return [period for periods in found for period in periods] if all(found) else []
        if not self.opens or not self.closes:
            return []
        opens = [read_time(shown(time)) for time in self.opens.values(row, remarks)]
        closes = [read_time(shown(time)) for time in self.closes.values(row, remarks)]
        return list(zip(opens, closes, strict=True)) if len(opens) == len(closes) and all(opens + closes) else []

    def _in_words(self, row: Row, remarks: Remarks) -> dict[str, object]:
        note = clean_text(self.note.text(row, remarks), lines=True) if self.note else ""
        if len(note) > LONGEST_NOTE:
            message = _("Only the first %(count)d characters of the note on hours are kept.") % {"count": LONGEST_NOTE}
            remarks.notes.append((row.number, Note("listing.hours", message, self._origin(row)[0], note)))
            note = note[:LONGEST_NOTE]
        columns, values = self._origin(row)
        if values and not note:
            message = _("No clear week: the hours were left out. Give the mapping a note to keep them in words.")
            remarks.notes.append((row.number, Note("listing.hours", message, columns, values)))
        return {"note": {"en": note}} if note else {}

    def _origin(self, row: Row) -> tuple[str, str]:
        return origin(row, [path for expression in self.expressions() for path in expression.paths()])


@dataclass(frozen=True)
class ReadyHours:
    """Hours that a reader of ours has put into the shape of `services.hours` already."""

    at: Expression

    def read(self, row: Row, remarks: Remarks) -> dict[str, object]:
        found = lookup(row.parts[MAIN], self.at.path)
        return dict(found) if isinstance(found, dict) and _is_sound(found) else {}

    def expressions(self) -> list[Expression]:
        return [self.at]


def read_time(text: str) -> str:
    """ "09:00" for a time as people write it, "" for what is none."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return ""
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        return ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    is_time = (hour < 24 and minute < 60) or (hour, minute) == (24, 0)
    return f"{hour:02}:{minute:02}" if is_time else ""


def read_periods(text: str) -> list[Period]:
    """`9:00–13:00, 14:00–18:00` as pairs; none when anything else stands there too."""
    pairs = [(read_time(found[1]), read_time(found[5])) for found in _PERIOD.finditer(text)]
    is_all = _BETWEEN.fullmatch(_PERIOD.sub("", text)) is not None
    return pairs if is_all and all(opens and closes for opens, closes in pairs) else []


def _is_sound(hours: dict[str, object]) -> bool:
    try:
        OpeningHours.from_json(hours)
    except HoursError:
        return False
    return True


def parse_hours(data: object, where: str, files: tuple[str, ...]) -> HoursMapping | ReadyHours:
    """The `hours` of a mapping file. Raises MappingFault."""
    if isinstance(data, dict) and set(data) == {"ready"}:
        return ReadyHours(parse(data["ready"], where, files))
    if not isinstance(data, dict) or not ({"days", "opens", "closes"} <= set(data) or {"days", "periods"} <= set(data)):
        raise MappingFault(_("days, opens and closes, or days and periods are needed."), where=where)
    if unknown := set(data) - set(WORDS):
        raise MappingFault(_("unknown word “%(word)s”.") % {"word": min(map(str, unknown))}, where=where)
    parsed = {word: parse(data[word], f"{where}.{word}", files) for word in WORDS if word in data}
    return HoursMapping(**parsed)
