"""The rows of a kept list, as the rows of an import."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from exchange.books.planning import BookPlan
from exchange.foreign.becoming import Becoming
from exchange.foreign.choices import ListChoices, mapping_for
from exchange.importing.notes import Note
from exchange.importing.reading.rows import MAIN, Row, Source
from exchange.importing.unread import unread_fields
from exchange.models import ForeignList

#: Notes that a plan keeps, and rows that one of them names.
MOST_TOLD, MOST_NUMBERS = 200, 20
Told = list[dict[str, str]]


def plan_rows(kept: ForeignList) -> tuple[BookPlan, Told]:
    """(the plan of the whole list, what was not taken over). Raises MappingFault."""
    found = becoming(kept)
    told = [{"row": "", "column": "", "value": "", "say": note} for note in kept.notes]
    told += _told(found) + _unread(found, kept)
    return BookPlan(found.entries, [], found.same), told[:MOST_TOLD]


def source_of(kept: ForeignList) -> Source:
    """A cell that could not be read refuses its row only where something is taken of its column."""
    taken = choices_of(kept).columns
    rows = [
        Row(
            number, {MAIN: data}, tuple(note for note in map(_fault, faults) if not note.column or note.column in taken)
        )
        for number, data, faults in kept.rows
    ]
    return Source(rows, columns=tuple(kept.columns))


def _fault(kept: Sequence[str] | str) -> Note:
    """Lists of yesterday kept the words alone."""
    say, column, value = (kept, "", "") if isinstance(kept, str) else kept
    return Note("", say, column=column, value=value)


def choices_of(kept: ForeignList) -> ListChoices:
    return ListChoices(**kept.choices)


def becoming(kept: ForeignList, rows: int | None = None) -> Becoming:
    """What the list, or its first rows, would become. Raises MappingFault."""
    choices = choices_of(kept)
    mapping = mapping_for(choices, kept.title, kept.organization)
    found = Becoming(
        kept.user,
        mapping,
        kept.organization,
        names_owner=bool(choices.of("organization.name")),
        country=choices.country,
    )
    found.read(source_of(kept).rows[:rows])
    return found


def _told(found: Becoming) -> Told:
    """What is told of several rows in the same words is told once; what refuses its row is said there."""
    refused = {(entry.line, fault["cell"], fault["value"]) for entry in found.entries for fault in entry.faults}
    lines: dict[tuple[str, str, str], list[int]] = {}
    for number, note in found.remarks.notes:
        if (number, note.column, note.value) not in refused:
            lines.setdefault((note.column, note.value[:200], note.message), []).append(number)
    return [
        {"row": _numbers(numbers), "column": column, "value": value, "say": say}
        for (column, value, say), numbers in lines.items()
    ]


def _numbers(found: list[int]) -> str:
    rest = " …" if len(found) > MOST_NUMBERS else ""
    return ", ".join(map(str, dict.fromkeys(found[:MOST_NUMBERS]))) + rest


def _unread(found: Becoming, kept: ForeignList) -> list[dict[str, str]]:
    say = _("Nothing is taken of this column.")
    unread = unread_fields(found.mapping.paths(), source_of(kept).rows)
    return [{"row": "", "column": name, "value": one.value[:200], "say": say} for name, one in unread.items()]
