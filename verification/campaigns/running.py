"""Starting a campaign, and changing it while it runs: remind, extend, add, take out, stop. Its end is written down."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from services.models.coverage import country_of, in_countries
from verification.campaigns.tasks import tasks_of
from verification.models import Campaign, CampaignTask, ListingState
from verification.models.state import SHOWN
from verification.services.changing import audit

if TYPE_CHECKING:
    from accounts.models import User

#: Between two reminders that a coordinator sends: owners are asked, not chased.
BETWEEN_REMINDERS = dt.timedelta(days=7)


@dataclass(frozen=True)
class CampaignScope:
    """What a campaign is about; empty means all. `organizations` are their names in addresses."""

    countries: Sequence[str] = ()
    organizations: Sequence[str] = ()
    types: Sequence[str] = ()

    def states(self) -> QuerySet[ListingState]:
        """The listings on the map that match now."""
        states = ListingState.objects.filter(publication__in=SHOWN)
        if self.countries:
            states = states.filter(in_countries(self.countries, "listing__"))
        if self.organizations:
            states = states.filter(listing__service__organization__slug__in=self.organizations)
        if self.types:
            states = states.filter(listing__service__types__overlap=list(self.types))
        return states.order_by("pk")


@dataclass(frozen=True)
class CampaignPreview:
    """What a campaign would ask about, by country code."""

    total: int
    organizations: int
    by_country: dict[str, int]


def preview(scope: CampaignScope) -> CampaignPreview:
    """How many listings of how many organisations a campaign would freeze now."""
    states = scope.states().annotate(country=country_of("listing__"))
    rows = list(states.values_list("listing__service__organization", "country"))
    found = Counter(country for _organization, country in rows)
    return CampaignPreview(len(rows), len({row[0] for row in rows}), dict(found.most_common()))


def campaigns_for(user: User) -> QuerySet[Campaign]:
    """Campaigns that touch a coordinator's countries, the newest first."""
    rows = Campaign.objects.order_by("-starts_on", "-pk")
    if not user.is_coordinator:
        return rows.none()
    if user.coordinates_everywhere:
        return rows
    return rows.filter(Q(countries=[]) | Q(countries__overlap=user.countries))


@transaction.atomic
def start_campaign(
    *, actor: User, name: str, starts_on: dt.date, ends_on: dt.date, why: str = "", scope: CampaignScope | None = None
) -> Campaign:
    """Freeze the listings that are on the map now and match. Their owners hear of it from its first day on."""
    scope = scope or CampaignScope()
    _require(actor, scope.countries)
    now = clock.now()
    campaign = Campaign(
        name=name.strip(),
        why=why.strip(),
        countries=list(scope.countries),
        organizations=list(scope.organizations),
        types=list(scope.types),
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=actor,
        created_at=now,
        asked_at=now,
    )
    campaign.full_clean(exclude=["created_by"])
    with audit("start campaign", actor):
        campaign.save()
    _add(campaign, scope.states())
    return campaign


@transaction.atomic
def remind_silent(*, campaign: Campaign, actor: User) -> Campaign:
    """Ask those anew who have not answered. Their letters come inside everybody's budget; once a week at most."""
    campaign = _running(campaign, actor)
    if clock.now() < campaign.asked_at + BETWEEN_REMINDERS:
        raise WrongState(_("The owners were asked less than a week ago: give them time to answer."))
    campaign.asked_at, campaign.reminders = clock.now(), campaign.reminders + 1
    return _save(campaign, actor, "remind of campaign", "asked_at", "reminders")


@transaction.atomic
def extend(*, campaign: Campaign, actor: User, ends_on: dt.date) -> Campaign:
    """Another last day, today or later."""
    campaign = _running(campaign, actor)
    if ends_on < clock.today():
        raise ValidationError({"ends_on": _("Choose today or a later day.")})
    campaign.ends_on = ends_on
    campaign.full_clean(exclude=["created_by", "stopped_by"])
    return _save(campaign, actor, "extend campaign", "ends_on")


@transaction.atomic
def add(*, campaign: Campaign, actor: User, organizations: Collection[str]) -> int:
    """Also these organisations (names in addresses), within the countries and kinds of the campaign.

    Returns how many listings joined it.
    """
    campaign = _running(campaign, actor)
    if campaign.organizations:
        campaign.organizations = sorted({*campaign.organizations, *organizations})
        _save(campaign, actor, "add to campaign", "organizations")
    return _add(campaign, CampaignScope(campaign.countries, list(organizations), campaign.types).states())


@transaction.atomic
def take_out(*, campaign: Campaign, actor: User, listings: Collection[str]) -> int:
    """These listings (public ids) are not asked about any more. Returns how many left the campaign."""
    campaign = _running(campaign, actor)
    tasks = CampaignTask.objects.filter(campaign=campaign, listing__public_id__in=listings)
    return tasks.delete()[0]


@transaction.atomic
def stop(*, campaign: Campaign, actor: User) -> Campaign:
    """End it before its last day. What it brought is kept; whoever was asked and has not answered is told."""
    campaign = _running(campaign, actor)
    campaign.stopped_at, campaign.stopped_by = clock.now(), actor
    _write_down(campaign)
    return _save(campaign, actor, "stop campaign", "stopped_at", "stopped_by", "closed_at")


def close_over() -> int:
    """Write down what the campaigns brought whose last day is past everywhere; returns how many."""
    past = clock.today() - dt.timedelta(days=1)
    with transaction.atomic():
        over = Campaign.objects.filter(closed_at=None, ends_on__lt=past).select_for_update(skip_locked=True)
        for campaign in (found := list(over)):
            _write_down(campaign)
            campaign.save(update_fields=["closed_at"])
    return len(found)


def _write_down(campaign: Campaign) -> None:
    """What came of every task, for good: later checks of the listings change nothing of it."""
    tasks = list(tasks_of(campaign))
    for task in tasks:
        task.outcome, task.method, task.answered_at = task.came, task.came_by, task.came_at  # type: ignore[attr-defined]
    CampaignTask.objects.bulk_update(tasks, ["outcome", "method", "answered_at"], batch_size=500)
    campaign.closed_at = clock.now()


def _add(campaign: Campaign, states: QuerySet[ListingState]) -> int:
    known = set(campaign.tasks.values_list("listing", flat=True))
    tasks = [CampaignTask(campaign=campaign, listing_id=state.pk) for state in states if state.pk not in known]
    return len(CampaignTask.objects.bulk_create(tasks))


def _running(campaign: Campaign, actor: User) -> Campaign:
    """The campaign as it is now, locked, while it is not over; NotAllowed for whom it is none of."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    _require(actor, campaign.countries)
    if campaign.is_over:
        raise WrongState(_("This campaign is over."))
    return campaign


def may_lead(actor: User, countries: Sequence[str]) -> bool:
    """A coordinator of all its countries; of the whole network for a campaign everywhere."""
    return actor.is_coordinator and all(actor.coordinates(country) for country in countries or [""])


def _require(actor: User, countries: Sequence[str]) -> None:
    if not may_lead(actor, countries):
        raise NotAllowed(_("Only the coordinator of the country may do this."))


def _save(campaign: Campaign, actor: User, step: str, *fields: str) -> Campaign:
    with audit(step, actor):
        campaign.save(update_fields=fields)
    return campaign
