"""The one door through which working copies are edited.

Rule: narrowing never waits. Whoever edits an organisation, place, contact, service, listing or notice does it here, so
the listings that the row covers (before the edit and after it) are narrowed, and what lies over them is told, in the
transaction of the edit; whether they are like others is looked at anew. There is no other way: no room above may import
the writers of `organizations` and `services` (an import contract). Rights, versions and errors are those of the
writers. `batch` is for commands that change hundreds of rows; one that is
`Together` narrows once for all of its edits, still in their transaction.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from organizations import services as organizations
from organizations import unkept
from organizations.models import Contact, Location, Organization
from services import services
from services.models import Notice, Service, ServiceAtLocation
from services.models.coverage import Subject, subject_of
from verification.models import Fingerprint
from verification.publication import Batch
from verification.services.around.lands import publish_notice, withdraw_notice
from verification.services.around.unkept import forget_door, merged_into
from verification.services.changing import lock_states
from verification.services.edits import Together, let_narrow, publish_again
from verification.services.many import reach

if TYPE_CHECKING:
    from accounts.models import User

#: What a form or a file may give, by the writers' own lists.
ORGANIZATION_FIELDS, NETWORK_FIELDS = organizations.ORGANIZATION_FIELDS, organizations.NETWORK_FIELDS
LOCATION_FIELDS, CONTACT_FIELDS = organizations.LOCATION_FIELDS, organizations.CONTACT_FIELDS
SERVICE_FIELDS, LISTING_FIELDS = services.SERVICE_FIELDS, services.LISTING_FIELDS
NOTICE_FIELDS = services.NOTICE_FIELDS

# New and empty, or seen by nobody yet: there is nothing to narrow.
create_organization = organizations.create_organization
create_location = organizations.create_location
create_service = services.create_service
add_listing = services.add_listing
remove_listing = services.remove_listing
clean_hours = services.clean_hours


def update_organization(
    *,
    actor: User | None,
    organization: Organization,
    expected_version: int,
    batch: Batch | None = None,
    **fields: object,
) -> Organization:
    with _edit(actor, organization, batch):
        return organizations.update_organization(
            actor=actor, organization=organization, expected_version=expected_version, **fields
        )


def set_member_status(
    *,
    actor: User | None,
    organization: Organization,
    status: str,
    on: dt.date | None = None,
    until: dt.datetime | None = None,
    was: str = "",
    batch: Batch | None = None,
) -> Organization:
    with _edit(actor, organization, batch):
        return organizations.set_member_status(
            actor=actor, organization=organization, status=status, on=on, until=until, was=was
        )


def update_location(
    *, actor: User | None, location: Location, expected_version: int, batch: Batch | None = None, **fields: object
) -> Location:
    _own_word(actor, location.organization, location, fields)
    with _edit(actor, location, batch):
        return organizations.update_location(
            actor=actor, location=location, expected_version=expected_version, **fields
        )


def stop_keeping_address(*, actor: User | None, location: Location, expected_version: int) -> Location:
    """At once, by the organisation's own people: where the door is stands nowhere any more."""
    _only_the_owner(actor, location)
    tied = merged_into(location)
    with _edit(actor, location):
        words = sorted({word for row in (location, *tied) for word in unkept.words_of(row)}, key=len, reverse=True)
        saved = unkept.stop_keeping_address(actor=actor, location=location, expected_version=expected_version)
        for row in tied:
            unkept.stop_keeping_address(actor=actor, location=row, expected_version=row.version)
        for row in (saved, *tied):
            row.refresh_from_db()  # its pins are the database's
            forget_door(row, words)
        return saved


def keep_address_again(*, actor: User | None, location: Location, expected_version: int) -> Location:
    """Nothing is shown by it: whatever is written from then on goes the usual way."""
    _only_the_owner(actor, location)
    return unkept.keep_address_again(actor=actor, location=location, expected_version=expected_version)


def _only_the_owner(actor: User | None, location: Location) -> None:
    if actor is not None and not actor.memberships.filter(organization=location.organization).exists():
        raise NotAllowed(_("Only the organisation itself may do this."))


