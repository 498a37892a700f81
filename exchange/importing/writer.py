"""Rows of ours, brought in step with what a file wants. Everything goes through the services; nothing is deleted.

Rows are taken in hundreds: what there is of ours for them is read in a few statements, what is new is written in a
few (`verification.making`), and neither is held any longer, however long the file is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from exchange.importing.asking import Asker
from exchange.importing.notes import Remarks
from exchange.importing.overruling import still_following
from exchange.importing.planning import Plan, Planner
from exchange.importing.report import RowOutcome, RowResult, result_of
from exchange.importing.translating.mapping import MappingFile, Wanted
from organizations.models import Contact, Location, Organization
from services.models import ServiceAtLocation
from verification import making
from verification.editing import update_listing, update_location, update_organization, update_service
from verification.publication import Batch
from verification.services import archive, publish_import, publish_imports


class Writer:
    """Writes wanted rows of one source; an unchanged row costs no query of its own. `results` by the row's number."""

    def __init__(self, mapping: MappingFile, batch: Batch, remarks: Remarks, *, is_sure: bool) -> None:
        self.mapping, self.batch = mapping, batch
        self._asker = Asker(mapping.source, is_sure=is_sure)
        self.results: dict[int, list[RowResult]] = {}
        self._planner = Planner(mapping, remarks)
        self.missing = self._planner.missing
        self._listings: dict[int, ServiceAtLocation] = {}
        self._following: set[int] = set()
        self._waiting: list[Plan] = []

    def write(self, several: Sequence[Wanted]) -> None:
        """Create or update what each of the rows speaks about, or refuse it and leave everything as it was."""
        self._look_up(several)
        for wanted in several:
            try:
                self.results[wanted.row.number] = [result_of(self.mapping, wanted, self._write(wanted))]
            except ValidationError as error:
                self._refuse(wanted, error)
        self.flush()
        self._look_up(())  # nothing of these rows is held while memory is swept

    def _look_up(self, several: Sequence[Wanted]) -> None:
        services = {service.pk: service for service in self._planner.look_up(several)}
        listings = ServiceAtLocation.objects.filter(service__in=services.keys()).order_by("pk")
        self._listings = {row.service_id: row for row in listings.prefetch_related("contacts")}
        for listing in self._listings.values():
            listing.service = services[listing.service_id]
            self._planner.know_place(listing)
        self._following = still_following(self._listings.values())
        self._asker.look_up([wanted for wanted in several if self._planner.service(wanted) is None])

    def _write(self, wanted: Wanted) -> RowOutcome:
        service = self._planner.service(wanted)
        listing = self._listings.get(service.pk) if service else None
        if listing and listing.pk not in self._following:
            return RowOutcome.KEPT
        if service is None:
            self._asker.ask(wanted)
        plan = self._planner.plan(wanted, listing)
        if service is None:
            self._apply_changes(plan)
            self._planner.settle(plan)
            self._waiting.append(plan)
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
            self._refuse(plans[0].wanted, making.explained(plans[0].bundle(plans[0].listing), error))
            return []
        return plans

    def _refuse(self, wanted: Wanted, error: ValidationError) -> None:
        faults = [result_of(self.mapping, wanted, RowOutcome.REFUSED, *fault) for fault in _faults(error)]
        self.results[wanted.row.number] = faults

    def _made(self, plans: list[Plan]) -> None:
        listings = [plan.listing for plan in plans if plan.listing]
        said = {plan.listing.pk: content for plan in plans if plan.listing and (content := plan.content())}
        publish_imports(listings=listings, frozen=said, batch=self.batch)


def _faults(error: ValidationError) -> Iterable[tuple[str, str]]:
    if hasattr(error, "error_dict"):
        return [(field, " ".join(messages)) for field, messages in error.message_dict.items()]
    return [("", " ".join(error.messages))]


def _differs(listing: ServiceAtLocation | None, plan: Plan, contacts: list[Contact]) -> bool:
    return listing is not None and making.listing_changes(listing, plan.wanted.listing, contacts)
