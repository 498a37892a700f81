"""A mapping file, read and checked against our fields and codes before the first row is touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.languages import split_column
from exchange.importing.errors import MappingFault
from exchange.importing.notes import Note, Remarks, RowFaults
from exchange.importing.reading.rows import MAIN, Join, Path_, Row, key_of, origin
from exchange.importing.translating import fields
from exchange.importing.translating.coming import AreaMapping, StopMapping, parse_area, parse_stops
from exchange.importing.translating.contacts import ContactMapping, take_apart
from exchange.importing.translating.expressions import Expression, covering, parse, parse_path, twin
from exchange.importing.translating.hours import HoursMapping, ReadyHours, parse_hours
from exchange.importing.translating.points import PointMapping, centre_of, city_of, parse_point

TOP = ("source", "title", "rows", "sheet", "id", "join", "organization", "location", "service", "listing", "contacts")
ValueT = TypeVar("ValueT")


@dataclass(frozen=True)
class Wanted:
    """What one row says, in our words. `location` is None for a service without a place."""

    row: Row
    key: str
    organization_key: str
    organization: dict[str, object]
    location_key: str
    location: dict[str, object] | None
    service: dict[str, object]
    listing: dict[str, object]
    contacts: list[dict[str, object]]


@dataclass(frozen=True)
class MappingFile:
    """`source` names the origin in our rows; `key` are the paths that identify a row of the file."""

    source: str
    key: tuple[Path_, ...]
    joins: tuple[Join, ...]
    organization_key: tuple[Path_, ...]
    location_key: tuple[Path_, ...]
    parts: dict[str, dict[str, Expression]]
    contacts: tuple[ContactMapping, ...]
    hours: HoursMapping | ReadyHours | None
    point: PointMapping | None
    area: AreaMapping | None = None
    stops: tuple[StopMapping, ...] = ()
    rows: Path_ = ()
    sheet: str = ""

    def read(self, row: Row, remarks: Remarks) -> Wanted:
        """The row in our words. Raises RowFaults with everything that is wrong with it."""
        reading = _Reading(self, row)
        wanted = reading.wanted()
        remarks.add(reading.remarks)
        if reading.faults:
            raise RowFaults(reading.faults)
        return wanted

    def expressions(self) -> Iterator[Expression]:
        for part in (*self.parts.values(), *(contact.fields for contact in self.contacts)):
            yield from part.values()
        if self.hours:
            yield from self.hours.expressions()

    def paths(self) -> Iterator[tuple[str, Path_]]:
        """Everything that it reads: (name of the joined file or "", path)."""
        for expression in self.expressions():
            yield from expression.paths()
        yield from ((MAIN, path) for path in (*self.key, *self.organization_key, *self.location_key))
        for other in (self.point, self.area, *self.stops):
            yield from other.paths() if other else ()
        yield from ((join.name, path) for join in self.joins for path in join.by)

    def origin(self, field: str, row: Row) -> tuple[str, str]:
        """(columns, values) of the file that a field of ours is made of: “service.title”, “title”, “contacts”, “id”."""
        if field in ("id", "organization.id"):
            return origin(row, [(MAIN, path) for path in (self.key if field == "id" else self.organization_key)])
        if field.endswith("point") and self.point:
            return origin(row, self.point.paths())
        if field.endswith("area") and self.area:
            return origin(row, [*self.area.paths()])
        if field.endswith("stops"):
            return origin(row, [path for stop in self.stops for path in stop.paths()])
        return origin(row, [path for each in self._of(field) for path in each.paths()])

    def _of(self, field: str) -> Iterator[Expression]:
        part, _dot, name = field.rpartition(".")
        if "hours" in field and self.hours:
            yield from self.hours.expressions()
        elif part.startswith("contact") or field.startswith("contact"):
            yield from (each for contact in self.contacts for each in contact.fields.values())
        else:
            yield from (given[name] for at, given in self.parts.items() if part in ("", at) and name in given)


class _Reading:
    """One row on its way into our words, with what is wrong with it and what is left of it."""

    def __init__(self, mapping: MappingFile, row: Row) -> None:
        self.mapping, self.row = mapping, row
        self.faults: list[Note] = list(row.faults)
        self.remarks = Remarks()

    def wanted(self) -> Wanted:
        mapping, row = self.mapping, self.row
        key, organization_key = (
            self._key("id", mapping.key, _("The row has no identifier.")),
            self._key("organization.id", mapping.organization_key, _("The row names no organisation.")),
        )
        organization = self._part("organization")
        location = self._location()
        service, listing = self._part("service"), self._part("listing")
        if mapping.hours:
            listing["hours"] = self._try("listing.hours", mapping.hours.read) or {}
        country = str((location or {}).get("country") or organization.get("registration_country") or "")
        listing |= self._coming(f"{mapping.source}|{key}", country, has_place=location is not None)
        contacts = [each for contact in mapping.contacts for each in self._contacts(contact, country)]
        place = f"{organization_key}|{key_of(row.parts[MAIN], mapping.location_key)}" if location else ""
        return Wanted(row, key, organization_key, organization, place, location, service, listing, contacts)

    def _coming(self, seed: str, country: str, *, has_place: bool) -> dict[str, object]:
        """Where it comes to and stops, as far as the mapping says anything of that."""
        mapping, row, found = self.mapping, self.row, dict[str, object]()
        if mapping.area:
            found["area"] = mapping.area.read(row, self.remarks, country=country, has_place=has_place)
        if mapping.stops:
            found["stops"] = [stop for each in mapping.stops for stop in each.read(row, self.remarks, seed)]
        return found

    def fault(self, field: str, message: str) -> None:
        """Refuse the row, unless it is refused for something that all the rest follows from."""
        if not self.row.faults:
            self.faults.append(Note(field, message, *self.mapping.origin(field, self.row)))

    def _key(self, field: str, paths: tuple[Path_, ...], message: str) -> str:
        key = key_of(self.row.parts[MAIN], paths)
        if not key:
            self.fault(field, message)
        return key

    def _try(self, field: str, read: Callable[[Row, Remarks], ValueT]) -> ValueT | None:
        try:
            return read(self.row, self.remarks)
        except ValidationError as error:
            self.fault(field, " ".join(error.messages))
            return None

    def _part(self, part: str) -> dict[str, object]:
        values = self._fields(part, self.mapping.parts[part])
        for name in fields.REQUIRED.get(part, ()):
            # An object of languages may lack the source's: what has a name in another one is no nameless thing.
            twin = next((values[at] for at in fields.twins(part, name) if values.get(at)), "")
            values[name] = values.get(name) or twin
            if not values[name] and not any(fault.field == f"{part}.{name}" for fault in self.faults):
                self.fault(f"{part}.{name}", self._nothing(f"{part}.{name}", self.mapping.parts[part].get(name)))
        return values

    def _nothing(self, field: str, expression: Expression | None) -> str:
        """Why a needed field is empty: the row says nothing, or nothing that is one of our words."""
        if expression is not None and expression.table and self.mapping.origin(field, self.row)[1]:
            return _("None of our words is chosen for this value.")
        return _("The row gives no value for this.")

    def _fields(self, part: str, given: Mapping[str, Expression]) -> dict[str, object]:
        values: dict[str, object] = {}
        for name, expression in given.items():
            convert = partial(fields.convert, part, name, expression)
            known = len(self.faults)
            value = self._try(f"{part}.{name}", convert)
            if len(self.faults) == known and (value or not expression.only_translated):
                values[name] = value
        return values

    def _location(self) -> dict[str, object] | None:
        mapping = self.mapping
        if not mapping.parts["location"]:
            return None
        name = self._try("location.name", lambda row, remarks: mapping.parts["location"]["name"].text(row, Remarks()))
        if not name:
            self._placeless()
            return None
        values = self._part("location")
        point = self._try("location.point", lambda row, remarks: mapping.point.read(row) if mapping.point else None)
        known = {name: value for name, value in self._city(values, point).items() if not values.get(name)}
        return values | known | (mapping.point.fields(point) if mapping.point else {})

    def _city(self, values: dict[str, object], point: Point | None) -> dict[str, object]:
        """What the gazetteer knows of the city, once it is certain which one it is."""
        if not values.get("city") or values.get("place_code"):
            return {}
        place, message = city_of(str(values["city"]), str(values.get("country", "")), point)
        if message:
            column, value = self.mapping.origin("location.city", self.row)
            self.remarks.notes.append((self.row.number, Note("location.city", message, column, value)))
        return centre_of(place) if place else {}

    def _placeless(self) -> None:
        """A row without a name of a place is a service from afar; what it says about the place is told."""
        paths = [path for each in self.mapping.parts["location"].values() for path in each.paths()]
        columns, values = origin(self.row, [*paths, *(self.mapping.point.paths() if self.mapping.point else ())])
        if values:
            message = _("The row gives no name of a place, so the place was left out.")
            self.remarks.notes.append((self.row.number, Note("location.name", message, columns, values)))

    def _contacts(self, contact: ContactMapping, country: str) -> list[dict[str, object]]:
        values = self._fields("contact", contact.fields)
        if not values.get("value") or "channel" not in values:
            return []
        taken = partial(take_apart, contact, values, country=country)
        return self._try("contacts", lambda row, remarks: [*taken(row, remarks)]) or []


def read_mapping(path: Path) -> MappingFile:
    """Parse and check. Raises MappingFault, which names the place in the file."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise MappingFault(_("the mapping cannot be read."), where=str(path)) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        raise MappingFault(_("this is not YAML (line %(line)d).") % {"line": line}, where=path.name) from error
    return mapping_of(data, path.name)