def create_contact(
    *,
    actor: User | None,
    organization: Organization,
    batch: Batch | None = None,
    **fields: Any,
) -> Contact:
    with _edit(actor, None, batch) as touched:
        contact = organizations.create_contact(actor=actor, organization=organization, **fields)
        touched |= reach.covered([contact])
        return contact


def update_contact(
    *,
    actor: User | None,
    contact: Contact,
    expected_version: int,
    batch: Batch | None = None,
    **fields: Any,
) -> Contact:
    _own_word(actor, contact.organization, contact, fields)
    with _edit(actor, contact, batch):
        return organizations.update_contact(actor=actor, contact=contact, expected_version=expected_version, **fields)


def delete_contact(*, actor: User | None, contact: Contact) -> None:
    with _edit(actor, contact):
        organizations.delete_contact(actor=actor, contact=contact)


def restore_contact(*, actor: User | None, organization: Organization, public_id: str) -> Contact:
    with _edit(actor) as touched:
        contact = organizations.restore_contact(actor=actor, organization=organization, public_id=public_id)
        touched |= reach.covered([contact])
        return contact


def update_service(
    *, actor: User | None, service: Service, expected_version: int, batch: Batch | None = None, **fields: object
) -> Service:
    _own_word(actor, service.organization, service, fields)
    with _edit(actor, service, batch):
        return services.update_service(actor=actor, service=service, expected_version=expected_version, **fields)


def update_listing(
    *,
    actor: User | None,
    listing: ServiceAtLocation,
    expected_version: int,
    batch: Batch | None = None,
    **fields: object,
) -> ServiceAtLocation:
    with _edit(actor, listing, batch):
        return services.update_listing(actor=actor, listing=listing, expected_version=expected_version, **fields)


def set_notice(*, actor: User | None, batch: Batch | None = None, **fields: Any) -> Notice:
    """A new notice, or with `notice` that one's text and dates: on the map at once, nothing of it waits."""
    with transaction.atomic():
        notice = services.set_notice(actor=actor, **fields)
        publish_again(ServiceAtLocation.objects.under(subject_of(notice)), batch)
        publish_notice(notice)
    return notice


def second_notice(*, actor: User, notice: Notice) -> Notice:
    """A second person says that it is a danger."""
    with transaction.atomic():
        seconded = services.second_notice(actor=actor, notice=notice)
        publish_notice(seconded)
    return seconded


def end_notice(*, actor: User | None, notice: Notice) -> None:
    with transaction.atomic():
        listings = list(ServiceAtLocation.objects.under(subject_of(notice)))
        services.end_notice(actor=actor, notice=notice)
        publish_again(listings)
        withdraw_notice(notice)


def _own_word(actor: User | None, owner: Organization, row: Model, fields: Mapping[str, object]) -> None:
    """Whoever shows more than before answers for it: the organisation's own people alone, whatever others may edit."""
    if actor is None or actor.memberships.filter(organization=owner).exists():
        return
    if reach.widens(row, fields):
        raise NotAllowed(_("Only the organisation itself may show more than it shows now."))


@contextlib.contextmanager
def _edit(actor: User | None, row: Subject | None = None, batch: Batch | None = None) -> Iterator[set[int]]:
    """A transaction around an edit that ends by narrowing. Yields the keys of what is touched, to be added to."""
    with transaction.atomic():
        touched = reach.covered([row]) if row is not None else set()
        lock_states(touched)  # first: a row that hides takes its listings off readers' tables as it is written
        yield touched
        touched |= reach.covered([row]) if isinstance(row, Contact) else set()  # it may stand at another place now
        if isinstance(batch, Together):
            batch.touched |= touched
            return
        lock_states(touched)  # before their rows, as everybody does
        Fingerprint.objects.forget(touched)
        listings = ServiceAtLocation.objects.filter(pk__in=touched, state__published__isnull=False)
        let_narrow(listings=listings, actor=actor, batch=batch)
