"""Whom to remind of what today. One letter for each person with all that is due; one row for each thing they were told.

Run it as often as you like: what somebody was told of a step is written down in the transaction that writes the
letter, so a second run finds nothing to say. Nothing on the map waits for it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from core import clock
from messaging import quiet
from messaging.models import Correspondent, Message, Rhythm
from messaging.services import enqueue
from organizations.models import MemberStatus, Organization
from services.models import Operation, VerificationClass
from verification.ladder import Ladder, load_ladder
from verification.models import Clock, ListingState, Publication, Reminder, Rung
from verification.pace import Pace, load_pace
from verification.steps import Step, latest, steps

#: Kinds of letters.
DUE, ESCALATION = "due", "escalation"
#: What falls due within so many days more is told along with what is due today, by class: one answer then brings
#: them in step, and the next letter comes that much later.
HORIZON = {VerificationClass.A: 10, VerificationClass.B: 21, VerificationClass.C: 30}
#: Wide columns that nobody here reads.
_UNREAD = (
    *(f"listing__location__{name}" for name in ("point", "district_point", "settlement_point", "directions")),
    *("listing__service__text", "listing__service__groups", "listing__hours"),
    "listing__service__organization__description",
)
_RUNGS = (Rung.OWNER, Rung.MANAGER, Rung.COORDINATOR, Rung.ADMINISTRATORS)


@dataclass(frozen=True)
class Duty:
    """One listing at one step, for one person. `is_early` things are told along, but are no reason to write."""

    state: ListingState
    step: Step
    rung: Rung
    is_early: bool = False

    def told_as(self, person: Correspondent) -> tuple[int, dt.date | None, str, int]:
        return self.state.pk, self.state.due_on, self.step.code, person.pk


@transaction.atomic
def remind() -> int:
    """Write the letters that are due now; returns how many."""
    with connection.cursor() as cursor:  # two runs at once would both find the same things untold
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('verification.remind'))")
    states = list(in_round())
    if not states:
        return 0
    ladder = load_ladder({s.listing.service.organization for s in states})
    told = _told(states)
    people: dict[int, Correspondent] = {}
    found: dict[int, list[Duty]] = defaultdict(list)
    for person, duty in duties_of(states, ladder):
        if duty.told_as(person) not in told:
            people[person.pk] = person
            found[person.pk].append(duty)
    waiting = [key for key in sorted(found) if any(not duty.is_early for duty in found[key])]
    if not waiting:
        return 0
    pace = load_pace([people[key] for key in waiting], clock.now())
    return sum(_write(people[key], found[key], pace) for key in waiting)


def in_round(organization: Organization | None = None) -> QuerySet[ListingState]:
    """Listings on the map whose reminders have begun or begin soon, until they are archived."""
    today = clock.today()
    states = ListingState.objects.filter(
        Q(archives_on__isnull=True) | Q(archives_on__gt=today - dt.timedelta(days=1)),
        _begins_by(today + dt.timedelta(days=1)),
        publication=Publication.PUBLISHED,
    ).exclude(listing__service__operation=Operation.CLOSED)
    gone = [MemberStatus.SUSPENDED, MemberStatus.LEFT]
    states = states.exclude(listing__service__organization__member_status__in=gone)
    if organization is not None:
        states = states.filter(listing__service__organization=organization)
    parts = states.select_related("listing__service__organization", "listing__location").defer(*_UNREAD)
    return parts.order_by("due_on", "pk")


def _begins_by(day: dt.date) -> Q:
    """The first reminder is on that day or within the horizon of the class after it."""
    begins = Q()
    for letter, days in HORIZON.items():
        begins |= Q(verification_class=letter, notice_on__lte=day + dt.timedelta(days=days))
    return begins


def duties_of(states: Iterable[ListingState], ladder: Ladder) -> list[tuple[Correspondent, Duty]]:
    """Who has to be told what about each of these listings, whether or not they were told already."""
    clocks = {row.code: row for row in Clock.objects.all()}
    found = []
    for state in states:
        for person, duty in _duties(state, clocks[state.verification_class], ladder):
            found.append((person, duty))
    return found


def _duties(state: ListingState, of_class: Clock, ladder: Ladder) -> Iterable[tuple[Correspondent, Duty]]:
    """Everybody's latest step; somebody on two rungs is told of the later one."""
    assert state.due_on is not None  # noqa: S101  (in_round has only listings with dates)
    plan = steps(of_class, state.due_on)
    ahead = dt.timedelta(days=HORIZON[VerificationClass(state.verification_class)])
    best: dict[int, tuple[Correspondent, Duty]] = {}
    for rung in _RUNGS:
        if not any(rung in step.rungs for step in plan):
            continue
        answering, people = ladder.on_rung(rung, state.listing)
        for person in people:
            today = _as_of(person, _today(state))
            step = latest(plan, rung, today)
            early = step is None and rung == Rung.OWNER and answering == rung and plan[0].on <= today + ahead
            step = plan[0] if early else step
            if step is None:
                continue
            known = best.get(person.pk)
            if known is None or known[1].step.on < step.on:
                best[person.pk] = person, Duty(state, step, answering, early)
    return best.values()


def _today(state: ListingState) -> dt.date:
    return clock.today(state.listing.timezone)


def _as_of(person: Correspondent, today: dt.date) -> dt.date:
    """Whoever wants one letter a week is told on Monday what came up until then."""
    return today - dt.timedelta(days=today.weekday()) if person.rhythm == Rhythm.WEEKLY else today


def _told(states: Iterable[ListingState]) -> set[tuple[int, dt.date | None, str, int]]:
    rounds = {state.pk: state.due_on for state in states}
    rows = Reminder.objects.filter(listing__in=rounds, due_on__in=set(rounds.values())).order_by()
    return set(rows.values_list("listing", "due_on", "step", "correspondent"))


def _write(person: Correspondent, duties: list[Duty], pace: Pace) -> int:
    """One letter for all of a person's duties, of which one at least is a reason to write, if it is not too soon."""
    reasons = [duty for duty in duties if not duty.is_early]
    kind = DUE if person.organization_id else ESCALATION
    waiting = Message.objects.open().filter(correspondent=person, kind=kind).first()
    urgent = any(duty.state.verification_class == VerificationClass.A for duty in reasons)
    moment = quiet.next_moment(clock.now(), person.timezone, urgent=urgent)
    if waiting is None and not pace.allows(person, kind, moment, urgent=urgent):
        return 0
    message = waiting or enqueue(kind=kind, to=person, dedupe_key=_occasion(person, kind, moment), urgent=urgent)
    if message is None:  # a letter for this occasion has left already
        return 0
    Reminder.objects.bulk_create(
        Reminder(  # type: ignore[misc]
            listing=duty.state.listing,
            due_on=duty.state.due_on,
            step=duty.step.code,
            rung=duty.rung,
            correspondent=person,
            message=message,
        )
        for duty in duties
    )
    return int(waiting is None)


def _occasion(person: Correspondent, kind: str, moment: dt.datetime) -> str:
    """The name of the occasion: the day, or the week for whoever wants one letter a week."""
    day = moment.astimezone(clock.zone(person.timezone)).date()
    name = f"{day:%G-W%V}" if person.rhythm == Rhythm.WEEKLY else day.isoformat()
    return f"{kind}:{person.pk}:{name}"
