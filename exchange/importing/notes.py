"""What an import has to say about a row: a fault that refuses it, or a note about something that was not taken over.

Rule: nothing is lost in silence. Whatever of a file does not arrive is named with its row, its column and its value.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Note:
    """`field` is ours (“service.title”), `column` and `value` are the file's."""

    field: str
    message: str
    column: str = ""
    value: str = ""


class RowFaults(Exception):
    """Why a row is refused."""

    def __init__(self, faults: list[Note]) -> None:
        super().__init__(faults)
        self.faults = faults


@dataclass
class Remarks:
    """What the mapping could not translate, counted by field and foreign value, and notes with the row of each."""

    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    nearest: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: list[tuple[int, Note]] = field(default_factory=list)

    def add(self, others: Remarks) -> None:
        self.unmapped += others.unmapped
        self.nearest += others.nearest
        self.notes += others.notes


def in_words(path: tuple[str, ...]) -> str:
    """A path as people see it in the file."""
    return " / ".join(path)


def shown(value: object) -> str:
    """A value of the file in one text, as it stands there."""
    return (
        value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False, default=str)
    )
