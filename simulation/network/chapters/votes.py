"""What the members and the council decide: a yes, a tie, too few, a conflict, objections for safety, an election."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from core import clock
from network.decisions import services as decisions
from network.decisions.counting import VoteOutcome, count_of
from network.decisions.models import Objection, Vote
from network.decisions.tests.makers import announced, paper
from simulation.network.people import ballots, there

if TYPE_CHECKING:
    from simulation.network.year import NetworkYear, Story

LASTS = 10
#: Name → answers that are given, and how it has to end.
PLAIN: dict[str, tuple[dict[str, int], str]] = {
    "paper": ({"for": 6, "against": 2}, VoteOutcome.ADOPTED),
    "tie": ({"for": 3, "against": 3}, VoteOutcome.REJECTED),
    "too_few": ({"for": 1}, VoteOutcome.NO_QUORUM),
}


def stories(year: NetworkYear) -> Iterator[tuple[float, Story]]:
    """One of them ends in the week in which the worker is dead."""
    days = [year.dark - LASTS + 2.3, *(year.dice.uniform(5, 60) for _n in range(5)), year.dice.uniform(90, 200)]
    for name, day in zip(PLAIN, days, strict=False):
        yield day, plain(year, name)
    yield days[3], conflict(year)
    yield days[4], objection(year, is_answered=True)
    yield days[5], objection(year, is_answered=False)
    yield days[6], election(year)


def _begin(year: NetworkYear, **fields: Any) -> Vote:
    year.count("votes")
    closes_at = clock.now() + LASTS * dt.timedelta(days=1)
    told: dict[str, Any] = {"quorum": "third", "closes_at": closes_at} | fields
    return announced(year.people.made, **told)


def _ends(year: NetworkYear, vote: Vote, outcome: str) -> None:
    """Nobody votes afterwards, and it has ended as it had to."""
    late = there(vote.voters.filter(organization__member_status="member").order_by("pk").last())
    actor = year.people.managers[late.organization_id]
    year.refused("a late ballot", lambda: decisions.cast(actor=actor, vote=vote, voice=late, choice="for"))
    vote.refresh_from_db()
    told = count_of(vote).outcome
    if told != outcome:
        raise RuntimeError(f"{vote.question}: {told}, not {outcome}")
    year.count(f"votes_{told}")


def plain(year: NetworkYear, name: str) -> Story:
    """Answers, an end, and where it was a yes a decision that is done in time or late."""
    answers, outcome = PLAIN[name]
    version = paper(year.people.made) if name == "paper" else None
    vote = _begin(year, question=f"Голосование: {name}", **({"paper": version} if version else {}))
    yield year.dice.uniform(1, 8)
    ballots(year.people, year.dice, vote, answers)
    yield LASTS
    _ends(year, vote, outcome)
    if version is None:
        return
    told: dict[str, Any] = {"organization": year.people.houses[1], "responsible": year.people.manager(1)}
    day = clock.today() + dt.timedelta(days=20)
    made = decisions.decide(actor=year.people.made.chair, vote=vote, text="Так и делаем", due_on=day, **told)
    yield year.dice.choice((10, 40))
    decisions.finish(actor=year.people.manager(1), decision=made)
    year.count("decisions_done")


def conflict(year: NetworkYear) -> Story:
    """A question about a member: it has no voice itself, and another one stands back."""
    people, about = year.people, year.people.houses[4]
    vote = _begin(year, question="Голосование: о доме", about=about)
    yield 1
    foreign = there(vote.voters.exclude(organization=about).first())
    year.refused(
        "a voice about oneself",
        lambda: decisions.cast(actor=people.manager(4), vote=vote, voice=foreign, choice="for"),
    )
    year.refused("a voice made for it", lambda: vote.voters.create(vote=vote, organization=about))
    ballots(people, year.dice, vote, {"for": 4, "against": 1, "conflict": 1})
    yield LASTS
    _ends(year, vote, VoteOutcome.ADOPTED)


def objection(year: NetworkYear, *, is_answered: bool) -> Story:
    """Somebody says that it is dangerous; the council answers in time, or not at all."""
    people = year.people
    vote = _begin(year, question=f"Голосование: опасно ли, {is_answered}")
    yield 2
    ballots(people, year.dice, vote, {"for": 6, "against": 1})
    voice = vote.voters.get(organization=people.houses[1])
    raised = decisions.object_to(actor=people.manager(1), vote=vote, voice=voice, text="Адреса увидят все")

    def answer(number: int) -> Objection:
        actor, said = people.manager(number), "Адресов там нет"
        return decisions.answer_objection(actor=actor, objection=raised, stands=False, answer=said)

    year.refused("an answer to one's own objection", lambda: answer(1))
    yield LASTS - 2 + 1
    year.refused("a decision while it is halted", lambda: decisions.record(vote=vote, text="Да"))
    if is_answered:
        answer(2)
        _ends(year, vote, VoteOutcome.ADOPTED)
        return
    yield 30
    _ends(year, vote, VoteOutcome.OBJECTED)
    year.refused("an answer after its day", lambda: answer(2))


def election(year: NetworkYear) -> Story:
    """Secret: each voice is given once."""
    options = ["Первая", "Вторая"]
    vote = _begin(year, question="Голосование: выборы", options=options, is_secret=True)
    yield 3
    ballots(year.people, year.dice, vote, {"1": 5, "2": 1})
    again = there(vote.voters.filter(voted__isnull=False).order_by("pk").first())
    actor = year.people.managers[again.organization_id]
    year.refused("a second secret voice", lambda: decisions.cast(actor=actor, vote=vote, voice=again, choice="2"))
    yield LASTS
    _ends(year, vote, VoteOutcome.ADOPTED)
