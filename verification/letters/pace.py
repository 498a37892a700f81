"""How often one person is reminded, so that letters are read and not swept away.

The outbox has the last word (`messaging.budget`); this keeps reminders far from its limit: letters come in a batch,
with days between them, and become rarer when nobody answers, because by then the rungs above know.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Max

from core import clock
from messaging.budget import MONTHLY_LIMIT, WINDOW
from messaging.models import Correspondent, Lane, Message, Rhythm
from messaging.models.message import OPEN_MESSAGES, SPENT_MESSAGES
from verification.letters.kinds import DIGEST
from verification.models import CapacityReport, Check

#: Days between two letters to one person: for class A, for the others, and when several went unanswered.
URGENT_GAP, GAP, UNANSWERED_GAP = 5, 7, 14
#: So many letters without an answer make the next ones rarer.
PATIENCE = 4
#: A letter about places alone is never the third within a month: what it tells of lapses by itself.
CAN_WAIT_LIMIT = 2
#: How far back letters are counted as unanswered.
MEMORY = dt.timedelta(days=90)


@dataclass(frozen=True)
class Written:
    """One earlier letter: when it left or will leave, and of which kind."""

    at: dt.datetime
    kind: str


@dataclass(frozen=True)
class Pace:
    """Earlier letters by address, and the last answer of each organisation."""

    written: dict[str, list[Written]]
    answered: dict[int, dt.datetime]

    def allows(
        self, person: Correspondent, kind: str, moment: dt.datetime, *, urgent: bool, can_wait: bool = False
    ) -> bool:
        """Whether another letter may leave at `moment`. `can_wait` for one without which nothing is lost."""
        earlier = self.written.get(person.email, [])
        limit = CAN_WAIT_LIMIT if can_wait else MONTHLY_LIMIT
        if sum(1 for letter in earlier if letter.at > moment - WINDOW) >= limit:
            return False
        # The weekly digest comes on its day: it pushes no reminder away, and counts for the month only.
        earlier = [letter for letter in earlier if letter.kind != DIGEST]
        if not earlier:
            return True
        zone = clock.zone(person.timezone)
        newest = max(letter.at for letter in earlier)
        days = (moment.astimezone(zone).date() - newest.astimezone(zone).date()).days
        return days >= self._gap(person, kind, earlier, urgent)

    def _gap(self, person: Correspondent, kind: str, earlier: list[Written], urgent: bool) -> int:
        if person.organization_id is not None:
            since = self.answered.get(person.organization_id)
            unanswered = [x for x in earlier if x.kind == kind and (since is None or x.at > since)]
            if len(unanswered) >= PATIENCE:
                return UNANSWERED_GAP
        if person.rhythm == Rhythm.WEEKLY:
            return GAP
        return URGENT_GAP if urgent else GAP


def load_pace(people: Iterable[Correspondent], at: dt.datetime) -> Pace:
    """What is needed to decide for these people, in three queries."""
    people = list(people)
    written: dict[str, list[Written]] = defaultdict(list)
    rows = Message.objects.filter(
        address__in={person.email for person in people},
        lane=Lane.UPKEEP,
        state__in=[*OPEN_MESSAGES, *SPENT_MESSAGES],
        not_before__gt=at - MEMORY,
    ).order_by("pk")
    for address, kind, claimed_at, not_before in rows.values_list("address", "kind", "claimed_at", "not_before"):
        written[address].append(Written(claimed_at or not_before, kind))
    organizations = {person.organization_id for person in people if person.organization_id}
    checks = Check.objects.filter(owner__in=organizations, organization=F("owner")).order_by()
    answered = dict(checks.values("owner").annotate(last=Max("checked_at")).values_list("owner", "last"))
    words = CapacityReport.objects.filter(organization__in=organizations, during=None).order_by()
    said = words.values("organization").annotate(last=Max("reported_at")).values_list("organization", "last")
    for organization, last in said:
        answered[organization] = max(last, answered.get(organization, last))
    return Pace(dict(written), answered)
