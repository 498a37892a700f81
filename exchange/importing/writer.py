"""Rows of ours, brought in step with what a file wants. Everything goes through the services; nothing is deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from core.languages import split_column
from core.writing import clean_text
from exchange.importing.mapping import Wanted
from exchange.importing.report import RowOutcome
from organizations import contact_values
from organizations.models import Contact, Location, MemberStatus, Organization, Visibility
from services.models import Service, ServiceAtLocation
from verification.editing import (
    add_listing,
    clean_hours,
    create_contact,
    create_location,
    create_organization,
    create_service,
    update_listing,
    update_location,
    update_organization,
    update_service,
)
from verification.models import ListingState, Publication
from verification.publication import Batch
from verification.services import archive, publish_import, publish_imports

LONGEST_KEY = 200


@dataclass
class _Kept:
    """A row of ours that the file speaks about; `is_new` and `has_changed` during this import.

    Several rows of the file may speak about one organisation or place. The first of them is believed (`is_settled`),
    so that two that differ cannot overwrite each other at every import.
    """

    row: Any
    is_new: bool = False
    has_changed: bool = False
    is_settled: bool = False

    def settle(self) -> bool:
        """True for the first row that speaks about a row that was there before."""
        is_first = not self.is_settled and not self.is_new
        self.is_settled = True
        return is_first


class Writer:
    """Writes wanted rows of one source. Reads what is there once, so an unchanged row costs no query."""

    def __init__(self, source: str, batch: Batch) -> None:
        self.source, self.batch = source, batch
        self._organizations = _by_key(Organization.objects.filter(source=source))
        self._locations = _by_key(Location.objects.filter(source=source).select_related("organization"))
        self._services = _by_key(Service.objects.filter(source=source).select_related("organization"))
        listings = ServiceAtLocation.objects.filter(service__source=source).select_related("service", "location")
        listings = listings.prefetch_related("contacts")
        self._listings = {listing.service_id: listing for listing in listings.order_by("pk")}
        imported = ListingState.objects.filter(publication=Publication.IMPORTED, listing__service__source=source)
        self._still_imported = set(imported.values_list("listing_id", flat=True))
        self._new: list[ServiceAtLocation] = []
        self._contacts: dict[tuple[int, int | None, str, str], Contact] = {
            _contact_key(c): c for c in Contact.objects.filter(organization__source=source)
        }

    def known_keys(self) -> set[str]:
        """Identifiers of the services that earlier imports made."""
        return {key for key, kept in self._services.items() if not kept.is_new}

    def write(self, wanted: Wanted) -> RowOutcome:
        """Create or update what the row speaks about. ValidationError leaves everything as it was."""
        kept = self._services.get(_short(wanted.key))
        listing = self._listings.get(kept.row.pk) if kept else None
        if listing and listing.pk not in self._still_imported:
            return RowOutcome.KEPT
        organization = self._organization(wanted)
        location = self._location(wanted, organization.row)
        service = self._service(wanted, organization.row)
        has_changed = self._listing(wanted, service, location, listing)
        if service.is_new:
            return RowOutcome.CREATED
        parts = (organization, location, service)
        if has_changed or any(part and (part.is_new or part.has_changed) for part in parts):
            if listing and self._listings[service.row.pk] == listing:
                publish_import(listing=listing, batch=self.batch)
            return RowOutcome.UPDATED
        return RowOutcome.UNCHANGED

    def _organization(self, wanted: Wanted) -> _Kept:
        key = _short(wanted.organization_key)
        kept = self._organizations.get(key)
        if kept is None:
            row = create_organization(
                actor=None,
                member_status=MemberStatus.EXTERNAL,
                default_visibility=Visibility.MEMBERS,
                source=self.source,
                external_id=key,
                **wanted.organization,
            )
            kept = self._organizations[key] = _Kept(row, is_new=True)
        elif kept.settle() and _differs(kept.row, wanted.organization):
            update_organization(
                actor=None,
                organization=kept.row,
                expected_version=kept.row.version,
                batch=self.batch,
                **wanted.organization,
            )
            kept.has_changed = True
        return kept

    def _location(self, wanted: Wanted, organization: Organization) -> _Kept | None:
        if wanted.location is None:
            return None
        key = _short(wanted.location_key)
        kept = self._locations.get(key)
        if kept is None:
            row = create_location(
                actor=None,
                organization=organization,
                visibility=Visibility.MEMBERS,
                source=self.source,
                external_id=key,
                **wanted.location,
            )
            kept = self._locations[key] = _Kept(row, is_new=True)
        elif kept.settle() and _differs(kept.row, wanted.location):
            version, batch = kept.row.version, self.batch
            update_location(actor=None, location=kept.row, expected_version=version, batch=batch, **wanted.location)
            kept.has_changed = True
        return kept

    def _service(self, wanted: Wanted, organization: Organization) -> _Kept:
        key = _short(wanted.key)
        kept = self._services.get(key)
        if kept is None:
            row = create_service(
                actor=None,
                organization=organization,
                visibility=Visibility.MEMBERS,
                source=self.source,
                external_id=key,
                **wanted.service,
            )
            kept = self._services[key] = _Kept(row, is_new=True)
        elif _differs(kept.row, wanted.service):
            version, batch = kept.row.version, self.batch
            update_service(actor=None, service=kept.row, expected_version=version, batch=batch, **wanted.service)
            kept.has_changed = True
        return kept

    def _listing(
        self, wanted: Wanted, service: _Kept, location: _Kept | None, listing: ServiceAtLocation | None
    ) -> bool:
        """True when the listing is new, moved to another place or changed."""
        place = location.row if location else None
        if listing and listing.location_id == (place.pk if place else None):
            fields = dict(wanted.listing)
            contacts = self._contacts_of(wanted, service.row.organization, place)
            if not _differs(listing, fields) and not _other_contacts(listing, contacts):
                return False
            version, batch = listing.version, self.batch
            update_listing(
                actor=None, listing=listing, expected_version=version, batch=batch, contacts=contacts, **fields
            )
            return True
        if listing:
            archive(
                listing=listing, actor=None, reason=_("The imported file names another place now."), batch=self.batch
            )
        contacts = self._contacts_of(wanted, service.row.organization, place)
        new = add_listing(actor=None, service=service.row, location=place, contacts=contacts, **wanted.listing)
        self._listings[service.row.pk] = new
        self._still_imported.add(new.pk)
        self._new.append(new)
        return True

    def finish(self) -> None:
        """Show what was made. Call it once, after the last row."""
        publish_imports(listings=self._new, batch=self.batch)

    def _contacts_of(self, wanted: Wanted, organization: Organization, place: Location | None) -> list[Contact]:
        """The row's contacts, made when they are not there yet."""
        found = []
        for fields in wanted.contacts:
            country = place.country if place else organization.registration_country
            try:
                value = contact_values.normalise(fields["channel"], fields["value"], country=country)
            except ValidationError as error:
                raise ValidationError({"contacts": error.error_list}) from error
            key = (organization.pk, place.pk if place else None, fields["channel"], value)
            if key not in self._contacts:
                self._contacts[key] = create_contact(
                    actor=None,
                    organization=organization,
                    location=place,
                    visibility=Visibility.MEMBERS,
                    batch=self.batch,
                    **fields,
                )
            found.append(self._contacts[key])
        return found


