"""What is kept of one row of a workbook between its upload, its application and its undoing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

from django.contrib.gis.geos import Point
from django.db import models

from core.types import Json
from exchange.importing.translating.fields import model_field

Verdict = Literal["new", "changed", "refused"]
#: Places before what is given there, services before their hours.
ORDER = ("location", "service", "contact", "listing")


@dataclass
class BookEntry:
    """`key` is the id as the file says it, `public_id` ours ("" for a new row until it is made).

    `fields` are values to write and `was` those before them, by names of fields, as JSON. `after` is the version that
    the import left behind. `said` is what became of the row when it was undone. `texts` are the cells as they came, in
    the words of `language`, as long as the row is refused, and `formulas` the codes of those that a spreadsheet made.
    `alike` is what is probably the same, of what the person may see, and `answer` what they said: "" nobody has looked,
    "other" it is another one.
    """

    sheet: str
    line: int
    key: str
    name: str
    verdict: Verdict
    public_id: str = ""
    owner: str = ""
    version: int = 0
    fields: dict[str, Any] = field(default_factory=dict)
    was: dict[str, Any] = field(default_factory=dict)
    changes: list[dict[str, str]] = field(default_factory=list)
    faults: list[dict[str, str]] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    after: int = 0
    said: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    language: str = ""
    formulas: list[str] = field(default_factory=list)
    alike: list[dict[str, Any]] = field(default_factory=list)
    answer: str = ""

    @property
    def place(self) -> str:
        """Where it stands in the file."""
        return f"{self.sheet}-{self.line}"

    @property
    def is_asked(self) -> bool:
        """Somebody has to say whether it is there already."""
        return bool(self.alike) and not self.answer

    @property
    def waits(self) -> bool:
        """To be written."""
        return self.verdict != "refused" and not self.after and not self.is_asked

    def refuse(self, message: str, cell: str = "", value: str = "") -> None:
        self.verdict = "refused"
        self.faults.append({"cell": cell, "value": value, "say": message})

    def kept(self) -> dict[str, Any]:
        return dict(vars(self))

    def forget(self) -> None:
        """The cells of a row that was written are in it."""
        if self.verdict != "refused":
            self.texts = {}


def as_json(value: Any) -> Json:
    """A value of a field as it is kept."""
    if isinstance(value, Point):
        return [round(value.x, 6), round(value.y, 6)]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.public_id if isinstance(value, models.Model) else value  # type: ignore[attr-defined,no-any-return]


def alive(sheet: str, name: str, value: Any) -> Any:
    """The value of a field out of what was kept; rows that it points at are for the writer."""
    if value is None:
        return None
    if name == "point":
        return Point(value[0], value[1], srid=4326)
    is_date = name in ("starts_on", "ends_on") and isinstance(model_field(sheet, name), models.DateField)
    return dt.date.fromisoformat(value) if is_date else value
