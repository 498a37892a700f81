"""A list of somebody else from its upload to a plan, and what was matched in it, for the next one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from accounts.models import User
from core import clock
from core.spelling.folding import folded
from exchange.books import keeping
from exchange.books.planning import BookPlan
from exchange.foreign.choices import ListChoices, fill_values, guessed, mapping_for
from exchange.foreign.reading import read_list
from exchange.foreign.rows import choices_of, source_of
from exchange.foreign.targets import CODED, words_for
from exchange.importing.reading.rows import MAIN, Row, Source
from exchange.models import PLAN_STANDS, BookImport, ForeignList, ListMapping
from organizations.models import Organization

#: Rows that are shown as they would become, and notes that a plan keeps.
SHOWN, MOST_TOLD = 5, 200
Values = dict[str, dict[str, str]]


def take_in(user: User, organization: Organization, name: str, file: IO[bytes], size: int) -> ForeignList:
    """Read the list and guess what its columns are: as in a list of these columns before. Raises BookFault."""
    source = read_list(name, file, size)
    choices = _as_before(organization, source)
    if choices is None:
        choices = guessed(source, organization, remembered(organization))
        _leave_strangers(choices, source, user)
    choices.ticked = dict(source.ticked)
    return ForeignList.objects.create(
        user=user,
        organization=organization,
        title=(name.rpartition(".")[0] or name)[:60],
        columns=list(source.columns),
        rows=[_kept(row) for row in source.rows],
        notes=list(source.notes),
        choices=choices.kept(),
        expires_at=clock.now() + PLAN_STANDS,
    )


def _leave_strangers(choices: ListChoices, source: Source, user: User) -> None:
    """A column of organisations of which the person edits none does not say whose the rows are: they have chosen that
    already, and each row would be refused."""
    mine = {folded(owner.name_i18n) for owner in Organization.objects.editable_by(user)}
    rows: list[Any] = [row.parts[MAIN] for row in source.rows]
    for column in choices.of("organization.name"):
        if not mine & {folded(row.get(column, "")) for row in rows}:
            del choices.columns[column]


def choose(kept: ForeignList, choices: ListChoices) -> ListChoices:
    """Keep what was chosen; values of columns that are new there are guessed."""
    words = {code: words_for(code) for code in CODED}
    fill_values(choices, source_of(kept), words, remembered(kept.organization))
    kept.choices = choices.kept()
    kept.save(update_fields=["choices"])
    return choices


def plan(kept: ForeignList, defer: keeping.Defer | None = None) -> BookImport:
    """The plan of the whole list, by the way of a workbook; a long one is read by the worker. Raises MappingFault."""
    mapping_for(choices_of(kept), kept.title, kept.organization)
    return keeping.keep(kept.user, BookPlan(), defer, title=kept.title, foreign=kept, total=len(kept.rows))


def remember(kept: ForeignList, name: str) -> ListMapping:
    """Keep what was matched under a name, for the organisation."""
    mapping, _made = ListMapping.objects.update_or_create(
        organization=kept.organization,
        name=name,
        defaults={"columns": sorted(kept.columns), "choices": kept.choices, "changed_at": clock.now()},
    )
    return mapping


def remembered(organization: Organization) -> Values:
    """Every value that this organisation has matched, the latest choice first."""
    found: Values = {}
    for mapping in ListMapping.objects.filter(organization=organization).order_by("changed_at"):
        for code, values in mapping.choices.get("values", {}).items():
            found.setdefault(code, {}).update({value: ours for value, ours in values.items() if ours})
    return found


def _as_before(organization: Organization, source: Source) -> ListChoices | None:
    known = ListMapping.objects.filter(organization=organization, columns=sorted(source.columns)).first()
    if known is None:
        return None
    choices = ListChoices(**known.choices)
    words: Mapping[str, dict[str, list[str]]] = {code: words_for(code) for code in CODED}
    fill_values(choices, source, words, remembered(organization))
    return choices


def _kept(row: Row) -> list[object]:
    """A line with cells that could not be read keeps what stood in the others, and which and why."""
    return [row.number, row.parts[MAIN], [[note.message, note.column, note.value] for note in row.faults]]
