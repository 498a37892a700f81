"""What is attached to a listing goes with it to the one that stays, and comes back: row by row, by key."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model, QuerySet

from core import clock
from services.models import ServiceAtLocation
from verification.models import (
    CampaignTask,
    CapacityReport,
    Check,
    Level,
    LinkItem,
    ListingState,
    Proposal,
    Recheck,
    Report,
    Suggestion,
    Visit,
)

Moved = dict[str, list[int]]
Rows = Callable[[ServiceAtLocation, ServiceAtLocation], QuerySet[Model]]


def move(gone: ServiceAtLocation, kept: ServiceAtLocation) -> Moved:
    """Everything attached to `gone` belongs to `kept` from now on. Returns the keys of what has moved.

    A question that is open for both is asked once: the one of `gone` is closed.
    """
    moved = {name: _move(rows(gone, kept), kept) for name, rows in _ATTACHED.items()}
    asked = gone.rechecks.open()
    moved["closed"] = list(asked.order_by("pk").values_list("pk", flat=True))
    asked.update(done_at=clock.now())
    return moved | {"letters": _move_letters(gone, kept)}


def move_back(gone: ServiceAtLocation, kept: ServiceAtLocation, moved: Moved) -> None:
    """What had moved and is still with `kept` comes back to `gone`; what came to `kept` since stays there.

    A kind that an older merge did not move has no keys.
    """
    for name, rows in _MODELS.items():
        rows._default_manager.filter(pk__in=moved.get(name, []), listing=kept).update(listing=gone)
    Recheck.objects.filter(pk__in=moved["closed"], listing=gone).update(done_at=None, done_by=None)
    published = ListingState.objects.values_list("published", flat=True).get(pk=gone.pk)
    letters = LinkItem.objects.filter(pk__in=moved["letters"], listing=kept)
    letters.filter(answer="").update(listing=gone, snapshot=published)
    letters.update(listing=gone)


def _move(rows: QuerySet[Model], kept: ServiceAtLocation) -> list[int]:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=keys).update(listing=kept)
    return keys


def _move_letters(gone: ServiceAtLocation, kept: ServiceAtLocation) -> list[int]:
    """The links in letters to one and the same organisation ask about the listing that stays, as it is on the map now.

    Another organisation's people answer for nothing that is not theirs: their link says that the listing is gone.
    """
    published = ListingState.objects.values_list("published", flat=True).get(pk=kept.pk)
    if published is None or gone.service.organization_id != kept.service.organization_id:
        return []
    items = gone.link_items.exclude(link__items__listing=kept)
    keys = list(items.order_by("pk").values_list("pk", flat=True))
    LinkItem.objects.filter(pk__in=keys, answer="").update(snapshot=published)
    LinkItem.objects.filter(pk__in=keys).update(listing=kept)
    return keys


def _checks(gone: ServiceAtLocation, kept: ServiceAtLocation) -> QuerySet[Check]:
    """All but those by which the organisation of the one that stays would vouch for itself."""
    return gone.checks.exclude(level__gte=Level.REMOTE, organization=kept.service.organization_id)


def _rechecks(gone: ServiceAtLocation, kept: ServiceAtLocation) -> QuerySet[Recheck]:
    open_there = kept.rechecks.open().values("reason")
    return gone.rechecks.exclude(done_at__isnull=True, reason__in=open_there)


def _capacity(gone: ServiceAtLocation, kept: ServiceAtLocation) -> QuerySet[CapacityReport]:
    """A word that was said during a check goes where the check goes."""
    stays = gone.checks.filter(level__gte=Level.REMOTE, organization=kept.service.organization_id)
    return gone.capacity_reports.exclude(during__in=stays)


def _tasks(gone: ServiceAtLocation, kept: ServiceAtLocation) -> QuerySet[CampaignTask]:
    return gone.campaign_tasks.exclude(campaign__in=kept.campaign_tasks.values("campaign"))


_MODELS: dict[str, type[Model]] = {
    "checks": Check,
    "reports": Report,
    "rechecks": Recheck,
    "visits": Visit,
    "proposals": Proposal,
    "capacity": CapacityReport,
    "tasks": CampaignTask,
    "suggestions": Suggestion,
}
_ATTACHED: dict[str, Rows] = {
    "checks": _checks,
    "reports": lambda gone, kept: gone.reports.all(),
    "rechecks": _rechecks,
    "visits": lambda gone, kept: gone.visits.all(),
    "proposals": lambda gone, kept: gone.proposals.all(),
    "capacity": _capacity,
    "tasks": _tasks,
    "suggestions": lambda gone, kept: gone.suggestions.all(),
}
