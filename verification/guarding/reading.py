"""Reading in bulk: whoever opens more in a day than work asks for is not stopped, but seen.

Rule: what is counted is how many different listings that tell members more than everybody an account has read on one
day, wherever it read them: pages, lists, answers of the API, the pages of those who check. Its own organisations' do
not count. Above the norm those whose listings were read and the administrators are told, once for an account and a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from accounts.models import User
from core import clock
from directory.asking.hidden import not_public
from messaging.people import administrators, correspondents_for
from messaging.services import enqueue
from organizations.models import Opened, Organization
from verification.letters.kinds import READ_IN_BULK


@dataclass(frozen=True)
class BulkReading:
    """What one account opened on one day, beyond the norm; `count` is of all, or of one's own organisations."""

    user: User
    day: dt.date
    count: int


def note_opened(user: User, ids: Collection[str]) -> None:
    """Count what of these listings not everybody may know, and tell when it is more than the norm."""
    if hidden := not_public(ids):
        note_more(user, hidden)


@transaction.atomic
def note_more(user: User, hidden: Mapping[str, str]) -> None:
    """Count these listings (→ their organisations), of which this person was shown more than everybody may know."""
    owners = dict(
        Organization.objects.filter(public_id__in=set(hidden.values()))
        .exclude(memberships__user=user)
        .values_list("public_id", "pk")
    )
    things = [(public_id, owners[owner]) for public_id, owner in hidden.items() if owner in owners]
    day = clock.today()
    if things and Opened.objects.note(user, day, things) > settings.READING_NORM:
        _tell(user, day)


def _tell(user: User, day: dt.date) -> None:
    """Everybody once: the outbox refuses a second letter on the same occasion."""
    owners = Organization.objects.filter(pk__in=Opened.objects.filter(user=user, day=day).values("organization"))
    people = administrators()
    for organization in owners.order_by("pk"):
        people += correspondents_for(organization).awake().select_related("user")
    for person in people:
        if person.user_id != user.pk:
            key = f"{READ_IN_BULK}:{person.pk}:{user.pk}:{day}"
            enqueue(
                kind=READ_IN_BULK,
                to=person,
                dedupe_key=key,
                payload={"reader": user.pk, "day": day.isoformat()},
                urgent=True,
            )


def read_in_bulk(actor: User) -> list[BulkReading]:
    """For an administrator who read more than the norm; for others, those of them who read their organisations'."""
    rows = Opened.objects.by_account_and_day(settings.READING_NORM)
    counts = {(user, day): count for user, day, count in rows}
    if not actor.is_administrator:
        own = Opened.objects.filter(organization__in=Organization.objects.editable_by(actor))
        counts = {(user, day): n for user, day, n in own.by_account_and_day(0) if (user, day) in counts}
    people = User.objects.in_bulk({user for user, _day in counts})
    return [BulkReading(people[user], day, count) for (user, day), count in counts.items()]
