"""Rows of somebody else's list as entries of an import: places, services, contacts, and where each is given.

Rule: each row goes to the organisation that it names, of those that the person edits, or to the one that was chosen.
What an organisation has already is not made again: its place by its address, its contact by its value, and a service of
one name at one place is there, so the row changes nothing. What differs is told and never overrules what people wrote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from core.languages import SOURCE, split_column
from core.spelling.folding import folded
from exchange.books.entries import BookEntry, as_json
from exchange.books.sheets.columns import BETWEEN, words_of
from exchange.importing.notes import Note, Remarks, RowFaults
from exchange.importing.reading.rows import Row
from exchange.importing.translating.fields import model_field
from exchange.importing.translating.mapping import MappingFile, Wanted
from organizations import contact_values
from organizations.models import Contact, Location, Organization
from services.models import Service, ServiceAtLocation

#: Who sees a place how exactly is chosen on the safe side when it is made, never by a file.
_NEVER = ("public_precision", "member_precision", "place_code", "timezone")
#: Words of the vocabulary by sheet and field.
Said = dict[tuple[str, str], Mapping[str, str]]
_LABELS = {"location": Location, "service": Service, "contact": Contact, "listing": ServiceAtLocation}


@dataclass
class Becoming:
    """What a list becomes for this person. `told` is what was not taken over, and of which row."""

    user: User
    mapping: MappingFile
    organization: Organization
    names_owner: bool = False
    country: str = ""
    entries: list[BookEntry] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)
    same: int = 0

    def __post_init__(self) -> None:
        self._known = OwnRows(self.user, None if self.names_owner else self.organization)
        self._made: dict[str, BookEntry] = {}
        self._words: Said = {}

    def read(self, rows: Iterable[Row]) -> None:
        for row in rows:
            try:
                wanted = self.mapping.read(row, self.remarks)
            except RowFaults as error:
                self._refuse(row, error.faults)
                continue
            owner = self._known.owner(str(wanted.organization["name"])) if self.names_owner else self.organization
            if owner is None:
                message = _("You edit no organisation of this name. Write it as on the page of the organisation.")
                self._refuse(row, [Note("organization.name", message, *self.mapping.origin("organization.name", row))])
                continue
            self._take(wanted, owner)

    def _take(self, wanted: Wanted, owner: Organization) -> None:
        line = wanted.row.number
        place = self._place(wanted, owner)
        service = self._service(wanted, owner)
        if self._known.is_there(service, place) or self._key("listing", service, place) in self._made:
            self.same += 1
            return
        contacts = list(dict.fromkeys(self._contacts(wanted, owner, place)))
        fields: dict[str, Any] = {"service": service} | {
            name: as_json(value) for name, value in wanted.listing.items() if value not in (None, "", [], {})
        }
        if place:
            fields["location"] = place
            fields.pop("remote_country", None)
        elif "remote_country" not in fields and self.country:
            fields["remote_country"] = self.country
        if note := fields.get("hours", {}).get("note"):
            fields["hours"] = {**fields["hours"], "note": {SOURCE: " ".join(note.values())}}
        if contacts:
            fields["contacts"] = contacts
        key = self._key("listing", service, place)
        self._add("listing", line, key, str(wanted.service["title"]), owner, fields)

    def _place(self, wanted: Wanted, owner: Organization) -> str:
        """Its id or its key; "" for what is given from afar."""
        if wanted.location is None:
            return ""
        fields = {
            name: as_json(value)
            for name, value in wanted.location.items()
            if name not in _NEVER and value not in (None, "", [], {})
        }
        if known := self._known.place(owner, fields):
            return known
        key = self._key("location", owner.public_id, *map(str, _door(fields)))
        self._add("location", wanted.row.number, key, str(fields["name"]), owner, fields)
        return key

    def _service(self, wanted: Wanted, owner: Organization) -> str:
        fields = {name: as_json(value) for name, value in wanted.service.items() if value not in (None, "", [], {})}
        title, types = str(fields["title"]), [str(code) for code in wanted.service["types"]]  # type: ignore[attr-defined]
        if known := self._known.service(owner, title, types):
            return known
        key = self._key("service", owner.public_id, folded(title), *sorted(types))
        self._add("service", wanted.row.number, key, title, owner, fields)
        return key

    def _contacts(self, wanted: Wanted, owner: Organization, place: str) -> Iterator[str]:
        country = str((wanted.location or {}).get("country") or self.country)
        for given in wanted.contacts:
            channel, value = str(given["channel"]), str(given["value"])
            value = _normal(channel, value, country)
            if known := self._known.contact(owner, place, channel, value):
                yield known
                continue
            key = self._key("contact", owner.public_id, place, channel, value)
            fields = {"channel": channel, "value": value} | ({"location": place} if place else {})
            self._add("contact", wanted.row.number, key, value, owner, fields)
            yield key

    def _add(self, sheet: str, line: int, key: str, name: str, owner: Organization, fields: dict[str, Any]) -> None:
        if key in self._made:
            return
        entry = BookEntry(sheet, line, key, name, "new", fields=fields)
        entry.owner = owner.public_id
        entry.changes = told(sheet, fields, self._words)
        self._made[key] = entry
        self.entries.append(entry)

    def _refuse(self, row: Row, faults: Iterable[Note]) -> None:
        title, _value = next(iter(self._titles(row)), ("", ""))
        entry = BookEntry("listing", row.number, "", title, "refused")
        for fault in {(one.column, one.value) if one.column else one.message: one for one in faults}.values():
            entry.refuse(fault.message, fault.column, fault.value)
        self.entries.append(entry)

    def _titles(self, row: Row) -> Iterator[tuple[str, str]]:
        _columns, value = self.mapping.origin("service.title", row)
        yield value or _("row %(row)d") % {"row": row.number}, value

    @staticmethod
    def _key(*parts: str) -> str:
        return hashlib.blake2b("|".join(parts).encode(), digest_size=9).hexdigest()


class OwnRows:
    """What the organisations of a person have, as far as they may edit it."""

    def __init__(self, user: User, only: Organization | None) -> None:
        owners = Organization.objects.editable_by(user)
        owners = owners.filter(pk=only.pk) if only else owners
        self._owners: dict[str, Organization] = {}
        for owner in owners:
            names = filter(None, {owner.name, owner.name_i18n, owner.short_name})
            self._owners |= {folded(name): owner for name in names}
        keys = owners.order_by().values("pk")
        places = Location.objects.editable_by(user).filter(organization__in=keys).select_related("organization")
        self._places = {
            (row.organization.public_id, *mark): row.public_id for row in places.order_by("-pk") for mark in _marks(row)
        }
        services = Service.objects.editable_by(user).filter(organization__in=keys).select_related("organization")
        self._services: dict[tuple[str, str], list[tuple[str, set[str]]]] = {}
        for service in services.order_by("pk"):
            at = (service.organization.public_id, folded(service.title))
            self._services.setdefault(at, []).append((service.public_id, set(service.types)))
        contacts = Contact.objects.editable_by(user).filter(organization__in=keys)
        found = contacts.values_list(
            "organization__public_id", "location__public_id", "channel", "value", "public_id", named=False
        )
        self._contacts = {(owner, place or "", channel, value): key for owner, place, channel, value, key in found}
        listings = ServiceAtLocation.objects.editable_by(user).filter(service__organization__in=keys)
        self._listings = set(listings.values_list("service__public_id", "location__public_id"))

    def owner(self, name: str) -> Organization | None:
        return self._owners.get(folded(name))

    def place(self, owner: Organization, fields: dict[str, Any]) -> str:
        return self._places.get((owner.public_id, *_door(fields)), "")

    def service(self, owner: Organization, title: str, types: Iterable[str]) -> str:
        """One of the same name and with the same kinds, or one that has more of them."""
        wanted = set(types)
        found = self._services.get((owner.public_id, folded(title)), [])
        return next((key for key, given in found if wanted <= given), "")

    def contact(self, owner: Organization, place: str, channel: str, value: str) -> str:
        at = [(owner.public_id, place, channel, value), (owner.public_id, "", channel, value)]
        return next((self._contacts[one] for one in at if one in self._contacts), "")

    def is_there(self, service: str, place: str) -> bool:
        return (service, place or None) in self._listings


def told(sheet: str, fields: dict[str, Any], known_words: Said | None = None) -> list[dict[str, str]]:
    """The fields of a row in words, for its plan; `known_words` keeps what was read of the vocabulary for many rows."""
    words = {} if known_words is None else known_words
    if sheet == "contact" and "channel" in fields and "value" in fields:
        return [{"label": _said(sheet, "channel", fields["channel"], words), "old": "", "new": str(fields["value"])}]
    found = []
    for name, value in fields.items():
        if name in ("location", "service", "contacts"):
            continue
        known = _LABELS[sheet]._meta.get_field("hours" if name == "hours" else split_column(name)[0])
        said = _said(sheet, name, value, words)
        if said:
            found.append({"label": str(getattr(known, "verbose_name", name)), "old": "", "new": said})
    return found


def _said(sheet: str, name: str, value: Any, known: Said) -> str:
    if name == "point":
        return f"{value[1]:.5f}, {value[0]:.5f}"
    if name == "hours":
        return str(next(iter(value.get("note", {}).values()), ""))
    if (sheet, name) not in known:
        known[sheet, name] = words_of(sheet, name) if model_field(sheet, name) is not None else {}
    words = known[sheet, name]
    if isinstance(value, list | dict):
        return BETWEEN.join(str(words.get(str(one), one)) for one in value)
    return str(words.get(str(value), value))


def _marks(row: Location) -> list[tuple[str, str, str]]:
    """By what a place is known again: its address, and its name where it has none."""
    found = [(row.country, folded(row.city), folded(row.address))] if row.address else []
    return [*found, (row.country, folded(row.city), folded(row.name))]


def _door(fields: dict[str, Any]) -> tuple[str, str, str]:
    door = str(fields.get("address") or fields["name"])
    return str(fields["country"]), folded(str(fields.get("city", ""))), folded(door)


def _normal(channel: str, value: str, country: str) -> str:
    try:
        return contact_values.normalise(channel, value, country=country, is_sure=contact_values.is_short(value))
    except ValidationError:
        return value