def _by_key(rows: Iterable[Any]) -> dict[str, _Kept]:
    return {row.external_id: _Kept(row) for row in rows}


def _short(key: str) -> str:
    """The key as it is kept: a long one is cut and made unique by a digest."""
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    return f"{key[: LONGEST_KEY - 17]}#{digest}"


def _contact_key(contact: Contact) -> tuple[int, int | None, str, str]:
    return contact.organization_id, contact.location_id, contact.channel, contact.value


def _other_contacts(listing: ServiceAtLocation, contacts: list[Contact]) -> bool:
    return {c.pk for c in listing.contacts.all()} != {c.pk for c in contacts}


def _differs(row: models.Model, values: Mapping[str, Any]) -> bool:
    """Whether any of the values is not what the row has, as the services would write it."""
    return any(_written(row, name, value) != _present(row, name) for name, value in values.items())


def _written(row: models.Model, name: str, value: Any) -> Any:
    if name == "hours":
        return clean_hours(value)
    if isinstance(value, str):
        field = row._meta.get_field(split_column(name)[0] if not _has(row, name) else name)
        return clean_text(value, lines=isinstance(field, models.TextField))
    return _comparable(value)


def _present(row: models.Model, name: str) -> Any:
    value = getattr(row, name)
    return _comparable("" if value is None and not _has(row, name) else value)


def _comparable(value: Any) -> Any:
    """Sets of codes have the vocabulary's order in the row and the file's in the file; points compare by numbers."""
    if isinstance(value, list):
        return sorted(value, key=str)
    if isinstance(value, Point):
        return round(value.x, 6), round(value.y, 6)
    return value


def _has(row: models.Model, name: str) -> bool:
    """Whether the row has a column of this name (a translated text has none)."""
    return any(field.name == name for field in row._meta.concrete_fields)
