"""What lies over a listing without being part of it: notices, takedowns, words about places, doors of contacts.

Asked for one listing by a query, or read whole once when hundreds of listings are published together. Of a listing's
own rows that needs a few columns; its words are in what was published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypedDict

from django.db.models import QuerySet

from core import clock
from directory.crossing.content import Content, NoticeOver, Texts
from services.attributes import asked
from services.models import Notice, ServiceAtLocation, ServiceType
from services.models.coverage import is_over, scopes_over
from verification.giveaways.agreed import agreed_everywhere
from verification.giveaways.house import HidingHouse, agreed_in, houses
from verification.models import CapacityLevel, CapacityReport, ListingState, Takedown
from verification.narrowing import NARROWS_PLACES, doors_of_contacts
from verification.snapshots import texts

#: What publishing needs of the rows of a listing beside what was approved of it.
_PARTS = (
    *("published__content", "published__content_hash", "published__created_at", "published__listing"),
    *(f"listing__{name}" for name in ("public_id", "service", "location", "remote_country", "stops_off")),
    *(
        f"listing__service__{name}"
        for name in ("organization", "visibility", "risk_visibility", "operation", "operation_note", "i18n")
    ),
    *(f"listing__service__organization__{name}" for name in ("public_id", "member_status", "registration_country")),
    *(f"listing__location__{name}" for name in ("public_id", "country", "timezone", *NARROWS_PLACES)),
)


def with_parts(states: QuerySet[ListingState], *further: str) -> QuerySet[ListingState]:
    """The states with what publishing needs of their listings, and with `further` rows."""
    own = [field.name for field in ListingState._meta.concrete_fields]
    related = states.select_related("published", "listing__service__organization", "listing__location", *further)
    return related.only(*own, *_PARTS, *further)


class CapacityColumns(TypedDict):
    """The columns of the directory that the last word about places fills."""

    capacity_level: str
    capacity_note: Texts
    capacity_reported_on: dt.date | None
    capacity_expires_on: dt.date | None


class AttributesTold(TypedDict):
    """Answers of attributes, by whom they are told to."""

    told_to_all: frozenset[str]
    told_to_members: frozenset[str]


class Surroundings:
    """Everything that is in force anywhere, held in memory.

    Which doors an organisation hides is read for all of them, or for those that `owners` (public ids) names and any
    other when it is asked for: a step of fifty rows in a network of thousands has to do with a few.
    """

    def __init__(self, owners: Collection[str] | None = None) -> None:
        self._notices = list(Notice.objects.all())
        self._meant = types_meant({notice.service_type for notice in self._notices})
        self._takedowns = list(Takedown.objects.in_force())
        self.doors = doors_of_contacts()
        self._agreed = agreed_everywhere()
        self._owners = None if owners is None else set(owners)
        self._houses = houses(owners)
        self._told = attributes_known()
        self._words = {report.listing_id: report for report in CapacityReport.objects.newest()}

    def agreed_at(self, content: Content) -> frozenset[str]:
        place = content["location"]
        return self._agreed.get(place["id"], frozenset()) if place else frozenset()

    def house_of(self, content: Content) -> tuple[HidingHouse, frozenset[str]]:
        """Of the organisation of a listing, with the marks that are agreed to for all its hidden places."""
        owner = content["organization"]["id"]
        if self._owners is not None and owner not in self._owners:
            self._owners.add(owner)
            self._houses |= houses([owner])
        house = self._houses.get(owner, HidingHouse())
        return house, agreed_in(house, self._agreed)

    def notices_over(self, listing: ServiceAtLocation) -> list[NoticeOver]:
        return list(_current(listing, [n for n in self._notices if is_over(n, listing)], self._meant))

    def is_taken_down(self, listing: ServiceAtLocation) -> bool:
        return any(is_over(takedown, listing) for takedown in self._takedowns)

    def attributes_told(self, codes: Collection[str]) -> AttributesTold:
        return self._told

    def capacity_of(self, listing: ServiceAtLocation) -> CapacityColumns:
        return capacity_fields(self._words.get(listing.pk))


def notices_over(listing: ServiceAtLocation) -> list[NoticeOver]:
    """Notices on this listing, its place, organisation or country that have not ended, as the directory has them."""
    rows = list(Notice.objects.filter(scopes_over(listing, services=True)))
    return list(_current(listing, rows, types_meant({notice.service_type for notice in rows})))


def types_meant(codes: Collection[str]) -> dict[str, list[str]]:
    """What each kind means: a group its leaves, a leaf itself and its group, by which people ask for it, too."""
    found: dict[str, list[str]] = {code: [] for code in codes}
    if not any(found):
        return found
    parents = dict(ServiceType.objects.order_by("position", "pk").values_list("pk", "parent"))
    for code in filter(None, found):
        leaves = [leaf for leaf, parent in parents.items() if parent == code]
        found[code] = [code, *leaves] if leaves else [code, *filter(None, [parents.get(code)])]
    return found


def is_taken_down(listing: ServiceAtLocation) -> bool:
    """Whether a takedown in force hides this listing from the public."""
    return Takedown.objects.covering(listing).exists()


def attributes_told(codes: Collection[str]) -> AttributesTold:
    """Who may know which answers, where a listing gives any."""
    return attributes_known() if codes else {"told_to_all": frozenset(), "told_to_members": frozenset()}


def attributes_known() -> AttributesTold:
    """Who may know which answers, by what their attributes are now; those of retired ones stay where they are."""
    everything = asked()
    return {
        "told_to_all": frozenset(code for one in everything if not one.attribute.members_only for code in one.answers),
        "told_to_members": frozenset(code for one in everything for code in one.answers),
    }


def capacity_of(listing: ServiceAtLocation) -> CapacityColumns:
    """The last word about places, as the directory has it; empty when there is none."""
    return capacity_fields(CapacityReport.objects.newest().filter(listing=listing).first())


def capacity_fields(report: CapacityReport | None) -> CapacityColumns:
    """The columns of the directory that a report fills. Who said it is not among them."""
    if report is None or report.level == CapacityLevel.UNKNOWN:
        return {"capacity_level": "", "capacity_note": {}, "capacity_reported_on": None, "capacity_expires_on": None}
    return {
        "capacity_level": report.level,
        "capacity_note": texts(report, "note"),
        "capacity_reported_on": report.reported_on,
        "capacity_expires_on": report.expires_on,
    }


def _current(
    listing: ServiceAtLocation, notices: Iterable[Notice], meant: Mapping[str, list[str]]
) -> Iterator[NoticeOver]:
    today = clock.today(listing.timezone)
    for notice in notices:
        if notice.ends_on is None or notice.ends_on >= today:
            yield {
                "id": notice.public_id,
                "kind": notice.kind,
                "text": texts(notice, "text"),
                "starts_on": notice.starts_on.isoformat(),
                "ends_on": notice.ends_on.isoformat() if notice.ends_on else None,
                "visibility": notice.visibility,
                "region": notice.region,
                "types": meant[notice.service_type],
            }
