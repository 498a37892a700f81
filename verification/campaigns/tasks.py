"""What came of each listing of a campaign, and which still wait for an answer.

Rule: a task is answered when, since its campaign began, somebody found the listing right, its owner sent a change of
it, or it left the map. An attempt that reached nobody answers nothing. A check from before the beginning does not
count. What was written down at the end of a campaign stays.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest

from organizations.models import Organization
from services.models import Operation
from services.models.coverage import for_members, under
from verification.models import (
    Campaign,
    CampaignTask,
    Check,
    CheckOutcome,
    Publication,
    Review,
    ReviewState,
    TaskOutcome,
)
from verification.models.state import SHOWN

if TYPE_CHECKING:
    from accounts.models import User

RowT = TypeVar("RowT", bound=Model)
#: Nobody has answered (yet).
OPEN = (TaskOutcome.SILENT, TaskOutcome.UNREACHABLE)
_NO_CHANGE = (ReviewState.WITHDRAWN, ReviewState.REJECTED)


@dataclass(frozen=True)
class CampaignProgress:
    """How far a campaign is: totals, answers by outcome and by channel (method code → number)."""

    total: int
    done: int
    by_outcome: dict[str, int] = field(default_factory=dict)
    by_method: dict[str, int] = field(default_factory=dict)

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0


@dataclass(frozen=True)
class AskedListing:
    """A listing that running campaigns wait for: asked by the one that ends first, and since when nobody was asked."""

    listing: int
    campaign: Campaign
    since: dt.datetime


def with_outcome(tasks: QuerySet[CampaignTask]) -> QuerySet[CampaignTask]:
    """The tasks with `.came` (TaskOutcome), `.came_at` and `.came_by` (method of the check); both None when open."""
    checks = _in_time(Check.objects.order_by("-checked_at", "-pk"), "checked_at")
    changes = _in_time(Review.objects.exclude(state__in=_NO_CHANGE).order_by("-submitted_at"), "submitted_at")
    right = checks.filter(outcome=CheckOutcome.CORRECT)
    gone = ~Q(listing__state__publication__in=SHOWN) | Q(listing__service__operation=Operation.CLOSED)
    came = Case(
        When(~Q(outcome=""), then=F("outcome")),
        When(gone, then=Value(TaskOutcome.CLOSED)),
        When(Exists(changes), then=Value(TaskOutcome.CHANGED)),
        When(Exists(right), then=Value(TaskOutcome.CONFIRMED)),
        When(Exists(checks.filter(outcome=CheckOutcome.UNREACHABLE)), then=Value(TaskOutcome.UNREACHABLE)),
        default=Value(TaskOutcome.SILENT),
        output_field=CharField(),
    )
    at = Coalesce(Subquery(right.values("checked_at")[:1]), Subquery(changes.values("submitted_at")[:1]))
    method = Coalesce(Subquery(right.values("method")[:1]), Value(""))
    return tasks.annotate(
        came=came,
        came_at=Case(When(~Q(outcome=""), then=F("answered_at")), default=at, output_field=DateTimeField()),
        came_by=Case(When(~Q(outcome=""), then=F("method")), default=method, output_field=CharField()),
    )


def _in_time(rows: QuerySet[RowT], moment: str) -> QuerySet[RowT]:
    """What happened to the listing of a task, by the time in the column `moment`, while its campaign ran."""
    begins = Greatest(OuterRef("campaign__created_at"), Cast(OuterRef("campaign__starts_on"), DateTimeField()))
    day_after = Cast(OuterRef("campaign__ends_on"), DateTimeField()) + Value(dt.timedelta(days=1))
    ends = Coalesce(OuterRef("campaign__stopped_at"), ExpressionWrapper(day_after, output_field=DateTimeField()))
    return rows.filter(**{"listing": OuterRef("listing"), f"{moment}__gte": begins, f"{moment}__lt": ends})


def tasks_of(campaign: Campaign) -> QuerySet[CampaignTask]:
    """The tasks of a campaign with their outcomes and the parts of their listings."""
    return with_outcome(campaign.tasks.select_related("listing__service__organization", "listing__location"))


def tasks_for(user: User, campaign: Campaign) -> QuerySet[CampaignTask]:
    """Those of which this person may know."""
    tasks = tasks_of(campaign)
    return tasks if user.is_administrator else tasks.filter(for_members("listing__"))


def with_progress(campaigns: Iterable[Campaign]) -> list[tuple[Campaign, CampaignProgress]]:
    """Campaigns with how far they are, in a constant number of queries."""
    rows = list(campaigns)
    found: dict[int, list[tuple[str, str]]] = {row.pk: [] for row in rows}
    tasks = with_outcome(CampaignTask.objects.filter(campaign__in=rows).order_by())
    for campaign, came, came_by in tasks.values_list("campaign", "came", "came_by"):  # type: ignore[misc]  # with_outcome annotates both
        found[campaign].append((came, came_by))
    return [(row, _progress(found[row.pk])) for row in rows]


def progress(campaign: Campaign) -> CampaignProgress:
    """Totals of a campaign."""
    return with_progress([campaign])[0][1]


def _progress(tasks: Iterable[tuple[str, str]]) -> CampaignProgress:
    tasks = list(tasks)
    outcomes = Counter(came for came, _method in tasks)
    done = sum(count for came, count in outcomes.items() if came not in OPEN)
    methods = Counter(method for came, method in tasks if method and came not in OPEN)
    return CampaignProgress(len(tasks), done, dict(outcomes), dict(sorted(methods.items())))


# --- what is asked of owners -------------------------------------------------------------------------------------


def open_tasks(organization: Organization | None = None) -> QuerySet[CampaignTask]:
    """Tasks of running campaigns that nobody has answered, of listings that can be; the earliest last day first."""
    tasks = CampaignTask.objects.filter(
        campaign__in=Campaign.objects.running(), listing__state__publication=Publication.PUBLISHED
    )
    if organization is not None:
        tasks = tasks.filter(under(organization, "listing__"))
    tasks = with_outcome(tasks).filter(came__in=OPEN)  # type: ignore[misc]  # with_outcome annotates it
    return tasks.select_related("campaign").order_by("campaign__ends_on", "campaign", "pk")


def asked_listings(organization: Organization | None = None) -> dict[int, AskedListing]:
    """By listing: the campaign that asks, when several do the one that ends first; each listing once.

    `since`: whoever was written to about the listing after it needs no other letter. A second campaign asks nothing
    that the first has asked already; a coordinator who reminds the silent asks anew.
    """
    if not Campaign.objects.running().exists():  # most days; what tasks came to is dear to ask
        return {}
    by_listing: Mapping[int, list[Campaign]] = defaultdict(list)
    for task in open_tasks(organization):
        by_listing[task.listing_id].append(task.campaign)
    return {listing: AskedListing(listing, found[0], _since(found)) for listing, found in by_listing.items()}


def _since(campaigns: list[Campaign]) -> dt.datetime:
    reminded = [campaign.asks_since for campaign in campaigns if campaign.reminders]
    return max(reminded) if reminded else min(campaign.asks_since for campaign in campaigns)


@dataclass(frozen=True)
class CampaignAsk:
    """What one campaign still waits for from an organisation: keys of listings."""

    campaign: Campaign
    listings: frozenset[int]


def asks_of(organization: Organization) -> list[CampaignAsk]:
    """What campaigns wait for from an organisation, each listing with the one that asks; what ends first is first."""
    found: dict[Campaign, set[int]] = defaultdict(set)
    for asked in asked_listings(organization).values():
        found[asked.campaign].add(asked.listing)
    return [CampaignAsk(campaign, frozenset(listings)) for campaign, listings in found.items()]