def mapping_of(data: object, name: str = "") -> MappingFile:
    """What stands in a mapping's file, checked; `name` is that of the file. Raises MappingFault."""
    if not isinstance(data, dict):
        raise MappingFault(_("organization, service and id are needed."), where=name)
    if unknown := set(data) - set(TOP):
        raise MappingFault(_("unknown word “%(word)s”.") % {"word": min(map(str, unknown))}, where=name)
    mapping = _mapping(data)
    _check_codes(mapping)
    return mapping


# long: one line for each part of the file
def _mapping(data: dict[str, Any]) -> MappingFile:
    joins = tuple(_join(name, item) for name, item in (data.get("join") or {}).items())
    files = tuple(join.name for join in joins)
    sections = {part: dict(data.get(part) or {}) for part in ("organization", "location", "service", "listing")}
    organization_key = _key(sections["organization"].pop("id", None), "organization.id")
    has_place = bool(sections["location"])
    location_key = _key(sections["location"].pop("id", None), "location.id") if has_place else ()
    point = sections["location"].pop("point", None)
    hours, area, stops = (sections["listing"].pop(name, None) for name in ("hours", "area", "stops"))
    for part, names in fields.REQUIRED.items():
        for name in names:
            if name not in sections[part] and (part != "location" or has_place):
                raise MappingFault(_("this field is needed."), where=f"{part}.{name}")
    return MappingFile(
        source=_source(data.get("source")),
        key=_key(data.get("id"), "id"),
        joins=joins,
        organization_key=organization_key,
        location_key=location_key,
        parts={part: _expressions(part, part, given, files) for part, given in sections.items()},
        contacts=tuple(
            _contact(f"contacts.{number}", item, files)
            for number, item in enumerate(data.get("contacts") or [], start=1)
        ),
        hours=parse_hours(hours, "listing.hours", files) if hours is not None else None,
        point=parse_point(point, "location.point", parse_path) if point is not None else None,
        area=parse_area(area, "listing.area", files) if area is not None else None,
        stops=parse_stops(stops, "listing.stops", files) if stops is not None else (),
        rows=parse_path(data["rows"], "rows") if "rows" in data else (),
        sheet=str(data.get("sheet", "")),
    )


