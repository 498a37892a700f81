"""What belongs to two listings before they become one, to see that nothing of it is lost: by the database's own keys.

Knows nothing of how the product moves things. It asks the models which rows point at a listing, so what somebody
attaches to listings later is watched without a word here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import ForeignKey, Model

from core import clock
from directory.tables.listings import Moved
from services.models import ServiceAtLocation
from verification.models import (
    CampaignTask,
    CapacityReport,
    Check,
    Fingerprint,
    Level,
    LikelyPair,
    LinkItem,
    Merge,
    MonthlyListing,
    Proposal,
    Recheck,
    Report,
    Suggestion,
    Visit,
)

#: What is worked out anew from the listings, and the merging itself.
DERIVED = (Fingerprint, LikelyPair, Merge)
#: What goes along whatever became of it.
CARRIED = (Check, Report, Visit, Proposal, CapacityReport, Suggestion)
#: Columns that say nothing about the help: keys, times, versions.
_BOOKKEEPING = {
    "id",
    "public_id",
    "service_id",
    "organization_id",
    "location_id",
    "created_at",
    "updated_at",
    "version",
}

#: By listing: field → value.
Said = dict[int, dict[str, object]]
#: Model and key of a row.
Row = tuple[type[Model], object]


@dataclass(frozen=True)
class Ledger:
    """Of a merge: the keys of both listings, by row the one that it belongs to, and what both say."""

    kept: int
    gone: int
    rows: dict[Row, int]
    says: Said
    is_one_owner: bool

    @classmethod
    def of(cls, kept: ServiceAtLocation, gone: ServiceAtLocation) -> Ledger:
        both = [kept.pk, gone.pk]
        rows = {(model, key): listing for model, key, listing in _attached(both)}
        owners = ServiceAtLocation.objects.filter(pk__in=both).values_list("service__organization", flat=True)
        return cls(kept.pk, gone.pk, rows, both_say(kept.pk, gone.pk), len(set(owners)) == 1)


def both_say(kept: int, gone: int) -> Said:
    return {pk: said(pk) for pk in (kept, gone)}


def said(listing: int) -> dict[str, object]:
    """What the working copy says now."""
    row = ServiceAtLocation.objects.select_related("service").get(pk=listing)
    told: dict[str, object] = {}
    for name, part in (("service", row.service), ("listing", row)):
        for field in part._meta.concrete_fields:
            if field.attname not in _BOOKKEEPING:
                value = getattr(part, field.attname)
                texts = field.attname == "i18n" and value
                told[f"{name}.{field.attname}"] = {key: x for key, x in value.items() if x} if texts else value or None
    return told | {"contacts": sorted(row.contacts.values_list("channel", "value"))}


def after_merge(before: Ledger, chosen: list[str]) -> Iterator[str]:
    """In words, everything of the listing that went which is nowhere now."""
    now = {(model, key): listing for model, key, listing in _attached([before.kept, before.gone])}
    for row, listing in before.rows.items():
        if row not in now:
            yield f"{_name(row)} is nowhere"
        elif listing == before.gone and now[row] == before.gone and _should_go(row, before):
            yield f"{_name(row)} stayed behind"
        elif listing == before.kept and now[row] != before.kept:
            yield f"{_name(row)} left the one that stays"
    told, wanted = said(before.kept), before.says[before.gone]
    for field in chosen:
        if field == "contacts":
            lost = _ways_lost(before)
            yield from (f"the way {way} is nowhere" for way in lost)
        elif field in wanted and told[field] != wanted[field]:
            yield f"{field} was not taken over"
    if said(before.gone) != wanted:
        yield "what the merged one said was changed"
    if not _leads(before):
        yield "its address leads nowhere"


def after_undo(before: Ledger, merged: Said, parted: Said) -> Iterator[str]:
    """In words, what is not back. `merged` is what both said right after the merge, `parted` right before the undoing:

    what somebody has written in between stays.
    """
    now = {(model, key): listing for model, key, listing in _attached([before.kept, before.gone])}
    for row, listing in before.rows.items():
        if now.get(row) != listing:
            yield f"{_name(row)} is not back"
    told = said(before.kept)
    for field, value in before.says[before.kept].items():
        if merged[before.kept][field] == parted[before.kept][field] and told[field] != value:
            yield f"{field} was not given back"
    if said(before.gone) != parted[before.gone]:
        yield "what the merged one said was changed"
    letters = LinkItem.objects.filter(listing__in=[before.kept, before.gone], answer="").select_related("snapshot")
    for item in letters:
        if item.snapshot.listing_id != item.listing_id:
            yield f"letter {item.pk} asks about another listing"
    if _leads(before):
        yield "its address still leads away"


def _attached(listings: list[int]) -> Iterator[tuple[type[Model], object, int]]:
    """Every row of the private side that points at one of these listings, history included.

    The running month is worked out anew every night; months that have passed stay.
    """
    for model, column in _pointing():
        rows = model._base_manager.filter(**{f"{column}__in": listings})
        if model is MonthlyListing:
            rows = rows.filter(month__lt=clock.today().replace(day=1))
        for key, listing in rows.values_list("pk", column):
            yield model, key, listing


@cache
def _pointing() -> tuple[tuple[type[Model], str], ...]:
    """Models with a key of a listing, and the column; what is derived is left out, and its history."""
    found = []
    for model in apps.get_models():
        told_of = getattr(model, "pgh_tracked_model", model)  # what a table of history tells of
        if not issubclass(told_of, DERIVED):
            keys = (field for field in model._meta.concrete_fields if isinstance(field, ForeignKey))
            found += [(model, field.attname) for field in keys if field.related_model is ServiceAtLocation]
    return tuple(found)


def _should_go(row: Row, before: Ledger) -> bool:
    """Whether it belongs with the one that stays: all but what would make an organisation vouch for itself, and what

    that one has already.
    """
    model, key = row
    if model is Check or model is CapacityReport:
        return not _vouches_for_itself(row, before.kept)
    if issubclass(model, CARRIED):
        return True
    if model is Recheck:
        found = Recheck.objects.get(pk=key)  # type: ignore[misc]
        there = Recheck.objects.filter(listing=before.kept, reason=found.reason, done_at=None)
        return not there.exists()
    if model is CampaignTask:
        campaign = CampaignTask.objects.get(pk=key).campaign_id  # type: ignore[misc]
        return not CampaignTask.objects.filter(listing=before.kept, campaign=campaign).exists()
    if model is LinkItem and before.is_one_owner:
        link = LinkItem.objects.get(pk=key).link_id  # type: ignore[misc]
        return not LinkItem.objects.filter(listing=before.kept, link=link).exists()
    return False


def _vouches_for_itself(row: Row, kept: int) -> bool:
    model, key = row
    check: Check | None
    if model is CapacityReport:
        check = CapacityReport.objects.select_related("during").get(pk=key).during  # type: ignore[misc]
    else:
        check = Check.objects.get(pk=key)  # type: ignore[misc]
    owner = ServiceAtLocation.objects.values_list("service__organization", flat=True).get(pk=kept)
    return check is not None and check.level >= Level.REMOTE and check.organization_id == owner


def _ways_lost(before: Ledger) -> list[object]:
    """Ways to reach clients that the merged one had and that now stand at neither."""
    rows = ServiceAtLocation.objects.get(pk=before.gone).contacts
    place = ServiceAtLocation.objects.values_list("location", flat=True).get(pk=before.kept)
    can_stand = [way for way in rows.filter(audience="clients") if way.location_id in (None, place)]
    told = said(before.kept)["contacts"]
    assert isinstance(told, list)  # noqa: S101  (`said` makes one)
    return [way.value for way in can_stand if before.is_one_owner and (way.channel, way.value) not in told]


def _leads(before: Ledger) -> bool:
    ids = dict(ServiceAtLocation.objects.filter(pk__in=[before.kept, before.gone]).values_list("pk", "public_id"))
    return Moved.objects.filter(pk=ids[before.gone], kept_id=ids[before.kept]).exists()


def _name(row: Row) -> str:
    return f"{row[0].__name__} {row[1]}"
