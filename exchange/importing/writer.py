"""Rows of ours, brought in step with what a file wants. Everything goes through the services; nothing is deleted.

New listings wait until there are enough of them, and are then written in a few statements (`verification.making`).
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from exchange.importing.notes import Remarks
from exchange.importing.planning import Plan, Planner
from exchange.importing.report import RowOutcome
from exchange.importing.translating.mapping import MappingFile, Wanted
from organizations.models import Contact, Location, Organization
from services.models import ServiceAtLocation
from verification import making
from verification.editing import update_listing, update_location, update_organization, update_service
from verification.models import ListingState, Publication
from verification.publication import Batch
from verification.services import archive, publish_import, publish_imports

#: New listings that are written together.
TOGETHER = 250


class Writer:
    """Writes wanted rows of one source. Reads what is there once, so an unchanged row costs no query."""

    def __init__(self, mapping: MappingFile, batch: Batch, remarks: Remarks) -> None:
        self.batch = batch
        self.outcomes: dict[int, tuple[Wanted, RowOutcome]] = {}
        self.refused: list[tuple[Wanted, ValidationError]] = []
        self._planner = Planner(mapping, remarks)
        self.missing = self._planner.missing
        listings = ServiceAtLocation.objects.filter(service__source=mapping.source)
        listings = listings.select_related("service", "location").prefetch_related("contacts")
        self._listings = {row.service_id: row for row in listings.order_by("pk")}
        imported = ListingState.objects.filter(publication=Publication.IMPORTED, listing__in=listings.order_by())
        self._still_imported = set(imported.values_list("listing_id", flat=True))
        self._waiting: list[Plan] = []

    def write(self, wanted: Wanted) -> None:
        """Create or update what the row speaks about, or refuse it and leave everything as it was."""
        try:
            self.outcomes[wanted.row.number] = (wanted, self._write(wanted))
        except ValidationError as error:
            self.refused.append((wanted, error))

    def _write(self, wanted: Wanted) -> RowOutcome:
        service = self._planner.service(wanted)
        listing = self._listings.get(service.pk) if service else None
        if listing and listing.pk not in self._still_imported:
            return RowOutcome.KEPT
        plan = self._planner.plan(wanted, listing)
        if service is None:
            self._apply_changes(plan)
            self._planner.settle(plan)
            self._waiting.append(plan)
            if len(self._waiting) >= TOGETHER:
                self.flush()
            return RowOutcome.CREATED
        has_changed = self._bring_in_step(plan, listing)
        self._planner.settle(plan)
        return RowOutcome.UPDATED if has_changed else RowOutcome.UNCHANGED

    def _apply_changes(self, plan: Plan) -> bool:
        """Update what was there before and is asked to be different; all of it or nothing."""
        wanted, batch = plan.wanted, self.batch
        changed = [kept for kept in (plan.organization, plan.location, plan.service) if kept and kept.has_changed]
        if not changed:
            return False
        try:
            with transaction.atomic():
                for kept in changed:
                    row, version = kept.row, kept.row.version
                    if isinstance(row, Organization):
                        update_organization(
                            actor=None, organization=row, expected_version=version, batch=batch, **wanted.organization
                        )
                    elif isinstance(row, Location):
                        update_location(
                            actor=None, location=row, expected_version=version, batch=batch, **(wanted.location or {})
                        )
                    else:
                        update_service(actor=None, service=row, expected_version=version, batch=batch, **wanted.service)
        except ValidationError:
            for kept in changed:
                kept.row.refresh_from_db()
            raise
        finally:
            for kept in changed:
                kept.has_changed = False
        return True

    def _bring_in_step(self, plan: Plan, listing: ServiceAtLocation | None) -> bool:
        """Update a row that an earlier import made. False when it is what the file says."""
        contacts = list(plan.contacts.values())
        other = plan.listing is None and _differs(listing, plan, contacts)
        parts = (plan.organization, plan.location, plan.service)
        if not (other or plan.listing or any(part and part.has_changed for part in parts)):
            return False
        self.flush()
        with transaction.atomic():
            self._apply_changes(plan)
            if plan.listing is None and listing is not None:
                self._update(plan, listing, contacts)
            else:
                self._replace(plan, listing)
        return True

    def _update(self, plan: Plan, listing: ServiceAtLocation, contacts: list[Contact]) -> None:
        making.make([plan.bundle(None)])
        if _differs(listing, plan, contacts):
            update_listing(
                actor=None,
                listing=listing,
                expected_version=listing.version,
                batch=self.batch,
                contacts=contacts,
                **plan.wanted.listing,
            )
        publish_import(listing=listing, batch=self.batch)

    def _replace(self, plan: Plan, old: ServiceAtLocation | None) -> None:
        """The file names another place than before: a new listing there, the old one off the map."""
        if old:
            reason = _("The imported file names another place now.")
            archive(listing=old, actor=None, reason=reason, batch=self.batch)
        making.make([plan.bundle(plan.listing)])
        self._made([plan])

    def flush(self) -> None:
        """Write the new listings that wait. One that the database refuses is refused alone."""
        waiting, self._waiting = self._waiting, []
        self._made(self._make(waiting))

    def _make(self, plans: list[Plan]) -> list[Plan]:
        """Those that were written."""
        if not plans:
            return []
        try:
            making.make([plan.bundle(plan.listing) for plan in plans])
        except DatabaseError as error:
            if len(plans) > 1:
                half = len(plans) // 2
                return self._make(plans[:half]) + self._make(plans[half:])
            self._refuse(plans[0], making.explained(plans[0].bundle(plans[0].listing), error))
            return []
        return plans

    def _refuse(self, plan: Plan, error: ValidationError) -> None:
        del self.outcomes[plan.wanted.row.number]
        self._planner.forget(plan)
        self.refused.append((plan.wanted, error))

    def _made(self, plans: list[Plan]) -> None:
        listings = [plan.listing for plan in plans if plan.listing]
        said = {plan.listing.pk: content for plan in plans if plan.listing and (content := plan.content())}
        publish_imports(listings=listings, frozen=said, batch=self.batch)
        self._listings |= {listing.service_id: listing for listing in listings}
        self._still_imported |= {listing.pk for listing in listings}


def _differs(listing: ServiceAtLocation | None, plan: Plan, contacts: list[Contact]) -> bool:
    return listing is not None and making.listing_changes(listing, plan.wanted.listing, contacts)
