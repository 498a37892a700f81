"""The rows of a kept list, as the rows of an import."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exchange.books.planning import BookPlan
from exchange.foreign.becoming import Becoming
from exchange.foreign.choices import ListChoices, mapping_for
from exchange.importing.notes import Note, Remarks
from exchange.importing.reading.rows import MAIN, Row, Source
from exchange.importing.unread import unread_fields
from exchange.models import ForeignList

#: Notes that a plan keeps.
MOST_TOLD = 200
Told = list[dict[str, str]]


def plan_rows(kept: ForeignList) -> tuple[BookPlan, Told]:
    """(the plan of the whole list, what was not taken over). Raises MappingFault."""
    found = becoming(kept)
    told = [{"row": "", "column": "", "value": "", "say": note} for note in kept.notes]
    told += _told(found.remarks) + _unread(found, kept)
    return BookPlan(found.entries, [], found.same), told[:MOST_TOLD]


def source_of(kept: ForeignList) -> Source:
    rows = [Row(number, {MAIN: data}, tuple(Note("", say) for say in faults)) for number, data, faults in kept.rows]
    return Source(rows, columns=tuple(kept.columns))


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


def _told(remarks: Remarks) -> list[dict[str, str]]:
    return [
        {"row": str(number), "column": note.column, "value": note.value[:200], "say": note.message}
        for number, note in remarks.notes
    ]


def _unread(found: Becoming, kept: ForeignList) -> list[dict[str, str]]:
    say = _("Nothing is taken of this column.")
    unread = unread_fields(found.mapping.paths(), source_of(kept).rows)
    return [{"row": "", "column": name, "value": one.value[:200], "say": say} for name, one in unread.items()]
