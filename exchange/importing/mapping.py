"""A mapping file, read and checked against our fields and codes before the first row is touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.importing import fields
from exchange.importing.errors import MappingFault
from exchange.importing.expressions import Expression, Remarks, parse, parse_path
from exchange.importing.hours import HoursMapping, parse_hours
from exchange.importing.points import PointMapping, centre_of, parse_point
from exchange.importing.sources import MAIN, Join, Path_, Row, key_of

TOP = ("source", "title", "id", "join", "organization", "location", "service", "listing", "contacts")


@dataclass(frozen=True)
class Wanted:
    """What one row says, in our words. `location` is None for a service without a place."""

    row: Row
    key: str
    organization_key: str
    organization: dict[str, Any]
    location_key: str
    location: dict[str, Any] | None
    service: dict[str, Any]
    listing: dict[str, Any]
    contacts: list[dict[str, Any]]


class RowFaults(Exception):
    """Why a row is refused: `faults` are (field, message) pairs."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(faults)
        self.faults = faults


@dataclass(frozen=True)
class MappingFile:
    """`source` names the origin in our rows; `key` are the paths that identify a row of the file."""

    source: str
    key: tuple[Path_, ...]
    joins: tuple[Join, ...]
    organization_key: tuple[Path_, ...]
    location_key: tuple[Path_, ...]
    parts: dict[str, dict[str, Expression]]
    contacts: tuple[dict[str, Expression], ...]
    hours: HoursMapping | None
    point: PointMapping | None

    def read(self, row: Row, remarks: Remarks) -> Wanted:
        """The row in our words. Raises RowFaults with everything that is wrong with it."""
        faults: list[tuple[str, str]] = []
        key = key_of(row.parts[MAIN], self.key)
        organization_key = key_of(row.parts[MAIN], self.organization_key)
        if not key:
            faults.append(("id", _("The row has no identifier.")))
        if not organization_key:
            faults.append(("organization.id", _("The row names no organisation.")))
        organization = self._part("organization", row, remarks, faults)
        location = self._location(row, remarks, faults)
        service = self._part("service", row, remarks, faults)
        listing = self._part("listing", row, remarks, faults)
        if self.hours:
            listing["hours"] = self.hours.read(row, remarks)
        contacts = [c for each in self.contacts if (c := self._fields("contact", each, row, remarks, faults))["value"]]
        if faults:
            raise RowFaults(faults)
        place = f"{organization_key}|{key_of(row.parts[MAIN], self.location_key)}" if location else ""
        return Wanted(row, key, organization_key, organization, place, location, service, listing, contacts)

    def expressions(self) -> Iterator[Expression]:
        for part in (*self.parts.values(), *self.contacts):
            yield from part.values()
        if self.hours:
            yield from self.hours.expressions()

    def _location(self, row: Row, remarks: Remarks, faults: list[tuple[str, str]]) -> dict[str, Any] | None:
        expressions = self.parts["location"]
        if not expressions or not expressions["name"].text(row, Remarks()):
            return None
        values = self._part("location", row, remarks, faults)
        point = None
        if self.point:
            try:
                point = self.point.read(row)
            except ValidationError as error:
                faults.append(("location.point", " ".join(error.messages)))
        known = centre_of(values.get("city", ""), values.get("country", ""))
        return known | values | (self.point.fields(point) if self.point else {})

    def _part(self, part: str, row: Row, remarks: Remarks, faults: list[tuple[str, str]]) -> dict[str, Any]:
        values = self._fields(part, self.parts[part], row, remarks, faults)
        for name in fields.REQUIRED.get(part, ()):
            if not values.get(name) and not any(field == f"{part}.{name}" for field, _message in faults):
                faults.append((f"{part}.{name}", _("The row gives no value for this.")))
        return values

    def _fields(
        self, part: str, given: dict[str, Expression], row: Row, remarks: Remarks, faults: list[tuple[str, str]]
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, expression in given.items():
            try:
                values[name] = fields.convert(part, name, expression, row, remarks)
            except ValidationError as error:
                faults.append((f"{part}.{name}", " ".join(error.messages)))
        return values


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
    if not isinstance(data, dict):
        raise MappingFault(_("organization, service and id are needed."), where=path.name)
    if unknown := set(data) - set(TOP):
        raise MappingFault(_("unknown word “%(word)s”.") % {"word": min(map(str, unknown))}, where=path.name)
    mapping = _mapping(data)
    _check_codes(mapping)
    return mapping


def _mapping(data: dict[str, Any]) -> MappingFile:
    source = data.get("source")
    if not isinstance(source, str) or not 0 < len(source) <= 60:
        raise MappingFault(_("a short name of the origin is needed, at most 60 characters."), where="source")
    joins = tuple(_join(name, item) for name, item in (data.get("join") or {}).items())
    files = tuple(join.name for join in joins)
    sections = {part: dict(data.get(part) or {}) for part in ("organization", "location", "service", "listing")}
    organization_key = _key(sections["organization"].pop("id", None), "organization.id")
    has_place = bool(sections["location"])
    location_key = _key(sections["location"].pop("id", None), "location.id") if has_place else ()
    point, hours = sections["location"].pop("point", None), sections["listing"].pop("hours", None)
    for part, names in fields.REQUIRED.items():
        for name in names:
            if name not in sections[part] and (part != "location" or has_place):
                raise MappingFault(_("this field is needed."), where=f"{part}.{name}")
    return MappingFile(
        source=source,
        key=_key(data.get("id"), "id"),
        joins=joins,
        organization_key=organization_key,
        location_key=location_key,
        parts={part: _expressions(part, part, given, files) for part, given in sections.items()},
        contacts=tuple(
            _expressions("contact", f"contacts.{number}", item, files)
            for number, item in enumerate(data.get("contacts") or [], start=1)
        ),
        hours=parse_hours(hours, "listing.hours", files) if hours is not None else None,
        point=parse_point(point, "location.point", parse_path) if point is not None else None,
    )


def _join(name: str, item: Any) -> Join:
    if not isinstance(item, dict) or set(item) != {"file", "by"}:
        raise MappingFault(_("file and by are needed."), where=f"join.{name}")
    return Join(name=name, file=str(item["file"]), by=_key(item["by"], f"join.{name}.by"))


def _key(data: Any, where: str) -> tuple[Path_, ...]:
    """One path, or a list of paths that identify together."""
    if isinstance(data, list):
        return tuple(parse_path(item, where) for item in data)
    return (parse_path(data, where),)


def _expressions(part: str, where: str, given: dict[str, Any], files: tuple[str, ...]) -> dict[str, Expression]:
    for name in given:
        if fields.model_field(part, name) is None:
            raise MappingFault(_("there is no such field."), where=f"{where}.{name}")
    return {name: parse(item, f"{where}.{name}", files) for name, item in given.items()}


def _check_codes(mapping: MappingFile) -> None:
    """Every code that the mapping names exists."""
    for part, expressions in mapping.parts.items():
        for name, expression in expressions.items():
            known = fields.known_codes(part, name)
            for outcome in expression.outcomes() if known is not None else ():
                if not fields.is_code(part, name, outcome, known or ()):
                    raise MappingFault(_("there is no code “%(code)s”.") % {"code": outcome}, where=expression.where)
