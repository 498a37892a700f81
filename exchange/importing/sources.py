"""Rows of a GeoJSON or CSV file, with the rows of other files joined to them.

A row is what the file has, untouched: `{"id": …, "properties": {…}, "geometry": {…}}` for a feature, `{column: text}`
for a line. Numbers are those that a person finds again: the position of a feature, the line of a table.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from exchange.importing.errors import FileFault

#: The name of the file itself among the joined ones.
MAIN = ""
Path_ = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row. `parts` holds the data of the file (`MAIN`) and of each joined file that has the row."""

    number: int
    parts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Join:
    """Another file whose rows belong to ours by the values at `by`."""

    name: str
    file: str
    by: tuple[Path_, ...]


def read_rows(path: Path, joins: Sequence[Join] = ()) -> list[Row]:
    """Every row of the file. Joined files are looked for beside it. Raises FileFault."""
    rows = _read(path)
    tables = {join.name: _index(path.parent / join.file, join) for join in joins}
    found = []
    for number, data in rows:
        parts = {MAIN: data}
        for join in joins:
            other = tables[join.name].get(key_of(data, join.by))
            if other is not None:
                parts[join.name] = other
        found.append(Row(number, parts))
    return found


def lookup(data: Any, path: Path_) -> Any:
    """What the data has at the path; None where it ends early. A number in a path is a position in a list."""
    for step in path:
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and step.isdigit() and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def key_of(data: Any, paths: tuple[Path_, ...]) -> str:
    """The values at the paths as one text; "" when one of them is missing."""
    values = [lookup(data, path) for path in paths]
    if any(value in (None, "") for value in values):
        return ""
    return "|".join(value.strip() if isinstance(value, str) else json.dumps(value) for value in values)


def _index(path: Path, join: Join) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for number, data in _read(path):
        key = key_of(data, join.by)
        if key in table:
            raise FileFault(
                _("%(file)s, row %(row)d: another row has the same key “%(key)s”.")
                % {"file": path.name, "row": number, "key": key}
            )
        table[key] = data
    return table


def _read(path: Path) -> list[tuple[int, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileFault(
            _("%(file)s: this is not UTF-8 text (byte %(byte)d). Save the file as UTF-8.")
            % {"file": path.name, "byte": error.start}
        ) from error
    except OSError as error:
        raise FileFault(_("%(file)s: the file cannot be read.") % {"file": path}) from error
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return _table(path, text)
    return _features(path, text)


def _features(path: Path, text: str) -> list[tuple[int, Any]]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise FileFault(
            _("%(file)s: this is not JSON (line %(line)d, column %(column)d).")
            % {"file": path.name, "line": error.lineno, "column": error.colno}
        ) from error
    features = data.get("features") if isinstance(data, dict) else data
    if not isinstance(features, list):
        raise FileFault(_("%(file)s: a collection of features, or a list of them, was expected.") % {"file": path.name})
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            raise FileFault(
                _("%(file)s, row %(row)d: this is not a feature with properties.") % {"file": path.name, "row": number}
            )
    return list(enumerate(features, start=1))


def _table(path: Path, text: str) -> list[tuple[int, Any]]:
    """Lines below a head of column names, separated as the head is."""
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator)
    try:
        columns = [name.strip() for name in next(reader)]
        _refuse_bad_head(path, columns)
        return [row for line in reader if any(line) for row in [_line(path, reader.line_num, columns, line)]]
    except StopIteration as error:
        raise FileFault(_("%(file)s: the file is empty.") % {"file": path.name}) from error
    except csv.Error as error:
        raise FileFault(
            _("%(file)s, row %(row)d: the table cannot be read.") % {"file": path.name, "row": reader.line_num}
        ) from error


def _refuse_bad_head(path: Path, columns: list[str]) -> None:
    named = [name for name in columns if name]
    twice = {name for name in named if named.count(name) > 1}
    if twice:
        raise FileFault(
            _("%(file)s: two columns have the name “%(name)s”.") % {"file": path.name, "name": sorted(twice)[0]}
        )


def _line(path: Path, number: int, columns: list[str], line: list[str]) -> tuple[int, dict[str, str]]:
    if len(line) > len(columns):
        raise FileFault(
            _("%(file)s, row %(row)d: %(count)d values, but the head has %(columns)d columns.")
            % {"file": path.name, "row": number, "count": len(line), "columns": len(columns)}
        )
    filled = [*line, *[""] * (len(columns) - len(line))]
    return number, {name: value for name, value in zip(columns, filled, strict=True) if name}
