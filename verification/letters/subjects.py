"""What the letters speak about: listings that are to be checked, and words about places that lapse soon."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from organizations.models import MemberStatus, Organization
from services.models import Operation, VerificationClass
from services.models.coverage import under
from verification.models import CapacityReport, ListingState, Publication

#: What falls due within so many days more is told along with what is due today, by class: one answer then brings
#: them in step, and the next letter comes that much later.
HORIZON = {VerificationClass.A: 10, VerificationClass.B: 21, VerificationClass.C: 30}
#: The same for words about places. So far at least, because whoever reads on Mondays only hears of the whole week.
CAPACITY_HORIZON = 7
#: Wide columns that nobody here reads.
_UNREAD = (
    *(f"listing__location__{name}" for name in ("point", "district_point", "settlement_point", "directions")),
    "listing__service__text",
    "listing__service__groups",
    "listing__hours",
    "listing__service__organization__description",
)
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Lapsing:
    """The last word about places of a listing, before the day on which it is not known any more."""

    state: ListingState
    report: CapacityReport
    notice_on: dt.date
    expires_on: dt.date


def in_round(organization: Organization | None = None) -> QuerySet[ListingState]:
    """Listings on the map whose reminders have begun or begin soon, until they are archived."""
    return _on_the_map(organization).filter(_begins_by(clock.today() + _ONE_DAY))


def lapsing(organization: Organization | None = None) -> list[Lapsing]:
    """Words about places that still count and lapse soon. What has lapsed already is nobody's occasion.

    Of one organisation, for its letter: with what stands on the map.
    """
    day = clock.today()
    newer = Q(reported_at__gt=OuterRef("reported_at")) | Q(reported_at=OuterRef("reported_at"), pk__gt=OuterRef("pk"))
    words = CapacityReport.objects.standing().filter(
        ~Exists(CapacityReport.objects.standing().filter(newer, listing=OuterRef("listing"))),
        notice_on__lte=day + (CAPACITY_HORIZON + 1) * _ONE_DAY,
        expires_on__gte=day,
    )
    if organization is not None:
        words = words.filter(under(organization, "listing__"))
    reports = {report.listing_id: report for report in words.order_by()}
    if not reports:
        return []
    states = _on_the_map(organization).exclude(listing__service__operation=Operation.PAUSED).filter(pk__in=reports)
    found = []
    for state in states.select_related("published") if organization is not None else states:
        report = reports[state.pk]
        assert report.notice_on is not None and report.expires_on is not None  # noqa: S101  (filtered by both)
        today = clock.today(state.listing.timezone)
        if report.notice_on - CAPACITY_HORIZON * _ONE_DAY <= today < report.expires_on:
            found.append(Lapsing(state, report, report.notice_on, report.expires_on))
    return sorted(found, key=lambda word: (word.expires_on, word.state.pk))


def _on_the_map(organization: Organization | None) -> QuerySet[ListingState]:
    """Published listings of organisations of the network that work somehow and are not archived."""
    today = clock.today()
    states = ListingState.objects.filter(
        Q(archives_on__isnull=True) | Q(archives_on__gt=today - _ONE_DAY), publication=Publication.PUBLISHED
    ).exclude(listing__service__operation=Operation.CLOSED)
    gone = [MemberStatus.SUSPENDED, MemberStatus.LEFT]
    states = states.exclude(listing__service__organization__member_status__in=gone)
    if organization is not None:
        states = states.filter(under(organization, "listing__"))
    return with_their_parts(states).order_by("due_on", "pk")


def with_their_parts(states: QuerySet[ListingState]) -> QuerySet[ListingState]:
    """With listing, organisation and place, as far as letters read them."""
    return states.select_related("listing__service__organization", "listing__location").defer(*_UNREAD)


def _begins_by(day: dt.date) -> Q:
    """The first reminder is on that day or within the horizon of the class after it."""
    begins = Q()
    for letter, days in HORIZON.items():
        begins |= Q(verification_class=letter, notice_on__lte=day + dt.timedelta(days=days))
    return begins
