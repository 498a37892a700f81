"""What people decided about a listing: submissions with their differences, checks, reports, takedowns, moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.phrasing.sentences import one_to_another
from directory.shown import labels
from directory.shown.supplies import capacity_words
from facts.changes import ChangeRow, rows_of
from facts.discretion import Reader, changes_for
from network.volunteering.desk import who_brought
from services.models import Operation, ServiceAtLocation
from verification.coordination.queues import review_diff
from verification.models import CapacityReport, Check, CheckOutcome, ListingState, Report, Review, ReviewState, Takedown
from workspace.shared.audit import events_of
from workspace.shared.texts import worded

EVENTS_AT_MOST = 300
#: A word every two weeks would push everything else out of a history of years.
WORDS_AT_MOST = 40


@dataclass(frozen=True)
class Entry:
    """One line. `icon` names an icon of the sprite; `who` is a user's id or None; `rows` are a difference."""

    at: dt.datetime
    icon: str
    text: str
    who: int | None = None
    name: str = ""
    detail: str = ""
    fields: list[str] = field(default_factory=list)
    rows: list[ChangeRow] = field(default_factory=list)
    url: str = ""


def reviews(listing: ServiceAtLocation, reader: Reader) -> Iterator[Entry]:
    """Submissions and what became of them, with as much of the difference as the reader may know."""
    closing = {
        ReviewState.APPROVED: ("circle-check", _("Approved and put on the map")),
        ReviewState.NEEDS_CHANGES: ("undo-2", _("Returned with a question")),
        ReviewState.REJECTED: ("circle-x", _("Refused")),
    }
    for review in Review.objects.filter(listing=listing).select_related("decided_for", "snapshot", "base"):
        yield Entry(
            review.submitted_at,
            "upload",
            _("Sent to be checked"),
            who=review.submitted_by_id,
            detail=review.message,
            rows=_differences(review, reader) if review.base_id else [],
        )
        if review.decided_at:
            icon, text = closing[ReviewState(review.state)]
            if review.decided_by_id is None and review.state == ReviewState.APPROVED:
                text = _("Went on the map at once: nothing important changed")
            name = worded(review.decided_for, "name") if review.decided_for else ""
            yield Entry(review.decided_at, icon, text, who=review.decided_by_id, name=name, detail=review.reason)


def _differences(review: Review, reader: Reader) -> list[ChangeRow]:
    old = review.base.content if review.base else None
    return rows_of(changes_for(reader, review_diff(review), old, review.snapshot.content))


def checks(listing: ServiceAtLocation, *, for_coordinators: bool) -> Iterator[Entry]:
    """Notes and evidence are for coordinators."""
    brought = who_brought(listing) if for_coordinators else {}
    for check in listing.checks.select_related("organization", "owner"):
        by_owner = check.organization_id == check.owner_id
        name = "" if by_owner or check.organization is None else worded(check.organization, "name")
        if check.pk in brought:
            name = _("%(organization)s, brought by the volunteer %(name)s") % {
                "organization": name, "name": brought[check.pk],
            }  # fmt: skip
        has_file = for_coordinators and bool(check.evidence)
        yield Entry(
            check.checked_at,
            "badge-check" if check.outcome == CheckOutcome.CORRECT else "circle-question-mark",
            f"{_checked(check, by_owner)}: {check.get_method_display()}",
            who=check.checked_by_id,
            name=name,
            detail=check.note if for_coordinators else "",
            url=reverse("workspace:coordination-evidence", args=[check.public_id]) if has_file else "",
        )


def _checked(check: Check, by_owner: bool) -> str:
    if check.outcome != CheckOutcome.CORRECT:
        return str(check.get_outcome_display())
    return _("Confirmed by the organisation itself") if by_owner else _("Checked by another organisation")


def reports(listing: ServiceAtLocation, *, for_coordinators: bool) -> Iterator[Entry]:
    """The organisation learns what was reported and what came out, not in whose words."""
    for report in Report.objects.filter(listing=listing):
        words = report.text if for_coordinators else ""
        text = _("Reported: %(what)s") % {"what": report.get_kind_display().lower()}
        yield Entry(report.received_at, "flag", text, detail=words)
        if report.closed_at:
            closed = _("Report closed: %(how)s") % {"how": report.get_state_display().lower()}
            yield Entry(report.closed_at, "flag", closed, who=report.closed_by_id, detail=report.answer)


def takedowns(listing: ServiceAtLocation) -> Iterator[Entry]:
    about = Q(organization=listing.service.organization_id)
    if listing.location_id:
        about |= Q(location=listing.location_id)
    if listing.country:
        about |= Q(country=listing.country)
    for row in Takedown.objects.filter(about):
        yield Entry(row.ordered_at, "eye-off", _("Hidden from the public"), who=row.ordered_by_id, detail=row.reason)
        if row.lifted_at:
            yield Entry(row.lifted_at, "eye", _("Public again"), who=row.lifted_by_id, detail=row.lift_reason)


def capacity(listing: ServiceAtLocation) -> Iterator[Entry]:
    """What was said about places, by whom and how; nothing of what was taken back with its check."""
    words = capacity_words(listing.service.types)
    reports = CapacityReport.objects.standing().filter(listing=listing).select_related("organization")
    for report in reports[:WORDS_AT_MOST]:
        by_owner = report.organization_id == listing.service.organization_id
        yield Entry(
            report.reported_at,
            "door-open",
            f"{labels.label(words, report.level)}: {report.get_method_display()}",
            who=report.reported_by_id,
            name="" if by_owner else worded(report.organization, "name"),
            detail=report.note,
        )


def operations(listing: ServiceAtLocation) -> Iterator[Entry]:
    """Works, paused, closed: each change with the old and the new word."""
    events = events_of(type(listing.service), listing.service_id)
    names, previous = dict(Operation.choices), None
    for event in events.select_related("pgh_context").order_by("pgh_id"):
        if previous is not None and (previous.operation, previous.operation_note) != (
            event.operation,
            event.operation_note,
        ):
            words = one_to_another(names[previous.operation], names[event.operation])
            yield Entry(event.pgh_created_at, "circle-dot", words, who=actor_of(event), detail=event.operation_note)
        previous = event


def moves(listing: ServiceAtLocation) -> Iterator[Entry]:
    """Taken off the map, brought back, archived, put back to an earlier version."""
    words = {
        "hide": ("eye-off", _("Taken off the map")),
        "restore": ("eye", _("Brought back to the map")),
        "archive": ("inbox", _("Archived")),
        "narrow": ("lock", _("Fewer people see it: took effect at once")),
        "republish": ("undo-2", _("An earlier version was put back")),
        "undo_check": ("undo-2", _("A check was taken back")),
        "choose interval": ("clock", _("Another interval between checks was chosen")),
        "ask for interval": ("clock", _("The coordinator asked to be told more often")),
    }
    events = events_of(ListingState, listing.pk).select_related("pgh_context")
    for event in events.order_by("-pgh_id")[:EVENTS_AT_MOST]:
        about = event.pgh_context.metadata if event.pgh_context else {}
        if about.get("step") in words:
            icon, text = words[about["step"]]
            yield Entry(event.pgh_created_at, icon, text, who=about.get("actor"), detail=about.get("reason", ""))


def actor_of(event: Any) -> int | None:
    """Who made an event of the audit."""
    about = event.pgh_context.metadata if event.pgh_context else {}
    return about.get("user") or about.get("actor")
