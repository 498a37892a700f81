"""A round of yearly reviews: some agree, two see it differently and a third decides; gaps beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core import clock
from network.gaps import services as gaps
from network.gaps.models import AbsenceCheck
from network.reviews import services as reviews
from network.reviews.models import YearlyReview
from network.reviews.models.words import YearlyState
from simulation.network.people import there

if TYPE_CHECKING:
    from accounts.models import User
    from organizations.models import Organization
    from simulation.network.year import NetworkYear, Story

LEAF, COUNTRY = "naloxone", "GE"
#: Houses that look for themselves; the first of them is seen differently by whoever looks.
TOLD = (3, 4, 5)


def stories(year: NetworkYear) -> Iterator[tuple[float, Story]]:
    yield year.dice.uniform(6, 9), looked(year)
    yield year.dice.uniform(1, 3), a_round(year)


def looked(year: NetworkYear) -> Story:
    """Somebody has asked and found none: the one ground on which a cell says so."""
    kind, how = "pep", "Спросили клиники"
    yield 1

    def say(actor: int, house: int) -> AbsenceCheck:
        own = year.people.houses[house]
        return gaps.say_absent(
            actor=year.people.manager(actor), organization=own, how=how, service_type=kind, country=COUNTRY
        )

    year.refused("none, for another house", lambda: say(3, 4))
    say(3, 3)
    year.count("words_of_absence")


def a_round(year: NetworkYear) -> Story:
    """Written by themselves, looked at by others, in one case decided by a third."""
    leader = year.people.coordinators[0]
    planned = reviews.plan_round(actor=leader, country=COUNTRY, starts_on=clock.today())
    rows = [there(planned.reviews.filter(organization=year.people.houses[number]).first()) for number in TOLD]
    yield year.dice.uniform(3, 10)
    for row in rows:
        _write(year, row)
    yield 2
    for number, row in enumerate(rows):
        _look(year, YearlyReview.objects.get(pk=row.pk), differs=number == 0)
    yield 3
    disputed = YearlyReview.objects.get(pk=rows[0].pk)
    if disputed.state != YearlyState.DISPUTED:
        raise RuntimeError(f"not disputed: {disputed.state}")
    own = _manager(year, disputed.organization)
    year.refused("the reviewed one decides", lambda: reviews.decide(actor=own, review=disputed, sides={}, verdict="Мы"))
    by_hand = YearlyReview.objects.filter(pk=disputed.pk)
    year.refused("a review by its own", lambda: by_hand.update(third=disputed.organization))
    third = _manager(year, there(disputed.third))
    reviews.decide(actor=third, review=disputed, sides={LEAF: "own"}, verdict="Видели сами")
    year.count("reviews_decided_by_a_third")


def _write(year: NetworkYear, row: YearlyReview) -> None:
    actor = _manager(year, row.organization)
    reviews.write_lines(actor=actor, review=row, said={LEAF: reviews.LineSaid("partial", ["supplies"])})
    marks = {code: reviews.MarkSaid("met", "Видно у двери") for code in reviews.asked(row)}
    reviews.write_marks(actor=actor, review=row, said=marks)
    reviews.send(actor=actor, review=row)


def _look(year: NetworkYear, row: YearlyReview, *, differs: bool) -> None:
    actor = _manager(year, there(row.reviewer))
    own = _manager(year, row.organization)
    year.refused("a look at oneself", lambda: reviews.look(actor=own, review=row, lines={}, marks={}, remark=""))
    reviews.look(actor=actor, review=row, lines={LEAF: "none"} if differs else {}, marks={}, remark="Были")
    reviews.close_look(actor=actor, review=row)
    year.count("reviews_looked_at")


def _manager(year: NetworkYear, house: Organization) -> User:
    return year.people.managers[house.pk]
