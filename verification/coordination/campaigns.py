"""Campaigns: a list of listings frozen at the start, and their progress by checks within the window."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed
from services.models.coverage import country_of, for_members, in_countries
from verification.models import Campaign, CampaignTask, Check, CheckOutcome, ListingState
from verification.models.state import SHOWN

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Progress:
    """How far a campaign is: totals, and confirmations by channel (method code → number)."""

    total: int
    done: int
    by_method: dict[str, int]

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0


@dataclass(frozen=True)
class Preview:
    """What a campaign would ask about, by country code."""

    total: int
    organizations: int
    by_country: dict[str, int]


@transaction.atomic
def start_campaign(
    *,
    actor: User,
    name: str,
    starts_on: dt.date,
    ends_on: dt.date,
    countries: Sequence[str] = (),
    types: Sequence[str] = (),
) -> Campaign:
    """Freeze the listings that are on the map now and match; empty countries or types mean all."""
    if not actor.is_coordinator or not all(actor.coordinates(country) for country in countries or [""]):
        raise NotAllowed(_("Only the coordinator of the country may do this."))
    campaign = Campaign(
        name=name.strip(),
        countries=list(countries),
        types=list(types),
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=actor,
        created_at=clock.now(),
    )
    campaign.full_clean(exclude=["created_by"])
    campaign.save()
    states = matching_states(countries, types)
    CampaignTask.objects.bulk_create(CampaignTask(campaign=campaign, listing_id=state.pk) for state in states)
    return campaign


def matching_states(countries: Sequence[str], types: Sequence[str]) -> QuerySet[ListingState]:
    """What a campaign over these countries and types would ask about."""
    states = ListingState.objects.filter(publication__in=SHOWN)
    if countries:
        states = states.filter(in_countries(countries, "listing__"))
    if types:
        states = states.filter(listing__service__types__overlap=list(types))
    return states.order_by("pk")


def preview(countries: Sequence[str], types: Sequence[str]) -> Preview:
    """How many listings of how many organisations a campaign would freeze now."""
    states = matching_states(countries, types).annotate(country=country_of("listing__"))
    rows = list(states.values_list("listing__service__organization", "country"))
    found = Counter(country for _organization, country in rows)
    return Preview(len(rows), len({row[0] for row in rows}), dict(found.most_common()))


def campaigns_for(user: User) -> QuerySet[Campaign]:
    """Campaigns that touch a coordinator's countries, the newest first."""
    rows = Campaign.objects.order_by("-starts_on", "-pk")
    if not user.is_coordinator:
        return rows.none()
    if user.coordinates_everywhere:
        return rows
    return rows.filter(Q(countries=[]) | Q(countries__overlap=user.countries))


def with_progress(campaigns: Iterable[Campaign]) -> list[tuple[Campaign, Progress]]:
    """Campaigns with how far they are, in a constant number of queries."""
    rows = list(campaigns)
    newest = Check.objects.filter(
        listing=OuterRef("listing"),
        outcome=CheckOutcome.CORRECT,
        checked_at__date__gte=OuterRef("campaign__starts_on"),
        checked_at__date__lte=OuterRef("campaign__ends_on"),
    ).order_by("-checked_at")
    tasks = CampaignTask.objects.filter(campaign__in=rows).annotate(method=Subquery(newest.values("method")[:1]))
    found: dict[int, list[str | None]] = {row.pk: [] for row in rows}
    for campaign, method in tasks.values_list("campaign", "method"):
        found[campaign].append(method)
    return [(row, _progress(found[row.pk])) for row in rows]


def tasks_for(user: User, campaign: Campaign) -> QuerySet[CampaignTask]:
    """The tasks of which this person may know, with their progress."""
    tasks = tasks_with_progress(campaign)
    return tasks if user.is_administrator else tasks.filter(for_members("listing__"))


def tasks_with_progress(campaign: Campaign) -> QuerySet[CampaignTask]:
    """The tasks with `.done_at` and `.method` of the newest right check within the window (None when open)."""
    newest = _checks_of(campaign).filter(listing=OuterRef("listing")).order_by("-checked_at")
    return campaign.tasks.select_related("listing__service__organization", "listing__location").annotate(
        done_at=Subquery(newest.values("checked_at")[:1]), method=Subquery(newest.values("method")[:1])
    )


def progress(campaign: Campaign) -> Progress:
    """Totals of a campaign."""
    return _progress(list(tasks_with_progress(campaign).values_list("method", flat=True)))  # type: ignore[misc]


def _progress(tasks: list[str | None]) -> Progress:
    methods = [method for method in tasks if method]
    return Progress(len(tasks), len(methods), {method: methods.count(method) for method in sorted(set(methods))})


def _checks_of(campaign: Campaign) -> QuerySet[Check]:
    return Check.objects.filter(
        outcome=CheckOutcome.CORRECT,
        checked_at__date__gte=campaign.starts_on,
        checked_at__date__lte=campaign.ends_on,
    )
