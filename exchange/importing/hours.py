"""Opening hours of a foreign row.

Rule: a weekly table only when the row gives days, one opening and one closing time, and says that it repeats every
week. Everything else would promise an open door that nobody promised, so it is kept as a note in the source's words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from exchange.importing.errors import MappingFault
from exchange.importing.expressions import Expression, Remarks, parse
from exchange.importing.sources import Row

WORDS = ("days", "opens", "closes", "weekly", "always", "note")


@dataclass(frozen=True)
class HoursMapping:
    """`days` gives numbers (0 = Monday), `opens` and `closes` “09:00”, `weekly` and `always` any value for yes."""

    days: Expression
    opens: Expression
    closes: Expression
    weekly: Expression | None = None
    always: Expression | None = None
    note: Expression | None = None

    def read(self, row: Row, remarks: Remarks) -> dict[str, Any]:
        """Hours in the shape of `services.hours`; empty when the row says nothing."""
        if self.always and self.always.values(row, remarks):
            return {"always": True}
        days = sorted({int(day) for day in self.days.values(row, remarks)})
        opens, closes = self.opens.values(row, remarks), self.closes.values(row, remarks)
        is_weekly = self.weekly is None or bool(self.weekly.values(row, remarks))
        if days and is_weekly and len(opens) == len(closes) == 1 and opens[0] < closes[0]:
            return {"slots": [{"days": days, "opens": opens[0], "closes": closes[0]}]}
        note = self.note.text(row, remarks) if self.note else ""
        return {"note": {"en": note}} if note else {}

    def expressions(self) -> list[Expression]:
        given = (self.days, self.opens, self.closes, self.weekly, self.always, self.note)
        return [each for each in given if each is not None]


def parse_hours(data: Any, where: str, files: tuple[str, ...]) -> HoursMapping:
    """The `hours` of a mapping file. Raises MappingFault."""
    if not isinstance(data, dict) or not {"days", "opens", "closes"} <= set(data):
        raise MappingFault(_("days, opens and closes are needed."), where=where)
    if unknown := set(data) - set(WORDS):
        raise MappingFault(_("unknown word “%(word)s”.") % {"word": min(map(str, unknown))}, where=where)
    parsed = {word: parse(data[word], f"{where}.{word}", files) for word in WORDS if word in data}
    return HoursMapping(**parsed)
