"""The days of the network's year, one after the other; the seed decides everything that is left to chance."""

from __future__ import annotations

import datetime as dt
import heapq
import random
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from itertools import count

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test.utils import override_settings

from core import clock
from core.errors import HouseError
from messaging.dispatch import dispatch
from network.decisions import rounds as decisions
from network.evaluation import rounds as evaluation
from network.gaps import rounds as gaps
from network.grants import rounds as grants
from network.joining import rounds as joining
from network.joining.forgetting import forget_applications
from network.learning import rounds as learning
from network.learning.forgetting import forget_names
from network.news import posting
from network.news import rounds as news
from network.news.services.subscribing import forget_unconfirmed
from network.reviews import rounds as reviews
from simulation.mailbox import MAILBOX
from simulation.network import faults
from simulation.network.chapters import CHAPTERS
from simulation.network.chapters.evaluation import hashes_equal
from simulation.network.people import People, gather

START = dt.datetime(2027, 9, 1, 6, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
DAYS, DARK_DAYS = 366, 7
#: The days of the short form, and when the worker dies in it; its rounds are every other day.
SHORT_DAYS, SHORT_DARK = 47, 36
#: The hour of the worker's round, after START: a letter to a reader in UTC leaves from eight in the morning on.
ROUND = 3.5
#: A story yields how many days pass until it goes on.
Story = Generator[float, None, None]


@dataclass
class NetworkFigures:
    """What was counted; every key of LIMITS has to be nought."""

    counted: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys(faults.KEYS, 0))
    examples: list[str] = field(default_factory=list)
    #: Whether every frozen cycle, computed anew on the last day, gives the hash of its freezing; None: none was frozen.
    evaluation_hash_equal: bool | None = None

    @property
    def broken(self) -> list[str]:
        found = [name for name, number in self.found.items() if number]
        return [*found, *(["evaluation_hash_equal"] if self.evaluation_hash_equal is False else [])]

    def as_json(self) -> dict[str, object]:
        own = {"evaluation_hash_equal": self.evaluation_hash_equal}
        return {**self.found, **own, **self.counted, "examples": self.examples}


class NetworkYear:
    """One run in the current database. `days` shortens it: stories are told as far as they come."""

    def __init__(self, seed: int, *, days: int = DAYS) -> None:
        self.dice = random.Random(seed)  # noqa: S311  (a story, not a secret)
        self.days = days
        #: The first of the days on which the worker is dead; several things are made to end in that week.
        self.is_short = days < DAYS
        self.dark = SHORT_DARK if self.is_short else self.dice.randint(70, 80)
        self.counted: Counter[str] = Counter()
        self.figures = NetworkFigures()
        self.awake = START
        self._agenda: list[tuple[float, int, Story]] = []
        self._numbers = count()
        self._seen: set[tuple[str, str]] = set()
        self.people: People

    def run(self, tell: Callable[[int], None] = lambda day: None) -> NetworkFigures:
        """Live through the days and say what came of it."""
        own = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "network"}}
        MAILBOX.taken.clear()
        post = "simulation.mailbox.Backend"
        mail = {"EMAIL_BACKEND": post, "POST_BACKEND": post, "NOTICE_EMAIL": {}}
        with override_settings(LINK_CHECKER=False, CACHES=own, **mail):
            with clock.travel(START - DAY):
                self.people = gather()
            for chapter in CHAPTERS:
                for day, story in chapter.stories(self):
                    self._plan(day, story)
            for day in range(self.days):
                self._day(day)
                tell(day)
            with clock.travel(START + self.days * DAY):
                self.figures.evaluation_hash_equal = hashes_equal()
        self.figures.counted = dict(sorted(self.counted.items()))
        return self.figures

    # --- what stories say -----------------------------------------------------------------------------------------

    def count(self, name: str) -> None:
        self.counted[name] += 1

    def blame(self, key: str, row: str) -> None:
        self._blame(key, [row])

    def refused(self, what: str, act: Callable[[], object]) -> None:
        """Somebody tries what nobody may: the services or the database say no, or it is a fault."""
        try:
            with transaction.atomic():
                act()
        except (HouseError, ValidationError, DatabaseError):
            self.counted["attempts_refused"] += 1
        else:
            self._blame("forbidden_allowed", [f"{what} on {clock.today()}"])

    # --- the days ---------------------------------------------------------------------------------------------------

    def _plan(self, day: float, story: Story) -> None:
        heapq.heappush(self._agenda, (day, next(self._numbers), story))

    def _day(self, number: int) -> None:
        """Stories go on at their hours, the worker does its round unless it is dead.

        Readers look before every second round, and in the night after a day on which something happened.
        """
        is_up = not self.dark <= number < self.dark + DARK_DAYS
        self._until(number + ROUND / 24)
        if not is_up or number % (5 if self.is_short else 2) == 1:
            self._at(number + ROUND / 24, self._look)
        if is_up and (number % 2 or not self.is_short):
            self._at(number + ROUND / 24, self._work)
        self.counted["days_worker_dead"] += not is_up
        happened = self._until(number + 1)
        if not is_up or (happened and not self.is_short):
            self._at(number + self.dice.uniform(0.95, 0.999), self._look)

    def _until(self, day: float) -> int:
        """How many stories went on."""
        told = 0
        while self._agenda and self._agenda[0][0] < day:
            at, _number, story = heapq.heappop(self._agenda)
            with clock.travel(START + at * DAY):
                waits = next(story, None)
            if waits is not None:
                self._plan(at + waits, story)
            told += 1
        return told

    def _at(self, day: float, what: Callable[[], None]) -> None:
        with clock.travel(START + day * DAY):
            what()

    def _work(self) -> None:
        decisions.run()
        joining.run_often()
        joining.run_daily()
        gaps.run()
        reviews.run_daily()
        grants.run_daily()
        learning.run_daily()
        forget_names()
        evaluation.run_daily()
        forget_applications()
        news.warn()
        news.again()
        forget_unconfirmed()
        posting.post()
        dispatch()
        self.counted["letters_left"] += len(MAILBOX.empty())
        self.awake = clock.now()

    def _look(self) -> None:
        self._blame("letters_twice", [f"letter {mark}" for mark, n in Counter(MAILBOX.taken).items() if n > 1])
        for key, rows in faults.look(self.awake).items():
            self._blame(key, rows)

    def _blame(self, key: str, rows: list[str]) -> None:
        """Each fault once, however many days it lasts."""
        new = [row for row in rows if (key, row) not in self._seen]
        self._seen |= {(key, row) for row in new}
        self.figures.found[key] += len(new)
        self.figures.examples += [f"{key}: {row}" for row in new[:3]]
