"""What a mapping makes of the first rows of a file, and the codes that a mapping may name. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from core.types import Words
from exchange.importing.notes import Note, Remarks, RowFaults, shown
from exchange.importing.reading.files import read_source
from exchange.importing.reading.rows import Row
from exchange.importing.translating import fields
from exchange.importing.translating.mapping import MappingFile, Wanted, read_mapping

FIRST_ROWS = 3


def explain(path: Path, mapping_path: Path, *, rows: int = FIRST_ROWS) -> Iterator[str]:
    """For each of the first rows: our field, what it would get, of which columns. Raises FileFault, MappingFault."""
    mapping = read_mapping(mapping_path)
    source = read_source(path, mapping.joins, at=mapping.rows, sheet=mapping.sheet)
    yield from source.notes
    for row in source.rows[:rows]:
        yield _("row %(row)d") % {"row": row.number}
        remarks = Remarks()
        try:
            yield from _told(mapping, mapping.read(row, remarks))
        except RowFaults as error:
            yield from (
                _line(note.field, _("refused: %(message)s") % {"message": note.message}, note) for note in error.faults
            )
        yield from (_line(note.field, note.message, note) for _number, note in remarks.notes)


def _told(mapping: MappingFile, wanted: Wanted) -> Iterator[str]:
    row = wanted.row
    yield _line("id", wanted.key, _note(mapping, "id", row))
    yield _line("organization.id", wanted.organization_key, _note(mapping, "organization.id", row))
    parts = {
        "organization": wanted.organization,
        "location": wanted.location or {},
        "service": wanted.service,
        "listing": wanted.listing,
    }
    for part, values in parts.items():
        for name, value in values.items():
            if value not in (None, "", [], {}):
                at = f"{part}.{name}"
                yield _line(at, str(value) if "point" in name else shown(value), _note(mapping, at, row))
    for contact in wanted.contacts:
        yield _line("contacts", shown(contact), _note(mapping, "contacts", row))


def _note(mapping: MappingFile, field: str, row: Row) -> Note:
    return Note(field, "", *mapping.origin(field, row))


def _line(field: str, value: str, note: Note) -> str:
    line = " ".join(f"  {field} = {value}".split("\n"))
    return f"{line}  ← {note.column}: {note.value}" if note.column else line


def code_lists() -> Iterator[tuple[str, Mapping[str, Words]]]:
    """(“part.field”, {code: name}) for every field that takes codes, fields with the same codes together (“part.field,
    part.field”); countries are those of ISO 3166, and attributes are those that each network adds."""
    found: dict[tuple[str, ...], tuple[list[str], Mapping[str, Words]]] = {}
    for part, (_model, names) in fields.PARTS.items():
        for name in names:
            codes = fields.known_codes(part, name)
            if codes and name not in fields.COUNTRIES:
                found.setdefault(tuple(codes), ([], codes))[0].append(f"{part}.{name}")
    for together, codes in found.values():
        yield ", ".join(together), codes
