"""Where the help of a foreign row comes to, and where its mobile point stops.

Rule: what cannot be read is left out and told with its column and value; the rest of the row stands. A place is meant
by its code, a city also by a name that only one has.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import GEOSException, GEOSGeometry, MultiPolygon, Polygon
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.geo import gazetteer
from core.ids import ALPHABET, LENGTH
from core.languages import column_names, split_column
from core.types import Json
from exchange.importing.errors import MappingFault
from exchange.importing.notes import Note, Remarks, shown
from exchange.importing.reading.rows import MAIN, Path_, Row, lookup, origin
from exchange.importing.translating.expressions import Expression, parse, parse_path
from exchange.importing.translating.hours import HoursMapping, ReadyHours, parse_hours
from exchange.importing.translating.points import PointMapping, city_of, parse_point
from services.areas import AreaError, clean_area
from services.stops import StopError, clean_stops

#: What an area is made of.
AREA = ("countries", "regions", "cities", "km", "polygon")
STOP = ("each", *column_names("name"), "point", "hours")
Part = dict[str, Json]


@dataclass(frozen=True)
class AreaMapping:
    """`parts` by the words of `AREA`: codes of countries, of regions (GE.68) and of cities, the km around the place,
    and a polygon, as GeoJSON or as text."""

    parts: Mapping[str, Expression]
    polygon: Path_ = ()

    def read(self, row: Row, remarks: Remarks, *, country: str, has_place: bool) -> list[Part]:
        """The area in the shape of `services.areas`."""
        found: list[Part] = []
        for name, value, columns in self._values(row, remarks):
            try:
                found += clean_area(_READERS[name](value, country), has_place=has_place)
            except (AreaError, ValidationError) as error:
                said = error.message if isinstance(error, AreaError) else " ".join(error.messages)
                remarks.notes.append((row.number, Note("listing.area", str(said), columns, shown(value))))
        return [part for at, part in enumerate(found) if part not in found[:at]]

    def paths(self) -> Iterator[tuple[str, Path_]]:
        for expression in self.parts.values():
            yield from expression.paths()
        if self.polygon:
            yield MAIN, self.polygon

    def expressions(self) -> list[Expression]:
        return list(self.parts.values())

    def _values(self, row: Row, remarks: Remarks) -> Iterator[tuple[str, object, str]]:
        """(word, one value, its columns)."""
        for name, expression in self.parts.items():
            columns = origin(row, [*expression.paths()])[0]
            yield from ((name, value, columns) for value in expression.values(row, remarks))
        drawn = lookup(row.parts[MAIN], self.polygon) if self.polygon else None
        if drawn not in (None, ""):
            yield "polygon", drawn, origin(row, [(MAIN, self.polygon)])[0]


@dataclass(frozen=True)
class StopMapping:
    """One stop of a row, or with `each` one for each entry of a list; the paths then begin in the entry."""

    names: Mapping[str, Expression]
    point: PointMapping
    hours: HoursMapping | ReadyHours
    each: Path_ = ()

    def read(self, row: Row, remarks: Remarks, seed: str) -> Iterator[Part]:
        """Stops in the shape of `services.stops`. `seed` tells the row from others: a stop keeps its id."""
        for entry in self._entries(row):
            names = {split_column(name)[1]: text.text(entry, remarks) for name, text in self.names.items()}
            if not any(names.values()) and not origin(entry, [*self._inner()])[1]:
                continue
            try:
                yield self._stop(entry, names, seed)
            except (StopError, ValidationError) as error:
                said = error.message if isinstance(error, StopError) else " ".join(error.messages)
                message = _("This stop was left out: %(reason)s") % {"reason": said}
                columns, values = origin(entry, [*self._inner()])
                told = f"{'.'.join(self.each)}: {columns}" if self.each else columns
                remarks.notes.append((row.number, Note("listing.stops", message, told, values)))

    def paths(self) -> Iterator[tuple[str, Path_]]:
        whole = [(MAIN, self.point.geometry)] if self.point.geometry else []
        yield from ((file, (*self.each, *path) if file == MAIN else path) for file, path in (*self._inner(), *whole))

    def _stop(self, entry: Row, names: Mapping[str, str], seed: str) -> Part:
        point = self.point.read(entry)
        hours = self.hours.read(entry, Remarks())
        if not hours.get("slots") and origin(entry, [p for one in self.hours.expressions() for p in one.paths()])[1]:
            raise ValidationError(_("No clear days and times."))
        at: Part = {"lon": point.x, "lat": point.y} if point else {}
        given = {"name": dict(names), "hours": {"slots": hours.get("slots", [])}, **at}
        given["id"] = _id(seed, repr((sorted(names.items()), sorted(at.items()))))
        return cast(Part, clean_stops([given])[0])

    def _entries(self, row: Row) -> Sequence[Row]:
        if not self.each:
            return [row]
        found = lookup(row.parts[MAIN], self.each)
        items = found if isinstance(found, list) else [found]
        return [Row(row.number, {**row.parts, MAIN: item}) for item in items if isinstance(item, Mapping)]

    def _inner(self) -> Iterator[tuple[str, Path_]]:
        for expression in (*self.names.values(), *self.hours.expressions()):
            yield from expression.paths()
        yield from self.point.paths()


def parse_area(data: object, where: str, files: tuple[str, ...]) -> AreaMapping:
    """The `area` of a mapping file. Raises MappingFault."""
    if not isinstance(data, dict) or not data or set(data) - set(AREA):
        raise MappingFault(_("an area is made of %(words)s.") % {"words": ", ".join(AREA)}, where=where)
    polygon = parse_path(data["polygon"], f"{where}.polygon") if "polygon" in data else ()
    parts = {name: parse(data[name], f"{where}.{name}", files) for name in AREA if name in data and name != "polygon"}
    return AreaMapping(parts, polygon)


def parse_stops(data: object, where: str, files: tuple[str, ...]) -> tuple[StopMapping, ...]:
    """The `stops` of a mapping file. Raises MappingFault."""
    if not isinstance(data, list) or not data:
        raise MappingFault(_("a list of stops was expected."), where=where)
    return tuple(_parse_stop(item, f"{where}.{number}", files) for number, item in enumerate(data, start=1))


def _parse_stop(data: object, where: str, files: tuple[str, ...]) -> StopMapping:
    if not isinstance(data, dict) or not {"name", "point", "hours"} <= set(data) or set(data) - set(STOP):
        raise MappingFault(_("a stop has a name, a point and hours; with each, one for each entry."), where=where)
    return StopMapping(
        names={
            name: parse(data[name], f"{where}.{name}", files, split_column(name)[1])
            for name in column_names("name")
            if name in data
        },
        point=parse_point(data["point"], f"{where}.point", parse_path),
        hours=parse_hours(data["hours"], f"{where}.hours", files),
        each=parse_path(data["each"], f"{where}.each") if "each" in data else (),
    )


# --- one part of an area -----------------------------------------------------------------------------------------


def _country(value: object, _country_of_row: str) -> list[Part]:
    return [{"kind": "country", "code": str(value).strip().upper()}]


def _region(value: object, country: str) -> list[Part]:
    """By its code, or by its name in any language."""
    said = str(value).strip()
    named = gazetteer.regions_called(said, [country]) or gazetteer.regions_called(said)
    code = named[0] if len(named) == 1 else said
    if not gazetteer.towns_of(code):
        raise ValidationError(_("No region has this name or code; codes look like GE.68."))
    return [{"kind": "region", "code": code}]


def _city(value: object, country: str) -> list[Part]:
    name = str(value).strip()
    place, message = (gazetteer.place(name), "") if name.isdecimal() else city_of(name, country, None)
    if place is None:
        raise ValidationError(message or _("No city is called so or has this code."))
    return [{"kind": "city", "code": place.id}]


def _around(value: object, _country_of_row: str) -> list[Part]:
    try:
        km = float(str(value).strip().replace(",", "."))
    except ValueError as error:
        raise ValidationError(_("A number of kilometres was expected.")) from error
    return [{"kind": "circle", "km": km}]


def _polygon(value: object, _country_of_row: str) -> list[Part]:
    try:
        shape = GEOSGeometry(value if isinstance(value, str) else json.dumps(value))
    except (GEOSException, GDALException, ValueError, TypeError) as error:
        raise ValidationError(_("A polygon was expected, as GeoJSON or as text: POLYGON ((…)).")) from error
    given = list(shape) if isinstance(shape, MultiPolygon) else [shape]
    pieces = [piece for piece in given if isinstance(piece, Polygon) and not piece.empty]
    if len(pieces) < len(given):
        raise ValidationError(_("A polygon was expected, as GeoJSON or as text: POLYGON ((…))."))
    if any(len(piece) > 1 for piece in pieces):
        raise ValidationError(_("An area has no holes here: draw it without them."))
    return [{"kind": "polygon", "ring": [[x, y] for x, y, *_z in piece.exterior_ring.coords]} for piece in pieces]


_READERS: Mapping[str, Callable[[object, str], list[Part]]] = {
    "countries": _country,
    "regions": _region,
    "cities": _city,
    "km": _around,
    "polygon": _polygon,
}


def _id(*said: str) -> str:
    """A public id that the same words always give."""
    number = int.from_bytes(hashlib.blake2b("|".join(said).encode(), digest_size=12).digest(), "big")
    signs = []
    for _place in range(LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)
