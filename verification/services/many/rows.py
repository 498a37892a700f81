"""Edits of many rows at once: what `editing.update_*` and `editing.create_*` do one by one, in few statements for all.

Rule: what is written here is written by the law of that door, and what may not go, is out of date or says something
wrong is not written here. The caller takes it through that door, which says why. Narrowing is the batch's
(`Together`), in the transaction of the edits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from core.constraints import Editable
from core.writing import check_edited, check_new, update_all
from organizations.models import Contact, Location, Organization
from organizations.preparing import new_contact, new_location
from organizations.services import CONTACT_FIELDS, LOCATION_FIELDS, fill_contact, refill_location, with_care
from services.models import Service, ServiceAtLocation
from services.preparing import new_listing, new_service, read_codes
from services.services import LISTING_FIELDS, SERVICE_FIELDS, Codes, contacts_of, fill_listing, fill_service
from verification.making import Bundle, make
from verification.services.changing import lock_states
from verification.services.edits import Together
from verification.services.many.reach import covered, widens

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Edit:
    """A row with its organisation, the version that whoever edits has seen, and the values."""

    row: Any
    expected: int
    fields: dict[str, object]


class Rights:
    """Whose rows somebody edits, and of whose people they are: asked once for many."""

    def __init__(self, actor: User) -> None:
        self._edited = set(Organization.objects.editable_by(actor).order_by().values_list("pk", flat=True))
        self._own = set(actor.memberships.order_by().values_list("organization", flat=True))

    def may_edit(self, owner: int) -> bool:
        return owner in self._edited

    def may_change(self, edit: Edit) -> bool:
        owner = owner_of(edit.row)
        return owner in self._edited and (owner in self._own or not widens(edit.row, edit.fields))


def owner_of(row: Any) -> int:
    found: int = row.service.organization_id if isinstance(row, ServiceAtLocation) else row.organization_id
    return found


def update_several(*, actor: User, rights: Rights, edits: Sequence[Edit], batch: Together) -> list[Any]:
    """Change rows of one model; returns those that were written. The others are in the database as they were."""
    allowed = [edit for edit in edits if rights.may_change(edit)]
    if not allowed:
        return []
    model = type(allowed[0].row)
    try:
        with transaction.atomic(), pghistory.context(user=actor.pk):
            touched = covered(edit.row for edit in allowed)
            lock_states(touched)  # first, as for a single edit
            fit = _filled(model, allowed)
            names = [*_FIELDS[model], "i18n"]
            written = update_all([edit.row for edit in fit], expected=[edit.expected for edit in fit], names=names)
            moved = covered(written) if model is Contact else set()
    except IntegrityError:
        return []
    batch.touched |= touched | moved
    return written


_FIELDS: dict[type[Editable], tuple[str, ...]] = {
    Location: LOCATION_FIELDS,
    Contact: CONTACT_FIELDS,
    Service: SERVICE_FIELDS,
    ServiceAtLocation: LISTING_FIELDS,
}


def _filled(model: type[Editable], edits: Iterable[Edit]) -> list[Edit]:
    """Those whose values pass every check that needs no other row."""
    fill, found = _filler(model), []
    for edit in edits:
        if "contacts" in edit.fields:  # they are linked one by one
            continue
        try:
            fill(edit.row, dict(edit.fields))
            check_edited(edit.row, [*_FIELDS[model], "i18n"])
        except ValidationError:
            continue
        found.append(edit)
    return found


def _filler(model: type[Editable]) -> Callable[[Any, dict[str, object]], None]:
    if model is Service:
        known = read_codes()
        return lambda row, fields: fill_service(row, fields, known)
    fillers: dict[type[Editable], Callable[[Any, dict[str, object]], None]] = {
        Location: refill_location,
        Contact: fill_contact,
        ServiceAtLocation: fill_listing,
    }
    return fillers[model]


class Making:
    """New rows that point at each other, prepared one by one and written together."""

    def __init__(self, actor: User, rights: Rights, batch: Together) -> None:
        self._actor, self._batch, self._rights = actor, batch, rights
        self._bundles: list[Bundle] = []
        self._known: Codes | None = None

    def location(self, organization: Organization, **fields: Any) -> Location:
        """Each of the four raises ValidationError for what can be said to be wrong without a query."""
        return self._add(organization, "location", new_location(organization=organization, **fields))

    def contact(self, organization: Organization, **fields: Any) -> Contact:
        row = check_new(new_contact(organization=organization, **with_care(fields)))
        self._bundles.append(Bundle(organization, contacts=[row]))
        return row

    def service(self, organization: Organization, **fields: Any) -> Service:
        self._known = self._known or read_codes()
        return self._add(organization, "service", new_service(organization=organization, known=self._known, **fields))

    def listing(
        self, service: Service, location: Location | None, contacts: Iterable[Contact] = (), **fields: Any
    ) -> ServiceAtLocation:
        row = new_listing(service=service, location=location, **fields)
        owner, chosen = service.organization, contacts_of(row, contacts)
        if any(way.location not in (None, location) for way in chosen):  # places that are new have no keys yet
            raise ValidationError({"contacts": ""})
        self._bundles.append(Bundle(owner, location=location, contacts=chosen, service=service, listing=row))
        return row

    def _add(self, organization: Organization, name: str, row: Any) -> Any:
        self._bundles.append(Bundle(organization, **{name: row}))
        return row

    def write(self) -> bool:
        """All or none: False where the actor may not, or the database refuses a row."""
        if not all(self._rights.may_edit(bundle.organization.pk) for bundle in self._bundles):
            return False
        try:
            with transaction.atomic(), pghistory.context(user=self._actor.pk):
                make(self._bundles)
        except DatabaseError:
            return False
        ways = [contact for bundle in self._bundles if bundle.listing is None for contact in bundle.contacts]
        self._batch.touched |= covered(ways)
        return True
