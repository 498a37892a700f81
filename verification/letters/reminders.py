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

from core import clock
from messaging import quiet
from messaging.models import Correspondent, Message, Rhythm
from messaging.services import enqueue
from services.models import VerificationClass
from verification.letters.kinds import DUE, ESCALATION
from verification.letters.ladder import Ladder, load_ladder, matter_of
from verification.letters.occasions.campaigns import CampaignRequest, people_asked, requests
from verification.letters.pace import Pace, load_pace
from verification.letters.steps import Step, latest, steps
from verification.letters.subjects import HORIZON, Lapsing, in_round, lapsing
from verification.models import Clock, ListingState, Reminder, Rung
from verification.models.reminder import CAPACITY

_RUNGS = (Rung.OWNER, Rung.MANAGER, Rung.COORDINATOR, Rung.ADMINISTRATORS)


@dataclass(frozen=True)
class Duty:
    """One listing at one step of a round, or of a campaign, for one person.

    `due_on` names the round: the date of the check, the end of what was said about places, the campaign's last day.
    `is_early` things are told along, but are no reason to write.
    """

    state: ListingState
    step: Step
    rung: Rung
    due_on: dt.date
    is_early: bool = False

    @property
    def is_capacity(self) -> bool:
        return self.step.code == CAPACITY

    def told_as(self, person: Correspondent) -> tuple[int, dt.date, str, int]:
        return self.state.pk, self.due_on, self.step.code, person.pk


@transaction.atomic
def remind() -> int:
    """Write the letters that are due now; returns how many."""
    with connection.cursor() as cursor:  # two runs at once would both find the same things untold
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('verification.remind'))")
    states, words, asked = list(in_round()), lapsing(), requests()
    subjects = [*states, *(word.state for word in words), *(request.state for request in asked)]
    if not subjects:
        return 0
    ladder = load_ladder({state.listing.service.organization for state in subjects})
    duties = [*duties_of(states, ladder), *capacity_duties(words, ladder), *campaign_duties(asked, ladder)]
    told = _told(duty for _person, duty in duties)
    people: dict[int, Correspondent] = {}
    found: dict[int, list[Duty]] = defaultdict(list)
    for person, duty in duties:
        if duty.told_as(person) not in told:
            people[person.pk] = person
            found[person.pk].append(duty)
    waiting = [key for key in sorted(found) if any(not duty.is_early for duty in found[key])]
    if not waiting:
        return 0
    pace = load_pace([people[key] for key in waiting], clock.now())
    return sum(_write(people[key], found[key], pace) for key in waiting)


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
    plan = steps(of_class, state.due_on, state.notice_on if state.interval_days else None)
    ahead = dt.timedelta(days=HORIZON[VerificationClass(state.verification_class)])
    matter = matter_of(state)
    best: dict[int, tuple[Correspondent, Duty]] = {}
    for rung in _RUNGS:
        if not any(rung in step.rungs for step in plan):
            continue
        answering, people = ladder.on_rung(rung, matter)
        for person in people:
            today = _as_of(person, _today(state))
            step = latest(plan, rung, today)
            early = step is None and rung == Rung.OWNER and answering == rung and plan[0].on <= today + ahead
            step = plan[0] if early else step
            if step is None:
                continue
            known = best.get(person.pk)
            if known is None or known[1].step.on < step.on:
                best[person.pk] = person, Duty(state, step, answering, state.due_on, early)
    return best.values()


def capacity_duties(words: Iterable[Lapsing], ladder: Ladder) -> list[tuple[Correspondent, Duty]]:
    """Whoever keeps a listing is told that a word about its places lapses. Nobody above: it lapses by itself."""
    found = []
    for word in words:
        answering, people = ladder.on_rung(Rung.OWNER, matter_of(word.state))
        step = Step(CAPACITY, word.notice_on, (Rung.OWNER,))
        for person in people if answering == Rung.OWNER else ():
            early = _last_day_before(person, _today(word.state)) < _on_a_working_day(word.notice_on)
            found.append((person, Duty(word.state, step, answering, word.expires_on, early)))
    return found


def campaign_duties(asked: Iterable[CampaignRequest], ladder: Ladder) -> list[tuple[Correspondent, Duty]]:
    """Whoever keeps a listing is told that a campaign waits for a word about it."""
    return [
        (person, Duty(request.state, request.step, Rung.OWNER, request.asked.campaign.ends_on))
        for person, request in people_asked(asked, ladder)
    ]


def _last_day_before(person: Correspondent, today: dt.date) -> dt.date:
    """The last day whose news a letter of today has to tell: whoever reads on Mondays hears of the week to come."""
    return _as_of(person, today) + dt.timedelta(days=6) if person.rhythm == Rhythm.WEEKLY else today


def _on_a_working_day(day: dt.date) -> dt.date:
    """The day itself, or the Friday before a weekend: on Monday it would be too late."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def _today(state: ListingState) -> dt.date:
    return clock.today(state.listing.timezone)


def _as_of(person: Correspondent, today: dt.date) -> dt.date:
    """Whoever wants one letter a week is told on Monday what came up until then."""
    return today - dt.timedelta(days=today.weekday()) if person.rhythm == Rhythm.WEEKLY else today


def _told(duties: Iterable[Duty]) -> set[tuple[int, dt.date, str, int]]:
    """What was told before in the rounds of these duties, as `Duty.told_as` names it."""
    rounds = {(duty.state.pk, duty.due_on) for duty in duties}
    listings, dates = {listing for listing, _date in rounds}, {date for _listing, date in rounds}
    rows = Reminder.objects.filter(listing__in=listings, due_on__in=dates).order_by()
    return set(rows.values_list("listing", "due_on", "step", "correspondent"))


def _write(person: Correspondent, duties: list[Duty], pace: Pace) -> int:
    """One letter for all of a person's duties, of which one at least is a reason to write, if it is not too soon."""
    reasons = [duty for duty in duties if not duty.is_early]
    kind = DUE if person.organization_id else ESCALATION
    waiting = Message.objects.open().filter(correspondent=person, kind=kind).first()
    checks = [duty for duty in reasons if not duty.is_capacity]
    urgent = any(duty.state.verification_class == VerificationClass.A for duty in checks)
    moment = quiet.next_moment(clock.now(), person.timezone, urgent=urgent)
    if waiting is None and not pace.allows(person, kind, moment, urgent=urgent, can_wait=not checks):
        return 0
    message = waiting or enqueue(kind=kind, to=person, dedupe_key=_occasion(person, kind, moment), urgent=urgent)
    if message is None:  # a letter for this occasion has left already
        return 0
    Reminder.objects.bulk_create(
        Reminder(  # type: ignore[misc]
            listing=duty.state.listing,
            due_on=duty.due_on,
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
