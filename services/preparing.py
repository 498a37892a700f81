"""New rows before they are written, and what an edit would change: the checks of `services.services` alone.

For imports, which write hundreds of rows at once (`verification.making`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.languages import column_names
from core.writing import check_new, would_change
from organizations.models import Contact, Location, Organization
from services.attributes import AnswerCodes
from services.models import Service, ServiceAtLocation
from services.services import (
    LISTING_FAULTS,
    SERVICE_FAULTS,
    Codes,
    contacts_of,
    fill_listing,
    fill_service,
    known_codes,
    show_with_care,
)

#: Beside which field the message of a constraint belongs.
FAULTS = SERVICE_FAULTS | LISTING_FAULTS


def read_codes() -> Codes:
    """The codes of the vocabulary, read once for many services."""
    return {name: codes if isinstance(codes, AnswerCodes) else list(codes) for name, codes in known_codes().items()}


def new_service(*, organization: Organization, known: Codes, **fields: object) -> Service:
    service = Service(organization=organization)
    fill_service(service, fields, known)
    if "visibility" not in fields:
        show_with_care(service)
    return check_new(service)


def new_listing(*, service: Service, location: Location | None, **fields: object) -> ServiceAtLocation:
    """Without contacts: those are linked when it is written."""
    listing = ServiceAtLocation(service=service, location=location)
    fill_listing(listing, {"hours": {}, **dict.fromkeys(column_names("note"), ""), "remote_country": ""} | fields)
    return check_new(listing)


def service_changes(service: Service, fields: Mapping[str, object], *, known: Codes) -> bool:
    """Whether an update by these fields would leave the service other than it is. ValidationError as the update's."""
    return would_change(service, lambda filled: fill_service(filled, dict(fields), known))


def listing_changes(listing: ServiceAtLocation, fields: Mapping[str, object], contacts: Iterable[Contact]) -> bool:
    """The same for a listing and its contacts, which were read with it."""
    if {contact.pk for contact in listing.contacts.all()} != {one.pk for one in contacts_of(listing, contacts)}:
        return True
    return would_change(listing, lambda filled: fill_listing(filled, dict(fields)))
