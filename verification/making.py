"""New working copies by the hundred: what `editing.create_*` makes one by one, in a few statements for all.

Rule: narrowing never waits, and here is nothing to narrow: what is new was seen by nobody. Rights are the operator's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

import pghistory
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from core.database.bulk import put
from core.writing import check_new, insert_all, not_inserted
from core.writing import explained as words_of
from organizations.models import Contact, Location, Organization
from organizations.preparing import FAULTS as _THEIR_FAULTS
from organizations.preparing import (
    changes,
    know_settlements,
    known_slugs,
    new_contact,
    new_location,
    new_organization,
    read_pins,
)
from services.models import Service, ServiceAtLocation
from services.preparing import FAULTS as _FAULTS_OF_SERVICES
from services.preparing import listing_changes, new_listing, new_service, read_codes, service_changes
from verification.snapshots import Content, choose, freeze

__all__ = [
    "Bundle",
    "changes",
    "check_new",
    "explained",
    "frozen",
    "known_slugs",
    "listing_changes",
    "make",
    "new_contact",
    "new_listing",
    "new_location",
    "new_organization",
    "new_service",
    "read_codes",
    "service_changes",
]


@dataclass
class Bundle:
    """Rows that stand or fall together. Some of them are there already, or belong to another bundle too."""

    organization: Organization
    location: Location | None = None
    contacts: Sequence[Contact] = ()
    service: Service | None = None
    listing: ServiceAtLocation | None = None
    rows: list[models.Model] = field(init=False)

    def __post_init__(self) -> None:
        given = (self.organization, self.location, *self.contacts, self.service, self.listing)
        self.rows = [row for row in given if row is not None]


_FAULTS = _THEIR_FAULTS | _FAULTS_OF_SERVICES
#: What points at what comes after it.
_ORDER: tuple[type[models.Model], ...] = (Organization, Location, Contact, Service, ServiceAtLocation)


def make(bundles: Iterable[Bundle]) -> None:
    """Write what of the bundles is new. An IntegrityError leaves nothing behind, in the database and in the rows."""
    bundles = list(bundles)
    new = list({id(row): row for row in chain(*(bundle.rows for bundle in bundles)) if row.pk is None}.values())
    try:
        with transaction.atomic(), pghistory.context():
            places = [row for row in new if isinstance(row, Location)]
            know_settlements(places)
            for model in _ORDER:
                insert_all([row for row in new if isinstance(row, model)])
            read_pins(places)
            made = {id(row) for row in new}
            _link([bundle for bundle in bundles if id(bundle.listing) in made])
    except BaseException:
        not_inserted(new)
        raise


def frozen(bundle: Bundle, everything: Iterable[Contact]) -> Content:
    """What a listing says of which all rows were made here; `everything` are the contacts of its organisation."""
    assert bundle.listing is not None  # noqa: S101  (only listings say anything)
    chosen, every = (sorted(given, key=_in_order) for given in (bundle.contacts, everything))
    return freeze(bundle.listing, choose(bundle.listing, chosen, every))


def _in_order(contact: Contact) -> tuple[int, int]:
    return contact.position, contact.pk


def explained(bundle: Bundle, error: DatabaseError) -> ValidationError:
    """Why the database refuses the bundle, in words for people."""
    for row in bundle.rows:
        found = words_of(row, error, _FAULTS)
        if isinstance(found, ValidationError):
            return found
    return ValidationError(_("The database refuses this row: %(reason)s") % {"reason": str(error).split("\n")[0]})


def _link(bundles: Iterable[Bundle]) -> None:
    put(
        ServiceAtLocation.contacts.through,
        [
            {"serviceatlocation_id": bundle.listing.pk, "contact_id": contact.pk}
            for bundle in bundles
            if bundle.listing is not None
            for contact in bundle.contacts
        ],
    )
