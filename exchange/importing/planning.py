"""What a row of a file asks for, checked against the rows of ours that are there. Nothing is written here."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from core.languages import split_column
from core.spelling.folding import bare
from exchange.importing.notes import Note, Remarks
from exchange.importing.overruling import organizations_of_people, places_of_people
from exchange.importing.translating.mapping import MappingFile, Wanted
from organizations.contact_values import is_short
from organizations.models import Contact, Location, MemberStatus, Organization, Visibility
from organizations.models.location import ADDRESS_FIELDS
from services.models import Service, ServiceAtLocation
from verification import making
from verification.snapshots import Content

LONGEST_KEY = 200
ContactKey = tuple[str, str, str, str]
Owned = TypeVar("Owned", Location, Contact, Service)


@dataclass
class Kept:
    """A row of ours that the file speaks about.

    Several rows of the file may speak about one organisation or place. The first of them is believed (`said`), so
    that two that differ cannot overwrite each other at every import.
    """

    row: Any
    said: dict[str, Any] | None = None
    has_changed: bool = False
    #: This import has made the row. An organisation then has these `contacts` and no others.
    is_made_here: bool = False
    #: People have made it theirs (`exchange.importing.overruling`): it stays as it is.
    is_of_people: bool = False
    contacts: list[Contact] = field(default_factory=list)


@dataclass
class Plan:
    """What one row of the file asks for, checked; nothing of it is written yet."""

    wanted: Wanted
    organization: Kept
    location: Kept | None
    service: Kept
    contacts: dict[ContactKey, Contact]
    listing: ServiceAtLocation | None = None
    notes: list[Note] = field(default_factory=list)

    @property
    def place(self) -> Location | None:
        return self.location.row if self.location else None

    def content(self) -> Content | None:
        """What its listing says, once that is written; None where somebody else may have changed a row of it."""
        if not self.organization.is_made_here:
            return None
        written = [contact for contact in self.organization.contacts if contact.pk is not None]
        return making.frozen(self.bundle(self.listing), written)

    def bundle(self, listing: ServiceAtLocation | None) -> making.Bundle:
        return making.Bundle(self.organization.row, self.place, list(self.contacts.values()), self.service.row, listing)


class Planner:
    """Knows the organisations, places and contacts that come from this source, so that a row of the file costs no
    query for them. Of the services it knows the keys, and reads those rows that `look_up` is asked for.
    """

    def __init__(self, mapping: MappingFile, remarks: Remarks) -> None:
        self.mapping, self.remarks = mapping, remarks
        self.source = source = mapping.source
        self._codes = making.read_codes()
        self._organizations = _by_key(Organization.objects.filter(source=source), organizations_of_people(source))
        places = list(Location.objects.filter(Q(source=source) | Q(organization__source=source)))
        self._locations = _by_key((place for place in places if place.source == source), places_of_people(source))
        services = Service.objects.filter(source=source).values_list("external_id", "pk")
        self._earlier = {bare(external_id): pk for external_id, pk in services}
        self._services: dict[str, Kept] = {}
        self._owners = {kept.row.pk: kept.row for kept in self._organizations.values()}
        self._places: dict[int | None, Location] = {place.pk: self._know(place) for place in places}
        known = map(self._know, Contact.objects.filter(organization__source=source))
        self._contacts = {_contact_key(contact): contact for contact in known}
        self._slugs = making.known_slugs()

    def _know(self, row: Owned) -> Owned:
        """The row, pointing at the organisation and the place that are known, so that each is held once."""
        if owner := self._owners.get(row.organization_id):
            row.organization = owner
        if not isinstance(row, Location | Service) and (place := self._places.get(row.location_id)):
            row.location = place
        return row

    def know_place(self, listing: ServiceAtLocation) -> None:
        """Let the listing point at the place that is known."""
        if place := self._places.get(listing.location_id):
            listing.location = place

    def missing(self, keys: Iterable[str]) -> list[str]:
        """Identifiers of the services that earlier imports made and this file, with these keys, does not name."""
        return sorted(self._earlier.keys() - set(map(short, keys)))

    def look_up(self, wanted: Iterable[Wanted]) -> list[Service]:
        """Read the services that earlier imports made for these rows, and forget those of the rows before."""
        keys = [self._earlier[key] for each in wanted if (key := short(each.key)) in self._earlier]
        services = [self._know(row) for row in Service.objects.filter(pk__in=keys)] if keys else []
        self._services = _by_key(services)
        return services

    def service(self, wanted: Wanted) -> Service | None:
        """The service that an earlier import made for this identifier, once it was looked up."""
        kept = self._services.get(short(wanted.key))
        return kept.row if kept else None

    def plan(self, wanted: Wanted, listing: ServiceAtLocation | None) -> Plan:
        notes: list[Note] = []
        wanted = self._without_door(wanted)
        organization = self._organization(wanted, notes)
        location = self._location(wanted, organization.row, notes)
        service = self._asked_service(wanted, organization.row)
        contacts = self._contacts_of(wanted, organization.row, location.row if location else None, notes)
        plan = Plan(wanted, organization, location, service, contacts, notes=notes)
        if listing is None or listing.location_id != (plan.place.pk if plan.place else None):
            plan.listing = making.new_listing(service=service.row, location=plan.place, **wanted.listing)
        return plan

    def _without_door(self, wanted: Wanted) -> Wanted:
        """Nothing that says where a door is, of which the address is not kept here."""
        known = self._locations.get(short(wanted.location_key))
        if wanted.location is None or known is None or known.row.is_address_kept:
            return wanted
        kept = {name: value for name, value in wanted.location.items() if not _says_where(name)}
        return replace(wanted, location=kept)

    def _organization(self, wanted: Wanted, notes: list[Note]) -> Kept:
        key = short(wanted.organization_key)
        kept = self._organizations.get(key)
        if kept is None:
            row = making.new_organization(
                taken=self._slugs,
                member_status=MemberStatus.EXTERNAL,
                default_visibility=Visibility.MEMBERS,
                source=self.source,
                external_id=key,
                **wanted.organization,
            )
            return Kept(row, is_made_here=True)
        return _asked(kept, wanted.organization, "organization", notes)

    def _location(self, wanted: Wanted, organization: Organization, notes: list[Note]) -> Kept | None:
        if wanted.location is None:
            return None
        key = short(wanted.location_key)
        kept = self._locations.get(key)
        if kept is None:
            row = making.new_location(
                organization=organization,
                visibility=Visibility.MEMBERS,
                source=self.source,
                external_id=key,
                **wanted.location,
            )
            return Kept(row)
        return _asked(kept, wanted.location, "location", notes)

    def _asked_service(self, wanted: Wanted, organization: Organization) -> Kept:
        key = short(wanted.key)
        kept = self._services.get(key)
        if kept is None:
            row = making.new_service(
                organization=organization,
                known=self._codes,
                visibility=Visibility.MEMBERS,
                source=self.source,
                external_id=key,
                **wanted.service,
            )
            return Kept(row)
        kept.has_changed = making.service_changes(kept.row, wanted.service, known=self._codes)
        return kept

    def _contacts_of(
        self, wanted: Wanted, organization: Organization, place: Location | None, notes: list[Note]
    ) -> dict[ContactKey, Contact]:
        """The row's contacts; those that are not there yet are new rows."""
        found: dict[ContactKey, Contact] = {}
        for fields in wanted.contacts:
            try:
                is_sure = is_short(str(fields["value"]))  # `take_apart` has told of it
                contact = making.new_contact(
                    organization=organization, location=place, is_sure=is_sure, visibility=Visibility.MEMBERS, **fields
                )
                key = _contact_key(contact)
                known = self._contacts.get(key) or found.get(key)
                found[key] = known or making.check_new(contact)
            except ValidationError as error:
                raise ValidationError({"contacts": error.messages}) from error
            notes += _other_words(known, contact, fields) if known else []
        return found

    def settle(self, plan: Plan) -> None:
        """The row was accepted: what it says counts for the rows after it."""
        wanted = plan.wanted
        for kept, said, known, key in (
            (plan.organization, wanted.organization, self._organizations, wanted.organization_key),
            (plan.location, wanted.location, self._locations, wanted.location_key),
        ):
            if kept is not None and kept.said is None:
                kept.said = said
                known[short(key)] = kept
        plan.organization.contacts += [one for key, one in plan.contacts.items() if key not in self._contacts]
        self._contacts |= plan.contacts
        self._slugs.add(plan.organization.row.slug)
        for note in plan.notes:
            column, _value = self.mapping.origin(note.field, wanted.row)
            self.remarks.notes.append((wanted.row.number, replace(note, column=column)))


