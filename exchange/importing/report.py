"""What an import did, row by row, and what its mapping left out."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from core.files.sheets import cell
from exchange.importing.notes import Note, Remarks, shown
from exchange.importing.translating.mapping import MappingFile, Wanted
from exchange.importing.unread import Unread

#: Results of lines that are no rows' outcomes.
NOTED, UNREAD, MISSING = "noted", "not read", "missing"
LONGEST_VALUE, MOST_LINES = 120, 50


class RowOutcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # somebody confirmed or published the listing since: the file does not overrule people
    REFUSED = "refused"


@dataclass(frozen=True)
class RowResult:
    """One line of the report; a refused row has one for each fault."""

    number: int
    key: str
    title: str
    outcome: RowOutcome
    note: Note

    @property
    def field(self) -> str:
        return self.note.field

    @property
    def message(self) -> str:
        return self.note.message


def result_of(
    mapping: MappingFile, wanted: Wanted, outcome: RowOutcome, field: str = "", message: str = ""
) -> RowResult:
    """The line of a row that could be read; of a fault, with the columns and values of the file behind it."""
    note = Note(field, message, *(mapping.origin(field, wanted.row) if field else ("", "")))
    return RowResult(wanted.row.number, wanted.key, shown(wanted.service["title"]), outcome, note)


@dataclass
class ImportReport:
    """Everything that a person needs to judge an import. `notes` speak of the file, the remarks of its rows."""

    results: list[RowResult] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)
    unread: dict[str, Unread] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def counts(self) -> Counter[RowOutcome]:
        """Rows by outcome; a row with several faults counts once."""
        return Counter({number: result.outcome for result in self.results for number in [result.number]}.values())

    @property
    def is_refused(self) -> bool:
        return bool(self.refused())

    def refused(self) -> list[RowResult]:
        return [result for result in self.results if result.outcome == RowOutcome.REFUSED]

    def write(self, path: Path) -> None:
        """Rows, notes and fields without a reader as a table that a spreadsheet opens without running anything."""
        with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
            writer = csv.writer(file)
            writer.writerow(["row", "id", "result", "field", "message", "column", "value", "title"])
            writer.writerows([cell(value) for value in line] for line in self._table())

    def _table(self) -> Iterator[tuple[object, ...]]:
        lines = [(row.number, row.key, row.outcome.value, row.note, row.title) for row in self.results]
        lines += [(number, "", NOTED, note, "") for number, note in self.remarks.notes]
        for number, key, outcome, note, title in sorted(lines, key=lambda line: line[0]):
            yield number, key, outcome, note.field, note.message, note.column, note.value, title
        message = _("The mapping does not read this field.")
        for name, unread in self.unread.items():
            yield unread.row, "", UNREAD, "", message, name, unread.value, ""
        yield from (("", "", NOTED, "", note, "", "", "") for note in self.notes)
        yield from (("", key, MISSING, "", "", "", "", "") for key in self.missing)

    def lines(self) -> Iterator[str]:
        """The summary for a terminal."""
        names = {
            RowOutcome.CREATED: _("rows created"),
            RowOutcome.UPDATED: _("rows updated"),
            RowOutcome.UNCHANGED: _("rows unchanged"),
            RowOutcome.KEPT: _("rows left alone, because somebody has confirmed them"),
            RowOutcome.REFUSED: _("rows refused"),
        }
        counts = self.counts()
        yield _("Rows: %(total)d") % {"total": sum(counts.values())}
        yield from (f"  {name}: {counts[outcome]}" for outcome, name in names.items() if counts[outcome])
        yield from (_in_one_line(result.number, result.note) for result in self.refused())
        yield from self.notes
        if self.missing:
            yield _("Imported earlier, but not in this file any more: %(count)d") % {"count": len(self.missing)}
        yield from _some(_("Told about rows:"), self._other_notes())
        nearest, unmapped = self.remarks.nearest.items(), self.remarks.unmapped.items()
        yield from _table(_("Put under the nearest of our terms, or left out, because none is the same:"), nearest)
        yield from _table(_("Values that the mapping does not translate:"), unmapped)
        if self.unread:
            yield _("Fields of the file that the mapping does not read:")
            yield from (f"  {name} ({unread})" for name, unread in self.unread.items())

    def _other_notes(self) -> list[str]:
        """Those that no table below sums up."""
        told = self.remarks.unmapped
        return [_in_one_line(n, note) for n, note in self.remarks.notes if (note.field, note.value) not in told]


def _in_one_line(number: int, note: Note) -> str:
    """“row 3, service.title: … (column “Что”: …)”."""
    line = ", ".join(part for part in (_("row %(row)d") % {"row": number}, note.field) if part)
    line = f"  {line}: {note.message}"
    value = note.value if len(note.value) <= LONGEST_VALUE else f"{note.value[:LONGEST_VALUE]}…"
    given = " = ".join(part for part in (note.column, f"“{value}”" if value else "") if part)
    return " ".join(f"{line} [{given}]".split("\n")) if given else line


def _some(head: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield head
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield "  " + _("and %(count)d more: --report names them all") % {"count": len(lines) - MOST_LINES}


def _table(head: str, entries: Iterable[tuple[tuple[str, str], int]]) -> Iterator[str]:
    rows = sorted(entries, key=lambda entry: (entry[0][0], -entry[1], entry[0][1]))
    if rows:
        yield head
    for (where, value), count in rows:
        place = f"{where}: " if where else ""
        yield f"  {place}{value}" + (f" ({count})" if count else "")
