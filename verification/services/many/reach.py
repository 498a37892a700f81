"""Which listings rows of the working copy reach, and what of an edit shows more than before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Model

from organizations.models import Contact
from services.models import ServiceAtLocation
from services.models.coverage import Subject, under_any
from verification.models import ListingState
from verification.narrowing import PUBLIC_TO_NARROW


def covered(rows: Iterable[Subject]) -> set[int]:
    """Keys of the listings that the rows cover; none of a row that was just deleted.

    A contact that has moved to another place is still on the map where the map shows it: such listings count, too.
    """
    there = [row for row in rows if isinstance(row, str) or row.pk is not None]
    if not there:
        return set()
    found = set(ServiceAtLocation.objects.filter(under_any(there)).order_by().values_list("pk", flat=True))
    return found | _showing([row for row in there if isinstance(row, Contact)])


def _showing(contacts: list[Contact]) -> set[int]:
    """Listings of whose organisations the map shows one of these contacts."""
    if not contacts:
        return set()
    ids = {contact.public_id for contact in contacts}
    owners = {contact.organization_id for contact in contacts}
    states = ListingState.objects.filter(published__isnull=False, listing__service__organization__in=owners).order_by()
    shown = states.values_list("pk", "published__content__contacts")
    return {key for key, told in shown if any(contact["id"] in ids for contact in told or ())}


def widens(row: Model, fields: Mapping[str, object]) -> bool:
    """Whether the row would be shown more widely, or more exactly, than it is now."""
    for name, order in PUBLIC_TO_NARROW.items():
        old, new = getattr(row, name, None), fields.get(name)
        if new is not None and old != new and (not (old and new) or order.index(str(new)) < order.index(str(old))):
            return True
    return False
