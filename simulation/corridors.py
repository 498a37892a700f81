"""Two months of referrals between fourteen houses of eleven countries, lived through with the real services.

Owners are prompt, slow, silent or away; mail is down for two days, the worker for a week and killed at random; people
do not come, are given back, take consent back; one house is suspended. What must never happen is counted.
"""

from __future__ import annotations

import datetime as dt
import heapq
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count as count_from
from typing import TypedDict
from unittest import mock

from django.db.models import Count, F

from accounts.models import User
from core import clock
from core.errors import HouseError
from messaging.models import Message
from network.joining.services.standing import change
from organizations.models import Organization
from referrals import choosing, emptying, letters, rounds
from referrals import services as referrals
from referrals.models import CorridorCount, Leg, Offer, Referral, ReferralEvent
from referrals.models.words import Circumstance, Mode, OfferState, Outcome, ReferralStep, Supply, Urgency
from simulation import corridor_faults as faults
from verification.publication import Batch
from verification.tests import scenarios

START = dt.datetime(2026, 9, 7, 6, tzinfo=dt.UTC)
#: Hours after START of each day: the daily round; the first of another day.
DAILY_HOUR, MIDNIGHT_HOUR = 2, 18
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
#: New people come in the first weeks; then the last ways go on to their ends.
SENDING_DAYS, DAYS = 30, 62
WORKER_DOWN, MAIL_DOWN, SUSPENDED_ON = (14, 21), (9, 11), 18
#: Hours until an answer, by mood; None: never.
MOODS: dict[str, tuple[float, float] | None] = {"prompt": (0.5, 6), "slow": (10, 60), "silent": None, "away": (60, 200)}
COUNTRIES = ("GE", "AM", "KZ", "KG", "UZ", "MD", "PL", "TR", "RS", "DE", "BY", "GE", "AM", "KZ")
TYPES = ("art", "hiv_rapid_test", "paralegal")


class KilledInTheMiddle(BaseException):
    """The worker dies here."""


class HouseAsked(TypedDict):
    actor: User
    offer: str


@dataclass
class CorridorFigures:
    """What was counted; the first ones have to be nought."""

    referrals: int = 0
    without_next_date: int = 0
    medicine_ended_untold: int = 0
    urgent_unescalated: int = 0
    double_accepted: int = 0
    double_sent: int = 0
    past_retention: int = 0
    foreign_reads: int = 0
    answered_in_time_urgent: float = 0.0
    first_service_before_end: float = 0.0
    outcomes: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)

    LIMITS = (
        "without_next_date", "medicine_ended_untold", "urgent_unescalated", "double_accepted", "double_sent",
        "past_retention", "foreign_reads",
    )  # fmt: skip

    @property
    def broken(self) -> list[str]:
        return [name for name in self.LIMITS if getattr(self, name)]

    def blame(self, name: str, rows: list[str]) -> None:
        setattr(self, name, getattr(self, name) + len(rows))
        self.examples += [f"{name}: {row}" for row in rows[:3]]


