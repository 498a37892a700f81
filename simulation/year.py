"""The days of the simulated year, one after the other."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from functools import partial

from django.test.utils import override_settings

from core import clock
from messaging.dispatch import dispatch
from simulation.figures import YearFigures, figures_of
from simulation.mailbox import MAILBOX, Mailbox, WorkerKilled
from simulation.oracle import Oracle
from simulation.people import Act, Agenda, Life
from simulation.strangers import HONEST, HOSTILE, Strangers
from simulation.upkeep import CALLED_OFF, CAMPAIGNS, MERGES, Upkeep
from simulation.watch import Lookout
from simulation.world import START, make_world
from verification.upkeep import rounds

#: Hours in UTC at which letters leave: morning in the east, and in the west. What is due is worked out at the first.
ROUNDS = (3, 9)

Progress = Callable[[str, int], None]


class Year:
    """So many days of so many organisations. `seed` decides everything that is left to chance."""

    def __init__(self, seed: int, *, days: int = 365, organizations: int = 14, listings: int = 220) -> None:
        self.seed, self.days = seed, days
        self._sizes = organizations, listings
        self.rng = random.Random(seed)  # noqa: S311  (a story, not a secret)
        self.agenda = Agenda()
        self.worker_down: set[dt.date] = set()
        self.mail_down: set[dt.date] = set()
        self.killed = 0

    def run(self, progress: Progress = lambda stage, number: None) -> YearFigures:
        """Live through the days in the current database and say what came of it."""
        vars(MAILBOX).update(vars(Mailbox()))
        backend = {"backend": "simulation.mailbox.Backend"}
        own = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "simulation"}}
        with override_settings(NOTICE_EMAIL=backend, LINK_CHECKER=False, CACHES=own):
            return self._live(progress)

    def _live(self, progress: Progress) -> YearFigures:
        world = make_world(self.rng, START, *self._sizes, tick=lambda: progress("listing", 1))
        life = Life(world, self.rng, self.agenda)
        oracle = Oracle(world.intervals)
        upkeep = Upkeep(life, Lookout(oracle.findings))
        strangers = Strangers(upkeep)
        self._plan(life)
        self._plan_upkeep(upkeep, strangers)
        for number in range(self.days):
            self._day(START + dt.timedelta(days=number), life, oracle)
            progress("day", 1)
        with clock.travel(START + dt.timedelta(days=self.days)):
            upkeep.watch.letters(oracle.letters)
            upkeep.watch.suggestions()
            return figures_of(self, life, upkeep, strangers, oracle.findings)

    def _plan(self, life: Life) -> None:
        """What befalls the network whatever people do: outages, bounces, departures, holidays."""
        rng, days = self.rng, self.days
        first = rng.randint(days // 4, days // 2)
        self.worker_down = {START + dt.timedelta(days=first + n) for n in range(min(7, days // 8))}
        first = rng.randint(days // 2 + 8, max(days // 2 + 8, days - 10))
        self.mail_down = {START + dt.timedelta(days=first + n) for n in range(2)}
        share = days / 365
        for act, times in ((life.bounce, 8), (life.leave, 4), (life.report, 90), (life.say_places, 60)):
            for _time in range(max(1, round(times * share))):
                self._on(rng.randint(2, days - 1), act)
        self._on(5, life.choose_rhythms)
        self._on(days * 2 // 3, life.go_on_holiday)
        for day in range(3, days, 7):
            self._on(day, life.verify_week)

    def _plan_upkeep(self, upkeep: Upkeep, strangers: Strangers) -> None:
        """Campaigns that overlap, duplicates, stops that are called off, strangers who suggest something."""
        rng, days = self.rng, self.days
        share = days / 365
        for act, times in ((upkeep.enter_twice, MERGES), (upkeep.call_off, CALLED_OFF), (strangers.suggest, HONEST)):
            for _time in range(max(1, round(times * share))):
                self._on(rng.randint(2, max(2, days - round(60 * share))), act)
        for number in range(max(1, round(len(HOSTILE) * share))):
            self._on(40 * days // 365 + number // 4, partial(strangers.attack, number))
        for day, countries, length in CAMPAIGNS:
            length = max(1, round(length * share))
            self._on(round(day * share), partial(upkeep.start_campaign, countries, length))
        self._on(days // 8, upkeep.choose_shorter)
        for day in range(6, days, 7):
            for act in (upkeep.look_at_pairs, upkeep.look_at_tasks, strangers.answer_some):
                self._on(day, act)

    def _on(self, number: int, act: Act) -> None:
        self.agenda.on(START + dt.timedelta(days=number), act)

    def _day(self, day: dt.date, life: Life, oracle: Oracle) -> None:
        """Look in the small hours, let the worker and the people do their work, look again in the evening."""
        self._look(oracle, day, self.rng.randint(0, 2))
        MAILBOX.is_down = day in self.mail_down
        for hour in ROUNDS:
            with clock.travel(_instant(day, hour, self.rng.randint(0, 59))):
                if day not in self.worker_down:
                    self._work(hour == ROUNDS[0])
                for letter in MAILBOX.empty():
                    life.read(letter, day)
        for number, act in enumerate(self.agenda.take(day)):
            with clock.travel(_instant(day, 10 + number % 6, self.rng.randint(0, 59))):
                act()
        self._look(oracle, day, self.rng.randint(16, 23))

    def _look(self, oracle: Oracle, day: dt.date, hour: int) -> None:
        at = _instant(day, hour, self.rng.randint(0, 59))
        with clock.travel(at):
            oracle.look(at)

    def _work(self, daily: bool) -> None:
        """One round of the worker, which is killed now and then in the middle of a letter."""
        if daily:
            rounds.run_daily()
            rounds.run_often()
        dice = self.rng.random()
        MAILBOX.kill_before, MAILBOX.kill_after = dice < 0.01, 0.01 <= dice < 0.02
        try:
            dispatch()
        except WorkerKilled:
            self.killed += 1
            dispatch()  # it is started again
        finally:
            MAILBOX.kill_before = MAILBOX.kill_after = False


def _instant(day: dt.date, hour: int, minute: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=dt.UTC)
