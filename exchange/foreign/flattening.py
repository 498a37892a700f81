"""Features of a GeoJSON file, or objects of a list in a JSON file, as rows with columns: what uMap, QGIS and form
services give out. Pure.

Rule: a column is what the map's owner called it; `lon` and `lat` are the point. A feature that is a line or an area has
no point here, and is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.utils.translation import ngettext

from exchange.foreign.ticked import BETWEEN
from exchange.importing.notes import in_words
from exchange.importing.reading.rows import MAIN, Row, Source, leaves


def flattened(source: Source) -> Source:
    """The same rows with texts by the names of columns."""
    rows = [_flat(row) for row in source.rows]
    columns = tuple(dict.fromkeys(name for row in rows for name in row.parts[MAIN]))  # type: ignore[attr-defined]
    drawn = sum(_is_drawn(row.parts[MAIN]) for row in source.rows)
    said = ngettext(
        "%(count)d row is a line or an area on the map; its point is not known.",
        "%(count)d rows are lines or areas on the map; their points are not known.",
        drawn,
    )
    notes = (*source.notes, said % {"count": drawn}) if drawn else source.notes
    return replace(source, rows=rows, notes=notes, columns=columns, at=())


def _flat(row: Row) -> Row:
    data: dict[str, str] = {}
    for name, value in [*_said(row.parts[MAIN]), *_point(row.parts[MAIN])]:
        data[name] = f"{data[name]}{BETWEEN}{value}" if name in data else value
    return replace(row, parts={MAIN: data})


def _said(entry: object) -> Iterator[tuple[str, str]]:
    """Entries of one list are values of one column."""
    is_feature = isinstance(entry, Mapping) and isinstance(entry.get("properties"), Mapping)
    for path, value in leaves(entry["properties"] if is_feature else entry):  # type: ignore[index]
        names = [part for part in path if not part.isdigit()] or [*path]
        if names:
            yield in_words(tuple(names)), str(value)
    if is_feature and isinstance(entry.get("id"), str | int):  # type: ignore[attr-defined]
        yield "id", str(entry["id"])  # type: ignore[index]


def _point(entry: object) -> Iterator[tuple[str, str]]:
    geometry = entry.get("geometry") if isinstance(entry, Mapping) else None
    if isinstance(geometry, Mapping) and geometry.get("type") == "Point":
        at = geometry.get("coordinates")
        if isinstance(at, list) and len(at) > 1:
            yield from zip(("lon", "lat"), map(str, at[:2]), strict=True)


def _is_drawn(entry: object) -> bool:
    geometry = entry.get("geometry") if isinstance(entry, Mapping) else None
    return isinstance(geometry, Mapping) and geometry.get("type") != "Point"
