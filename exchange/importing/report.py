"""What an import did, row by row, and what its mapping left out."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from exchange.importing.expressions import Remarks


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
    field: str = ""
    message: str = ""


@dataclass
class ImportReport:
    """Everything that a person needs to judge an import."""

    results: list[RowResult] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)
    unread: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def counts(self) -> Counter[RowOutcome]:
        """Rows by outcome; a row with several faults counts once."""
        return Counter({number: result.outcome for result in self.results for number in [result.number]}.values())

    @property
    def is_refused(self) -> bool:
        return any(result.outcome == RowOutcome.REFUSED for result in self.results)

    def write(self, path: Path) -> None:
        """The rows as a table that Excel opens."""
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["row", "id", "result", "field", "message", "title"])
            for row in self.results:
                writer.writerow([row.number, row.key, row.outcome.value, row.field, row.message, row.title])

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
        for result in self.results:
            if result.outcome == RowOutcome.REFUSED:
                where = _("row %(row)d") % {"row": result.number}
                yield f"  {where}, {result.field}: {result.message}"
        if self.missing:
            yield _("Imported earlier, but not in this file any more: %(count)d") % {"count": len(self.missing)}
        nearest, unmapped = self.remarks.nearest.items(), self.remarks.unmapped.items()
        yield from _table(_("Put under the nearest of our terms, or left out, because none is the same:"), nearest)
        yield from _table(_("Values that the mapping does not translate:"), unmapped)
        yield from _table(
            _("Fields of the file that the mapping does not read:"), ((("", name), 0) for name in self.unread)
        )


def _table(head: str, entries: Iterable[tuple[tuple[str, str], int]]) -> Iterator[str]:
    rows = sorted(entries, key=lambda entry: (entry[0][0], -entry[1], entry[0][1]))
    if rows:
        yield head
    for (where, value), count in rows:
        place = f"{where}: " if where else ""
        yield f"  {place}{value}" + (f" ({count})" if count else "")