class Corridors:
    """One run; the seed decides everything that is left to chance."""

    def __init__(self, seed: int, *, count: int = 600) -> None:
        self.dice = random.Random(seed)  # noqa: S311 (no secret)
        self.count, self.figures = count, CorridorFigures()
        self.people: dict[int, User] = {}
        self.moods: dict[int, str] = {}
        self.houses: list[Organization] = []
        #: When something is done next: (moment, what).
        self.agenda: list[tuple[dt.datetime, int, Callable[[], object]]] = []
        self._numbers = count_from()
        self.asked: set[int] = set()
        #: The next instant of the database after the last look.
        self._next: dt.datetime | None = None

    def run(self, tell: Callable[[int, int], None] = lambda done, total: None) -> CorridorFigures:
        self._found()
        sendings = sorted(self.dice.uniform(0, SENDING_DAYS * 24) for _number in range(self.count))
        for at in sendings:
            self._plan(START + at * HOUR, self._send)
        for hour in range(DAYS * 24):
            now = START + hour * HOUR
            if self._is_due(now, hour):
                with clock.travel(now):
                    self._hour(now, hour)
                self._next = faults.next_instant(now)
            if hour % 24 == 0:
                tell(hour // 24, DAYS)
        self._keep()
        self._finish()
        return self.figures

    # --- the world ------------------------------------------------------------------------------------------------

    def _found(self) -> None:
        approver = scenarios.verifier()
        with clock.travel(START - 2 * DAY), Batch() as batch:
            for number, country in enumerate(COUNTRIES):
                house = scenarios.organization(
                    f"Дом {number}", slug=f"house-{number}", registration_country=country, countries=[country]
                )
                place = scenarios.place(house, country=country, city="")
                for kind in TYPES:
                    scenarios.published(place, title=f"{kind} {number}", types=[kind], method="call", by=approver,
                                        batch=batch, delivery=["on_site", "post"])  # fmt: skip
                self.houses.append(house)
                self.people[house.pk] = scenarios.person(house, "manager")
                self.moods[house.pk] = self.dice.choices(list(MOODS), weights=(6, 4, 2, 1))[0]
        scenarios.coordinator()

    def _plan(self, at: dt.datetime, what: Callable[[], object]) -> None:
        heapq.heappush(self.agenda, (at, next(self._numbers), what))

    def _is_due(self, now: dt.datetime, hour: int) -> bool:
        """Whether anything can have changed since the last look: somebody acts, an instant of a request or a stage has

        come, or the hour is one at which something happens by itself. In any other hour the worker finds nothing to do
        and whoever looks sees what they saw before.
        """
        by_itself = (0, DAILY_HOUR, MIDNIGHT_HOUR)  # an outage ends, the daily round, another day
        if hour % 24 in by_itself or (self.agenda and self.agenda[0][0] <= now):
            return True
        return self._next is not None and self._next <= now

    def _hour(self, now: dt.datetime, hour: int) -> None:
        day = hour / 24
        due = []
        while self.agenda and self.agenda[0][0] <= now:
            due.append(heapq.heappop(self.agenda)[2])
        for what in due:
            self._attempt(what)
        if hour == SUSPENDED_ON * 24:
            ends = now + dt.timedelta(days=30)
            change(organization=self.houses[-1], becomes="suspended", reason="safety", actor=None, lapses_at=ends)
        is_up = not WORKER_DOWN[0] <= day < WORKER_DOWN[1]
        if is_up:
            self._work(hour)
        self._hear(now, day)
        if is_up:
            self._watch(now)

    def _attempt(self, what: Callable[[], object]) -> None:
        """A press that comes too late is refused in words; anything else is a fault of ours."""
        try:
            what()
        except HouseError:
            return

    def _work(self, hour: int) -> None:
        """One round of the worker; sometimes it dies in the middle and comes again."""
        if self.dice.random() < 0.02:
            try:
                with mock.patch.object(letters, "_write", side_effect=KilledInTheMiddle):
                    rounds.run_often()
            except KilledInTheMiddle:
                pass
        rounds.run_often()
        if hour % 24 == DAILY_HOUR:
            rounds.run_daily()
            emptying.run()

    # --- people ---------------------------------------------------------------------------------------------------

    def _send(self) -> None:
        sender = self.dice.choice(self.houses[:-1])
        chance = self.dice.random()
        length = self.dice.choice((2, 3)) if chance < 1 / 3 else 1
        mode = Mode.POST if chance > 0.8 else Mode.TRAVELS
        kind = self.dice.choices(TYPES, weights=(6, 2, 2))[0]
        legs = [leg for _n in range(length) if (leg := self._leg(sender, kind, mode)) is not None]
        if not legs:
            return
        days = self.dice.choice((1, 3, 5, 7, 10, 20, 40, 60))
        ends = clock.today() + dt.timedelta(days=days) if kind == "art" else None
        agreed = referrals.ConsentDraft(language="ru", asked=True, fallback=True, outcome_back=True, counted=True)
        draft = referrals.ReferralDraft(
            from_country=sender.registration_country, legs=legs, consent=agreed, languages=["ru"],
            supply_kind=Supply.ART if ends else Supply.NONE, supply_ends_on=ends,
            circumstances=[self.dice.choice([*Circumstance.values])] if self.dice.random() < 0.2 else [],
        )  # fmt: skip
        sent = referrals.send(actor=self.people[sender.pk], organization=sender, draft=draft)
        self.figures.referrals += 1
        if self.dice.random() < 0.04:
            actor, key = self.people[sender.pk], sent.public_id
            self._plan(
                clock.now() + self.dice.uniform(5, 200) * HOUR,
                lambda: referrals.take_consent_back(actor=actor, referral=key),
            )

    def _leg(self, sender: Organization, kind: str, mode: Mode) -> referrals.LegDraft | None:
        country = self.dice.choice([code for code in COUNTRIES if code != sender.registration_country])
        found = choosing.candidates(
            actor=self.people[sender.pk], sender=sender, service_type=kind, country=country, mode=mode
        )
        if not found:
            return None
        other = next((one for one in found if one.organization != found[0].organization), None)
        return referrals.LegDraft(
            country=country, service_type=kind, first=found[0].listing, fallback=other.listing if other else "",
            mode=mode, expected_on=clock.today() + dt.timedelta(days=self.dice.randint(1, 14)),
        )  # fmt: skip

    def _hear(self, now: dt.datetime, day: float) -> None:
        """Whoever was asked lately decides when to answer; while mail is down nobody hears of it."""
        if MAIL_DOWN[0] <= day < MAIL_DOWN[1]:
            return
        sent = Offer.objects.filter(state=OfferState.SENT).order_by("pk")
        for pk, house, public_id in sent.values_list("pk", "organization_id", "public_id"):
            if pk in self.asked:
                continue
            self.asked.add(pk)
            window = MOODS[self.moods[house]]
            if window is not None:
                key: HouseAsked = {"actor": self.people[house], "offer": public_id}
                self._plan(now + self.dice.uniform(*window) * HOUR, lambda key=key: self._answer(key))  # type: ignore[misc]

    def _answer(self, key: HouseAsked) -> None:
        referrals.see(**key)
        chance = self.dice.random()
        if chance < 0.2:
            referrals.decline(**key, reason="no_places")
        elif chance < 0.25:
            referrals.ask(**key, questions=["when"])
            self._plan(clock.now() + self.dice.uniform(1, 20) * HOUR, lambda: self._take(key))
        else:
            self._take(key)

    def _take(self, key: HouseAsked) -> None:
        referrals.accept(**key)
        chance, later = self.dice.random(), clock.now() + self.dice.uniform(20, 200) * HOUR
        if chance < 0.05:
            self._plan(later, lambda: referrals.give_back(**key, reason="no_stock"))
        elif chance < 0.12:
            self._plan(later, lambda: referrals.close_by_receiver(**key, outcome=Outcome.NO_SHOW))
        elif chance < 0.92:
            self._plan(later, lambda: referrals.arrive(**key))
            self._plan(later + 3 * HOUR, lambda: referrals.serve(**key, supply_given_days=30))

    # --- what must not happen ---------------------------------------------------------------------------------------

    def _watch(self, now: dt.datetime) -> None:
        """After a round of the worker."""
        for name, rows in faults.look(now).items():
            self.figures.blame(name, rows)

    def _keep(self) -> None:
        """What is read by whom, and what is written once; then the clock is moved past every period."""
        foreign = []
        for house in self.houses:
            person = self.people[house.pk]
            foreign += [str(row) for row in Offer.objects.visible_to(person).exclude(organization=house)]
            foreign += [str(row) for row in Referral.objects.visible_to(person).exclude(sender=house)]
        self.figures.blame("foreign_reads", foreign)
        once = [ReferralStep.REMIND, ReferralStep.ESCALATE, ReferralStep.LAPSE, ReferralStep.SEND]
        twice = ReferralEvent.objects.filter(step__in=once).values("offer", "step").annotate(n=Count("pk")).order_by()
        keys = Counter(Message.objects.values_list("dedupe_key", flat=True))
        doubled = [f"{row['step']} of {row['offer']}" for row in twice.filter(n__gt=1)]
        self.figures.blame("double_sent", doubled + [key for key, n in keys.items() if n > 1])

    def _finish(self) -> None:
        urgent = Offer.objects.filter(leg__urgency__in=[Urgency.TODAY, Urgency.URGENT], sent_at__isnull=False)
        in_time = urgent.filter(answered_at__lte=F("answer_by")).count()
        self.figures.answered_in_time_urgent = _share(in_time, urgent.count())
        counts = rounds_of_counts()
        self.figures.first_service_before_end = _share(counts[True], counts[True] + counts[False])
        ended = Leg.objects.exclude(outcome="").values_list("outcome", flat=True)
        self.figures.outcomes = dict(Counter(ended).most_common())
        with clock.travel(START + (DAYS + 200) * DAY):  # the worker has been away all the time
            late = Referral.objects.filter(deletes_on__lte=clock.today())
            shown = [
                row for person in self.people.values() for row in Referral.objects.visible_to(person) if row in late
            ]
            emptying.run()
            emptying.run()
            left = [str(row) for row in Referral.objects.filter(deletes_on__lte=clock.today())]
        self.figures.blame("past_retention", left + [str(row) for row in shown])


def rounds_of_counts() -> Counter[bool]:
    """Of those who agreed to be counted and had medicine: helped before it ended, or not."""
    found: Counter[bool] = Counter()
    for row in CorridorCount.objects.filter(before_end__isnull=False):
        found[bool(row.before_end)] += row.n
    return found


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
