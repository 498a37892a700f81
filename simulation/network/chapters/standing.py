"""Two suspensions, one of which lapses while the worker is dead; one house leaves; the yearly word of members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core import clock
from network.decisions.tests.makers import announced
from network.joining.services import standing
from simulation.network.people import CONFIRMED, LEAVES, SUSPENDED, ballots

if TYPE_CHECKING:
    from simulation.network.year import NetworkYear, Story

#: From START to the 3rd of January.
JANUARY = 124


def stories(year: NetworkYear) -> Iterator[tuple[float, Story]]:
    yield year.dark + 1.4 - standing.SUSPENDED_DAYS, lapses(year)
    yield year.dice.uniform(100, 150), confirmed(year)
    yield year.dice.uniform(240, 300), leaves(year)
    yield JANUARY + year.dice.random(), takes_part(year)


def lapses(year: NetworkYear) -> Story:
    """By one administrator, and nobody confirms it."""
    house, people = year.people.houses[SUSPENDED], year.people
    year.refused(
        "a suspension by a coordinator",
        lambda: standing.suspend(actor=people.coordinators[0], organization=house, note="Просто так"),
    )
    standing.suspend(actor=people.made.administrator, organization=house, note="Угроза людям")
    year.count("suspensions")
    yield standing.SUSPENDED_DAYS + 8
    house.refresh_from_db()
    if house.member_status != "member":
        raise RuntimeError("a suspension that nobody confirmed goes on")
    year.count("suspensions_lapsed")


def confirmed(year: NetworkYear) -> Story:
    """The members say yes to it; from then on they alone lift it."""
    house, people, dice = year.people.houses[CONFIRMED], year.people, year.dice
    admin = people.made.administrator
    standing.suspend(actor=admin, organization=house, note="Угроза людям")
    year.count("suspensions")
    yield dice.uniform(1, 4)
    ends = clock.now() + dt.timedelta(days=10)
    vote = announced(people.made, question="Подтвердить?", about=house, closes_at=ends, quorum="third")
    year.count("votes")
    ballots(people, dice, vote, {"for": 5, "against": 1})
    year.refused(
        "a confirmation before the end",
        lambda: standing.confirm_suspension(actor=admin, organization=house, vote=vote),
    )
    yield 11
    standing.confirm_suspension(actor=admin, organization=house, vote=vote)
    year.count("suspensions_confirmed")
    yield 40
    year.refused("one alone lifts it", lambda: standing.restore(actor=admin, organization=house, note="Хватит"))


def leaves(year: NetworkYear) -> Story:
    """Of its own wish; the heir has to be a member."""
    house, people = year.people.houses[LEAVES], year.people
    actor, heir = people.manager(LEAVES), people.houses[1]
    year.refused("itself as heir", lambda: standing.leave(actor=actor, organization=house, heir=house))
    yield 1
    standing.leave(actor=actor, organization=house, heir=heir)
    year.count("left")


def takes_part(year: NetworkYear) -> Story:
    """Most press in January, some twice, and some say nothing: nothing ends by it."""
    for number, house in enumerate(year.people.houses[:6]):
        yield year.dice.uniform(0, 3)
        for _press in range(year.dice.choice((0, 1, 1, 1, 2))):
            standing.take_part(actor=year.people.manager(number), organization=house)
            year.count("yearly_words")