def _asked(kept: Kept, values: dict[str, Any], part: str, notes: list[Note]) -> Kept:
    """A row that was there: asked to change by the first row that speaks about it; the others are told apart."""
    if kept.said is None:
        kept.has_changed = not kept.is_of_people and making.changes(kept.row, values)
        return kept
    for name, value in values.items():
        if value not in (None, "", [], {}) and value != kept.said.get(name):  # an empty cell says nothing
            message = _("An earlier row says something else about the same; the first one counts.")
            notes.append(Note(f"{part}.{name}", message, value=str(value)))
    return kept


def _says_where(name: str) -> bool:
    return name == "point" or name.endswith("_precision") or split_column(name)[0] in ADDRESS_FIELDS


def _other_words(known: Contact, contact: Contact, fields: Mapping[str, Any]) -> list[Note]:
    """What a row says about a contact that is kept with other words."""
    message = _("This contact is kept with the words that it had.")
    return [
        Note(f"contacts.{name}", message, value=str(getattr(contact, name)))
        for name in fields
        if name not in ("channel", "value") and (getattr(contact, name) or "") != (getattr(known, name) or "")
    ]


def _by_key(rows: Iterable[Any], of_people: Collection[int] = ()) -> dict[str, Kept]:
    """By identifiers as they are compared: an earlier import may have kept one with signs that nobody sees."""
    return {bare(row.external_id): Kept(row, is_of_people=row.pk in of_people) for row in rows}


def short(key: str) -> str:
    """The key as it is kept: a long one is cut and made unique by a digest."""
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    return f"{key[: LONGEST_KEY - 17]}#{digest}"


def _contact_key(contact: Contact) -> ContactKey:
    place = bare(contact.location.external_id) if contact.location else ""
    return bare(contact.organization.external_id), place, contact.channel, contact.value
