"""What happened to a listing: edits out of the audit, submissions, decisions, checks. The newest day first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.languages import split_column
from facts.discretion import Reader
from facts.wording import LABELS
from services.models import ServiceAtLocation
from workspace.history import trail
from workspace.history.trail import EVENTS_AT_MOST, Entry, actor_of
from workspace.shared.audit import events_of

#: Columns that say nothing to people, or have lines of their own.
_SILENT = {"operation", "operation_note", "version", "updated_at", "created_at", "source", "external_id", "position"}


def history_of(
    listing: ServiceAtLocation, *, reader: Reader, for_coordinators: bool = False
) -> list[dict[str, object]]:
    """Days {date, entries}; times are those of the place. Notes of checks and words of reports are for coordinators."""
    zone = clock.zone(listing.timezone)
    parts: list[tuple[str, Model]] = [("listing", listing), ("service", listing.service)]
    if listing.location:
        parts.append(("location", listing.location))
    entries = [entry for part, row in parts for entry in _edits(part, row)]
    entries += [
        *trail.reviews(listing, reader),
        *trail.moves(listing),
        *trail.operations(listing),
        *trail.takedowns(listing),
    ]
    entries += trail.capacity(listing)
    entries += trail.checks(listing, for_coordinators=for_coordinators)
    entries += trail.reports(listing, for_coordinators=for_coordinators)
    named = _with_names(entries)
    ordered = sorted(named, key=lambda entry: entry.at, reverse=True)[:EVENTS_AT_MOST]
    days = groupby(ordered, key=lambda entry: entry.at.astimezone(zone).date())
    return [{"date": date, "entries": [(f"{e.at.astimezone(zone):%H:%M}", e) for e in found]} for date, found in days]


def _edits(part: str, row: Model) -> Iterator[Entry]:
    made = {
        "listing": _("The service was added at this place"),
        "service": _("The service was written down"),
        "location": _("The place was written down"),
    }
    previous = None
    for event in _events(row):
        if previous is None:
            yield Entry(event.pgh_created_at, "plus", made[part], who=actor_of(event))
        elif fields := _changed(part, previous, event):
            yield Entry(event.pgh_created_at, "pencil", _("Changed"), who=actor_of(event), fields=fields)
        previous = event


def _events(row: Model) -> Iterable[Any]:
    events = events_of(type(row), row.pk).select_related("pgh_context")
    return reversed(events.order_by("-pgh_id")[:EVENTS_AT_MOST])


def _changed(part: str, old: Model, new: Model) -> list[str]:
    """Labels of the fields that differ, each once."""
    names = []
    for column in old._meta.concrete_fields:
        name, kept = column.name, column.attname  # of another row its key, without asking for that row
        if name.startswith("pgh_") or name in _SILENT or getattr(old, kept) == getattr(new, kept):
            continue
        names += _translated(old, new) if name == "i18n" else [name]
    return list(dict.fromkeys(str(LABELS.get(f"{part}.{name}", _verbose(new, name))) for name in names))


def _translated(old: Model, new: Model) -> list[str]:
    before, after = (dict[str, str](getattr(event, "i18n", None) or {}) for event in (old, new))
    return [split_column(key)[0] for key in {*before, *after} if before.get(key) != after.get(key)]


def _verbose(event: Model, name: str) -> str:
    return str(getattr(event._meta.get_field(name), "verbose_name", name))


def _with_names(entries: list[Entry]) -> list[Entry]:
    people = {user.pk: str(user) for user in User.objects.filter(pk__in={e.who for e in entries if e.who})}
    return [replace(e, name=" · ".join(filter(None, [people.get(e.who or 0, ""), e.name]))) for e in entries]
