"""Features of a GeoJSON file, or objects of a list somewhere in a JSON file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from exchange.importing.errors import FileFault
from exchange.importing.notes import Note, in_words, shown
from exchange.importing.reading.rows import MAIN, Path_, Row, Source, leaves, lookup

#: How deep in a file a list is looked for.
_DEEPEST = 3
#: Coordinates of GeoJSON are degrees; a file that says otherwise would put every point into the sea.
_DEGREES = ("CRS84", "4326", "WGS84", "WGS 84")


class _Twice(dict[str, object]):
    """An object that names something twice; readers of JSON keep the last one and say nothing."""

    twice: tuple[str, list[str]] = ("", [])


def read_objects(path: Path, text: str, at: Path_ = ()) -> Source:
    """Every entry of the list `at` this path, or of the only list that there is. Raises FileFault."""
    data = _parsed(path, text)
    found = _lists(data, at)
    if len(found) != 1:
        raise FileFault(_what_is_there(path, at, [place for place, _list in found]))
    place, entries = found[0]
    if isinstance(data, Mapping):
        _refuse_other_degrees(path, data)
    rest = sorted({in_words(leaf[: len(place)]) for leaf, _value in leaves(_without(data, place))}) if place else []
    notes = [_("Parts of the file that are no rows: %(names)s") % {"names": ", ".join(rest)}] if rest else []
    rows = [_row(number, entry) for number, entry in enumerate(entries, start=1)]
    return Source(rows, notes=tuple(notes), at=place)


def _parsed(path: Path, text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=str)
    except json.JSONDecodeError as error:
        raise FileFault(
            _("%(file)s: this is not JSON (line %(line)d, column %(column)d).")
            % {"file": path.name, "line": error.lineno, "column": error.colno}
        ) from error
    except (ValueError, RecursionError) as error:
        raise FileFault(_("%(file)s: this JSON is not made of rows.") % {"file": path.name}) from error


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    names = [name for name, _value in pairs]
    twice = next(name for name in names if names.count(name) > 1)
    marked = _Twice(found)
    marked.twice = (twice, [shown(value) for name, value in pairs if name == twice])
    return marked


def _lists(data: object, at: Path_) -> list[tuple[Path_, list[object]]]:
    """Lists of objects with the way to each."""
    if at:
        there = lookup(data, at)
        return [(at, there)] if isinstance(there, list) else []
    if isinstance(data, list):
        return [((), data)]
    if isinstance(data, Mapping) and isinstance(data.get("features"), list):
        return [(("features",), data["features"])]
    return list(_nested(data, ()))


def _nested(data: object, place: Path_) -> Iterator[tuple[Path_, list[object]]]:
    if isinstance(data, list):
        if data and all(isinstance(item, Mapping) for item in data):
            yield place, data
    elif isinstance(data, Mapping) and len(place) < _DEEPEST:
        for name, inner in data.items():
            yield from _nested(inner, (*place, name))


def _what_is_there(path: Path, at: Path_, places: list[Path_]) -> str:
    if at:
        return _("%(file)s: there is no list at “%(place)s”.") % {"file": path.name, "place": in_words(at)}
    if places:
        names = ", ".join(".".join(place) for place in places)
        message = _("%(file)s: there are several lists: %(names)s. Say in the mapping which one: rows: %(first)s")
        return message % {"file": path.name, "names": names, "first": ".".join(places[0])}
    return _("%(file)s: a collection of features, or a list of objects, was expected.") % {"file": path.name}


def _without(data: object, place: Path_) -> object:
    """The data without the list of the rows; "type" of a collection says nothing of its own."""
    if not isinstance(data, Mapping):
        return None
    kept = {name: value for name, value in data.items() if name not in (place[0], "type", "crs")}
    return kept if len(place) == 1 else kept | {place[0]: _without(data[place[0]], place[1:])}


def _refuse_other_degrees(path: Path, data: Mapping[str, object]) -> None:
    crs = shown(lookup(data, ("crs", "properties", "name")))
    if crs and not any(name in crs.upper() for name in _DEGREES):
        message = _("%(file)s: its coordinates are of the system “%(name)s”. Save it in degrees (WGS 84, EPSG:4326).")
        raise FileFault(message % {"file": path.name, "name": crs})


def _row(number: int, entry: object) -> Row:
    if not isinstance(entry, dict):
        return Row(number, {MAIN: {}}, (Note("", _("This is no object with fields."), value=shown(entry)),))
    if entry.get("type") == "Feature" and not isinstance(entry.get("properties"), dict):
        return Row(number, {MAIN: entry}, (Note("", _("This is not a feature with properties."), value=shown(entry)),))
    faults = tuple(
        Note("", _("This name stands twice in one object."), column=name, value="; ".join(values))
        for name, values in _named_twice(entry)
    )
    return Row(number, {MAIN: entry}, faults)


def _named_twice(data: object) -> Iterator[tuple[str, list[str]]]:
    if isinstance(data, _Twice):
        yield data.twice
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _named_twice(inner)
