"""The rows that somebody may take with them: those that they may edit, and nothing that they may not read.

Rule: every sheet starts from `editable_by`, so a place or a contact that hides from an administrator is in no sheet,
and a listing at such a place is not, either. Whoever takes rows of others is counted like on their pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from exchange.books.sheets.columns import BookSheet
from facts import opened
from organizations.models import Contact, Location, Organization
from organizations.models.organization import FOR_MEMBERS
from services.models import Service, ServiceAtLocation

#: Rows that are read together.
TOGETHER = 500


class BookRows:
    """What one person takes: of one organisation, or of all that they edit."""

    def __init__(self, user: User, organization: Organization | None = None) -> None:
        edited = Organization.objects.editable_by(user)
        self._owners = edited.filter(pk=organization.pk) if organization else edited
        self._user = user
        self._own = set(Organization.objects.filter(memberships__user=user).values_list("pk", flat=True))

    def of(self, sheet: BookSheet) -> Iterator[list[object]]:
        """Rows of this sheet, a value for each column."""
        for row in self.rows(sheet.code).iterator(chunk_size=TOGETHER):
            if isinstance(row, ServiceAtLocation):
                self._count(row)
            yield [column.value(row) for column in sheet.columns]

    def rows(self, code: str) -> QuerySet[Any]:
        """The rows of a sheet by its code, in its order."""
        owners = self._owners.order_by().values("pk")
        places = Location.objects.editable_by(self._user).filter(organization__in=owners)
        if code == "location":
            return places.select_related("organization").order_by("organization__name", "name", "pk")
        if code == "service":
            services = Service.objects.editable_by(self._user).filter(self._reads(""), organization__in=owners)
            return services.select_related("organization").order_by("organization__name", "title", "pk")
        if code == "contact":
            contacts = Contact.objects.editable_by(self._user).filter(organization__in=owners)
            seen = contacts.filter(Q(location=None) | Q(location__in=places.order_by().values("pk")))
            return seen.select_related("organization", "location").order_by("organization__name", "position", "pk")
        listings = ServiceAtLocation.objects.editable_by(self._user).filter(service__organization__in=owners)
        shown = listings.filter(self._reads("service__")).filter(
            Q(location=None) | Q(location__in=places.order_by().values("pk"))
        )
        return shown.select_related("service__organization", "location").order_by("service__title", "pk")

    def _reads(self, prefix: str) -> Q:
        """Services (at `prefix`) that every member may know of, and all of those that the person's own houses hide."""
        owners = Organization.objects.read_by(self._user).order_by().values("pk")
        return Q(**{f"{prefix}visibility__in": FOR_MEMBERS}) | Q(**{f"{prefix}organization__in": owners})

    def _count(self, listing: ServiceAtLocation) -> None:
        owner = listing.service.organization
        if owner.pk not in self._own:
            opened.note(listing.public_id, owner.public_id)
