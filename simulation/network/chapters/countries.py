"""Facts that are confirmed in time or go stale, and notices of danger, with and without a second person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from accounts.models import User
from core import clock
from directory.tables.topics import LAW, Topic
from network.countries import facts
from network.countries.models import CountryFact
from network.countries.notices import announce, second
from network.countries.tests.makers import WORDS
from services.models import Notice
from simulation.network.people import LAWYERS
from verification.editing import end_notice

if TYPE_CHECKING:
    from simulation.network.year import NetworkYear, Story

COUNTRIES = ("GE", "AM", "KZ", "KG")
TOPICS = 4
#: What becomes of a danger: seconded at once, late, never, or called off before anybody has.
DANGERS = ("at_once", "late", "never", "never", "called_off")


def stories(year: NetworkYear) -> Iterator[tuple[float, Story]]:
    """One danger of one person falls back, and one fact goes stale, while the worker is dead."""
    dice = year.dice
    for country in COUNTRIES[: 1 if year.is_short else None]:
        for topic in dice.sample([topic.value for topic in Topic], TOPICS):
            yield dice.uniform(1, 30), fact(year, country, topic)
    yield year.dark - 12.2, fact(year, "TR", "art", days=15)
    for number, fate in enumerate(DANGERS):
        day = year.dark + 1.3 if number == 2 else dice.uniform(5, 300)
        yield day, danger(year, dice.choice(COUNTRIES), fate)


def _checker(year: NetworkYear, topic: str) -> User:
    number = year.dice.choice(LAWYERS if topic in LAW else (1, 2, 3))
    return year.people.manager(number)


def fact(year: NetworkYear, country: str, topic: str, days: int = 0) -> Story:
    """Written, sent, approved by another house; then confirmed in time, too late or never, or replaced."""
    dice, people = year.dice, year.people
    writer, house = people.manager(0), people.houses[0]
    words: dict[str, Any] = {
        **WORDS,
        "country": country,
        "topic": topic,
        "visibility": dice.choice(("public", "public", "members")),
    }
    if topic == "undesirable":
        words["visibility"] = "members"
    row = facts.write_fact(actor=writer, organization=house, **words)
    yield dice.uniform(0, 3)
    row = facts.send(actor=writer, fact=row)
    year.refused("one's own fact", lambda: facts.approve(actor=writer, fact=row, has_read_source=True))
    yield dice.uniform(1, 9)
    lasts = days or dice.randint(40, 180)
    row = _approve(year, row, lasts)
    while (chance := dice.random()) < 0.75 and not days:
        yield lasts - dice.uniform(1, 20) if chance < 0.4 else lasts + dice.uniform(3, 30)
        row = CountryFact.objects.get(pk=row.pk)
        lasts = dice.randint(40, 180)
        until = clock.today() + dt.timedelta(days=lasts)
        row = facts.confirm(actor=_checker(year, topic), fact=row, has_read_source=True, valid_until=until)
        year.count("facts_confirmed")


def _approve(year: NetworkYear, row: CountryFact, lasts: int) -> CountryFact:
    actor, until = _checker(year, row.topic), clock.today() + dt.timedelta(days=lasts)
    year.count("facts_published")
    return facts.approve(actor=actor, fact=row, has_read_source=True, valid_until=until)


def danger(year: NetworkYear, country: str, fate: str) -> Story:
    """By one coordinator; another person seconds it, or it falls back by its hour."""
    actor, dice = year.people.coordinators[0], year.dice
    told: dict[str, Any] = {
        "kind": "warning",
        "level": "danger",
        "text": "Задержания у клиник.",
        "visibility": "public",
    }
    made = announce(actor=actor, country=country, topic=dice.choice(("", "art", "tb")), **told)
    year.count("dangers")
    year.refused("seconding oneself", lambda: second(actor=actor, notice=made))
    if fate == "never":
        return
    yield dice.uniform(0.1, 0.9) if fate != "late" else dice.uniform(1.2, 3)
    made = Notice.objects.get(pk=made.pk)
    if fate == "called_off":
        end_notice(actor=actor, notice=made)
        return
    made = second(actor=year.people.verifier, notice=made)
    year.count("dangers_seconded")
    yield dice.uniform(5, 20)
    if dice.random() < 0.5:  # other words: seconded anew by nobody
        announce(actor=actor, notice=Notice.objects.get(pk=made.pk), text="Задержания и у аптек.")
