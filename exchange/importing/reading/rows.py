"""Rows of a foreign file, with the rows of other files joined to them.

A row is what the file has, untouched: `{"id": …, "properties": {…}, "geometry": {…}}` for a feature, an object of a
list, `{column: text}` for a line of a table. Numbers are those that a person finds again: the position in a list, the
line of a table. A row that cannot be taken apart safely is here with its `faults`, so that it is refused by its number.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _

from core.spelling.folding import bare
from exchange.importing.errors import FileFault
from exchange.importing.notes import Note, in_words, shown

#: The name of the file itself among the joined ones.
MAIN = ""
Path_ = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row. `parts` holds the data of the file (`MAIN`) and of each joined file that has the row.

    `raw` are the cells of a line that could not be taken apart.
    """

    number: int
    parts: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[Note, ...] = ()
    raw: tuple[str, ...] = ()


@dataclass(frozen=True)
class Join:
    """Another file whose rows belong to ours by the values at `by`."""

    name: str
    file: str
    by: tuple[Path_, ...]


@dataclass(frozen=True)
class Source:
    """A file that was read. `notes` say what of it is no row; `columns` are those of a table, `at` leads to a list;
    `ticked` are columns that were put together, with the number of answers (`foreign.ticked`)."""

    rows: list[Row]
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    at: Path_ = ()
    ticked: Mapping[str, int] = field(default_factory=dict)


def join_rows(main: Source, joined: Mapping[str, Source], joins: Sequence[Join]) -> Source:
    """The rows of the file with those of the others. Raises FileFault when a key of another file is not unique."""
    tables = {join.name: _index(joined[join.name], join) for join in joins}
    wanted: dict[str, set[str]] = {join.name: set() for join in joins}
    found = []
    for row in main.rows:
        parts = dict(row.parts)
        for join in joins:
            key = key_of(row.parts[MAIN], join.by)
            wanted[join.name].add(key)
            if key and key in tables[join.name]:
                parts[join.name] = tables[join.name][key]
        found.append(replace(row, parts=parts))
    notes = [note for join in joins for note in _unmatched(joined[join.name], join, wanted[join.name])]
    return replace(main, rows=found, notes=(*main.notes, *notes))


def only(source: Source, numbers: Collection[int]) -> Source:
    """The file with these rows alone."""
    return replace(source, rows=[row for row in source.rows if row.number in numbers])


def lookup(data: object, path: Path_) -> object:
    """What the data has at the path; None where it ends early.

    A number in a path is a position in a list; another step goes into every entry of it.
    """
    for position, step in enumerate(path):
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and step.isdecimal():
            data = data[int(step)] if int(step) < len(data) else None
        elif isinstance(data, list):
            return [found for item in data if (found := lookup(item, path[position:])) is not None] or None
        else:
            return None
    return data


def key_of(data: object, paths: tuple[Path_, ...]) -> str:
    """The values at the paths as one identifier; "" when one of them is missing."""
    values = [lookup(data, path) for path in paths]
    parts = [bare(shown(value)) for value in values]
    return "|".join(parts) if all(parts) else ""


def leaves(data: object, path: Path_ = ()) -> Sequence[tuple[Path_, object]]:
    """Every value of a row with its path; those without content are left out."""
    if isinstance(data, Mapping):
        return [leaf for name, value in data.items() for leaf in leaves(value, (*path, str(name)))]
    if isinstance(data, list):
        return [leaf for position, value in enumerate(data) for leaf in leaves(value, (*path, str(position)))]
    return [] if data is None or (isinstance(data, str) and not bare(data)) else [(path, data)]


def origin(row: Row, paths: Sequence[tuple[str, Path_]]) -> tuple[str, str]:
    """(columns, values) of a row at these paths of its files, for people."""
    given = list(dict.fromkeys((file, path) for file, path in paths if path))
    values = [shown(lookup(row.parts.get(file), path)) for file, path in given]
    columns = [in_words((file, *path) if file else path) for file, path in given]
    return ", ".join(columns), "; ".join(value for value in values if value)


def _index(source: Source, join: Join) -> dict[str, object]:
    table: dict[str, object] = {}
    for row in source.rows:
        key = key_of(row.parts[MAIN], join.by)
        if key in table or row.faults:
            message = (
                row.faults[0].message if row.faults else _("another row has the same key “%(key)s”.") % {"key": key}
            )
            raise FileFault(
                _("%(file)s, row %(row)d: %(message)s") % {"file": join.file, "row": row.number, "message": message}
            )
        if key:
            table[key] = row.parts[MAIN]
    return table


def _unmatched(source: Source, join: Join, wanted: set[str]) -> list[str]:
    """What of a joined file belongs to no row."""
    left = [row.number for row in source.rows if key_of(row.parts[MAIN], join.by) not in wanted - {""}]
    if not left:
        return []
    numbers = ", ".join(map(str, left[:20])) + (" …" if len(left) > 20 else "")
    values = {"file": join.file, "count": len(left), "rows": numbers}
    return [_("%(file)s: %(count)d rows belong to no row of the file: %(rows)s") % values]


def read_text(path: Path) -> str:
    """The file as text. Raises FileFault."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileFault(
            _("%(file)s: this is not UTF-8 text (byte %(byte)d). Save the file as UTF-8.")
            % {"file": path.name, "byte": error.start}
        ) from error
