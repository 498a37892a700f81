"""A submission as the verifier's queue and page show it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import clock
from core.geo.countries import country_name
from directory.vocabulary import localised
from facts.changes import ChangeRow, names_of, rows_of, rows_of_new, signature
from facts.critical import critical_facts
from facts.discretion import MEMBER, Reader, changes_for, content_for, line_for, reader_of
from facts.held import held_lines
from facts.lookalikes import mixed_words
from facts.names import names
from verification.coordination.queues import batch_mates, review_diff
from verification.models import Review, ReviewState
from verification.services import doubtful
from verification.snapshots import FieldChange
from workspace.shared.shown import shown_of

#: From this age on a submission is shown as waiting too long.
PATIENCE = dt.timedelta(hours=24)


@dataclass(frozen=True)
class QueueLine:
    """One row of the queue."""

    review: Review
    title: str
    organization: str
    place: str
    country: str
    family: str
    is_new: bool
    changes: int
    critical: int
    age: str
    is_late: bool

    @property
    def country_name(self) -> str:
        return country_name(self.country)


def line_of(review: Review, reader: Reader = MEMBER) -> QueueLine:
    """A row of the queue, as the reader may know it (as anybody of the network may, without one)."""
    content = line_for(reader, review.snapshot.content)
    place = content["location"]
    changes = review_diff(review)
    waited = clock.now() - review.submitted_at
    return QueueLine(
        review=review,
        title=localised(content["service"]["title"]),
        organization=localised(content["organization"]["name"]),
        place=localised(place["city"]) or localised(place["name"]) if place else _("remotely"),
        country=(place["country"] or "") if place else content["listing"]["remote_country"],
        family=names().family_of(content["service"]["types"]),
        is_new=review.base_id is None,
        changes=len(changes),
        critical=sum(change.critical for change in changes),
        age=age_words(waited),
        is_late=review.is_open and waited > PATIENCE,
    )


def mates_of(review: Review, user: User) -> list[dict[str, object]]:
    """Other open submissions of the same batch; `same` when this review's page shows all that they change."""
    wanted, reader = signature(review_diff(review)), reader_of(user)
    found = []
    for mate in batch_mates(review, user):
        changes = review_diff(mate)
        same = review.base_id is not None and mate.base_id is not None and signature(changes) <= wanted
        line, rows = line_of(mate, reader), _rows(mate, changes, reader)
        found.append({"review": mate, "line": line, "same": same, "rows": rows})
    return sorted(found, key=lambda mate: not mate["same"])


def page_of(review: Review, user: User) -> dict[str, object]:
    """Everything about one submission that its page shows."""
    reader = reader_of(user)
    content = content_for(reader, review.snapshot.content)
    taken_by_other = review.state == ReviewState.IN_REVIEW and review.taken_by_id != user.pk
    return {
        "review": review,
        "line": line_of(review, reader),
        "rows": _rows(review, review_diff(review), reader),
        "may_return": review.is_open and review.base_id is not None and not taken_by_other,
        "returned": names_of(review.returned),
        "shown": shown_of(review, reader) if review.is_open else [],
        "facts": critical_facts(content),
        "doubtful": held_lines(doubtful(review.snapshot.content), reader, review.snapshot.content),
        "mixed": mixed_words(content),
        "mates": mates_of(review, user) if review.is_open else [],
        "is_mine": review.state == ReviewState.IN_REVIEW and not taken_by_other,
        "taken_by_other": taken_by_other,
        "may_release": review.state == ReviewState.IN_REVIEW
        and (not taken_by_other or user.coordinates(review.listing.country)),
    }


def _rows(review: Review, changes: list[FieldChange], reader: Reader) -> list[ChangeRow]:
    old = review.base.content if review.base else None
    shown = changes_for(reader, changes, old, review.snapshot.content)
    return rows_of(shown) if review.base_id else rows_of_new(shown)


def age_words(waited: dt.timedelta) -> str:
    """“26 hours”, “3 days”."""
    hours = int(waited.total_seconds() // 3600)
    if hours < 1:
        return _("less than an hour")
    if hours < 48:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d day", "%(count)d days", hours // 24) % {"count": hours // 24}
