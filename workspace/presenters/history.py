"""What happened to a listing: edits out of the audit, submissions, decisions, checks. The newest day first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from services.models import ServiceAtLocation
from verification.models import ListingState, Review, ReviewState
from workspace.presenters.wording import LABELS

EVENTS_AT_MOST = 300
#: Columns that say nothing to people.
_SILENT = {"version", "updated_at", "created_at", "source", "external_id", "position"}


@dataclass(frozen=True)
class Entry:
    """One line. `icon` names an icon of the sprite; `who` is a user's id or None."""

    at: dt.datetime
    icon: str
    text: str
    who: int | None = None
    name: str = ""
    detail: str = ""
    fields: list[str] = field(default_factory=list)


def history_of(listing: ServiceAtLocation) -> list[dict[str, Any]]:
    """Days {date, entries}; times are those of the place."""
    zone = clock.zone(listing.location.timezone if listing.location else "UTC")
    parts = [("listing", listing), ("service", listing.service)]
    if listing.location:
        parts.append(("location", listing.location))
    entries = [entry for part, row in parts for entry in _edits(part, row)]
    entries += [*_reviews(listing), *_checks(listing), *_moves(listing)]
    named = _with_names(entries)
    ordered = sorted(named, key=lambda entry: entry.at, reverse=True)[:EVENTS_AT_MOST]
    days = groupby(ordered, key=lambda entry: entry.at.astimezone(zone).date())
    return [{"date": date, "entries": [(f"{e.at.astimezone(zone):%H:%M}", e) for e in found]} for date, found in days]


def _edits(part: str, row: Any) -> Iterator[Entry]:
    made = {
        "listing": _("The service was added at this place"),
        "service": _("The service was written down"),
        "location": _("The place was written down"),
    }
    previous = None
    for event in _events(row):
        if previous is None:
            yield Entry(event.pgh_created_at, "plus", made[part], who=_actor(event))
        elif fields := _changed(part, previous, event):
            yield Entry(event.pgh_created_at, "pencil", _("Changed"), who=_actor(event), fields=fields)
        previous = event


def _events(row: Any) -> Iterable[Any]:
    events = type(row).pgh_event_model.objects.filter(pgh_obj=row.pk).select_related("pgh_context")
    return reversed(events.order_by("-pgh_id")[:EVENTS_AT_MOST])


def _changed(part: str, old: Any, new: Any) -> list[str]:
    """Labels of the fields that differ, each once."""
    names = []
    for column in old._meta.concrete_fields:
        name = column.name
        if name.startswith("pgh_") or name in _SILENT or getattr(old, name) == getattr(new, name):
            continue
        names += _translated(old, new) if name == "i18n" else [name]
    return list(dict.fromkeys(str(LABELS.get(f"{part}.{name}", _verbose(new, name))) for name in names))


def _translated(old: Any, new: Any) -> list[str]:
    before, after = old.i18n or {}, new.i18n or {}
    return [key.removesuffix("_en") for key in {*before, *after} if before.get(key) != after.get(key)]


def _verbose(event: Any, name: str) -> str:
    return str(event._meta.get_field(name).verbose_name)


def _reviews(listing: ServiceAtLocation) -> Iterator[Entry]:
    closing = {
        ReviewState.APPROVED: ("circle-check", _("Approved and put on the map")),
        ReviewState.NEEDS_CHANGES: ("undo-2", _("Returned with a question")),
        ReviewState.REJECTED: ("circle-x", _("Refused")),
    }
    for review in Review.objects.filter(listing=listing).select_related("decided_for"):
        yield Entry(
            review.submitted_at, "upload", _("Sent to be checked"), who=review.submitted_by_id, detail=review.message
        )
        if review.decided_at:
            icon, text = closing[ReviewState(review.state)]
            name = review.decided_for.name_i18n if review.decided_for else ""
            yield Entry(review.decided_at, icon, text, who=review.decided_by_id, name=name, detail=review.reason)


def _checks(listing: ServiceAtLocation) -> Iterator[Entry]:
    for check in listing.checks.select_related("organization", "owner"):
        by_owner = check.organization_id == check.owner_id
        text = _("Confirmed by the organisation itself") if by_owner else _("Checked by another organisation")
        name = "" if by_owner or check.organization is None else check.organization.name_i18n
        yield Entry(
            check.checked_at,
            "badge-check",
            f"{text}: {check.get_method_display()}",
            who=check.checked_by_id,
            name=name,
        )


def _moves(listing: ServiceAtLocation) -> Iterator[Entry]:
    """Taken off the map, brought back, archived."""
    words = {
        "hide": ("eye-off", _("Taken off the map")),
        "restore": ("eye", _("Brought back to the map")),
        "archive": ("inbox", _("Archived")),
    }
    events = ListingState.pgh_event_model.objects.filter(pgh_obj=listing.pk).select_related("pgh_context")
    for event in events.order_by("-pgh_id")[:EVENTS_AT_MOST]:
        about = event.pgh_context.metadata if event.pgh_context else {}
        if about.get("step") in words:
            icon, text = words[about["step"]]
            yield Entry(event.pgh_created_at, icon, text, who=about.get("actor"), detail=about.get("reason", ""))


def _actor(event: Any) -> int | None:
    about = event.pgh_context.metadata if event.pgh_context else {}
    return about.get("user") or about.get("actor")


def _with_names(entries: list[Entry]) -> list[Entry]:
    people = {user.pk: str(user) for user in User.objects.filter(pk__in={e.who for e in entries if e.who})}
    return [replace(e, name=" · ".join(filter(None, [people.get(e.who or 0, ""), e.name]))) for e in entries]