def _source(name: object) -> str:
    if not isinstance(name, str) or not 0 < len(name) <= 60:
        raise MappingFault(_("a short name of the origin is needed, at most 60 characters."), where="source")
    return name


def _join(name: str, item: object) -> Join:
    if not isinstance(item, dict) or set(item) != {"file", "by"}:
        raise MappingFault(_("file and by are needed."), where=f"join.{name}")
    return Join(name=name, file=str(item["file"]), by=_key(item["by"], f"join.{name}.by"))


def _key(data: object, where: str) -> tuple[Path_, ...]:
    """One path, or a list of paths that identify together."""
    if isinstance(data, list):
        return tuple(parse_path(item, where) for item in data)
    return (parse_path(data, where),)


def _contact(where: str, item: object, files: tuple[str, ...]) -> ContactMapping:
    if not isinstance(item, dict) or not {"channel", "value"} <= set(item):
        raise MappingFault(_("channel and value are needed."), where=where)
    given = dict(item)
    may_be_none = given.pop("may_be_none", False)
    if not isinstance(may_be_none, bool):
        raise MappingFault(_("true or false was expected."), where=f"{where}.may_be_none")
    return ContactMapping(_expressions("contact", where, given, files), may_be_none)


def _expressions(part: str, where: str, given: dict[str, object], files: tuple[str, ...]) -> dict[str, Expression]:
    """The expressions of a part; a text that may come in several languages fills its twins too."""
    found: dict[str, Expression] = {}
    for name, item in given.items():
        if fields.model_field(part, name) is None:
            raise MappingFault(_("there is no such field."), where=f"{where}.{name}")
        others = fields.twins(part, name)
        language = split_column(name)[1] if others else ""
        found[name] = parse(item, f"{where}.{name}", files, language)
        for at, code in others.items():
            if at not in given and found[name].table is None:
                found.setdefault(at, twin(found[name], f"{where}.{at}", code))
    return {name: _beside(expression, fields.twins(part, name), found) for name, expression in found.items()}


def _beside(expression: Expression, others: Mapping[str, str], found: Mapping[str, Expression]) -> Expression:
    """The expression, knowing which languages of its objects are read by the fields beside it."""
    paths = set(expression.paths())
    codes = {code for at, code in others.items() if at in found and paths & set(found[at].paths())}
    return covering(expression, frozenset(codes)) if codes else expression


def _check_codes(mapping: MappingFile) -> None:
    """Every code that the mapping names exists."""
    for part, expressions in mapping.parts.items():
        for name, expression in expressions.items():
            known = fields.known_codes(part, name)
            for outcome in expression.outcomes() if known is not None else ():
                if not fields.is_code(part, name, outcome, known or ()):
                    raise MappingFault(_("there is no code “%(code)s”.") % {"code": outcome}, where=expression.where)
