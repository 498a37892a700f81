"""How a vote stands, told by the clock of the question: turnout while it runs, choices when it is over.

Nothing is stored at the end. After it no ballot can change (the database refuses), so the count of any later day is
the count of the end, whether a worker was awake or not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from core import clock
from network.decisions.models import Ballot, Objection, SecretCount, Vote, Voted, Voter
from network.decisions.models.announced import answered_until
from network.decisions.models.words import Choice, Quorum, Threshold, VoteState


class VoteOutcome(StrEnum):
    DRAFT = "draft"
    RUNNING = "running"
    CANCELLED = "cancelled"
    #: Over, and an objection for safety waits for its answer, until its day.
    HALTED = "halted"
    #: An objection for safety was upheld, or not answered by its day.
    OBJECTED = "objected"
    NO_QUORUM = "no_quorum"
    #: Its end came without its quorum, and it will run on once: nobody reads the choices yet.
    PAUSED = "paused"
    ADOPTED = "adopted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Count:
    """`voices` may vote and have no conflict, `cast` of them did; `choices` is empty until the end."""

    outcome: VoteOutcome
    voices: int
    cast: int
    needed: int
    conflicts: int = 0
    choices: Mapping[str, int] = field(default_factory=dict)
    #: The number of the option that won an election.
    winner: str = ""


def count_of(vote: Vote) -> Count:
    return counts_of([vote])[vote.pk]


def counts_of(votes: Sequence[Vote]) -> dict[int, Count]:
    """How each of them stands, in a constant number of queries."""
    voices = Counter(Voter.objects.filter(vote__in=votes).order_by().values_list("vote", flat=True))
    cast = _cast(votes)
    answers: dict[int, list[bool | None]] = defaultdict(list)
    for number, stands in Objection.objects.filter(voter__vote__in=votes).values_list("voter__vote", "stands"):
        answers[number].append(stands)
    for vote in votes:  # unanswered in its time, it stands
        if vote.is_over and answered_until(vote.closes_at) <= clock.now():
            answers[vote.pk] = [stands is not False for stands in answers[vote.pk]]
    return {vote.pk: _count(vote, voices[vote.pk], cast[vote.pk], answers[vote.pk]) for vote in votes}


def _count(vote: Vote, voices: int, every: Counter[str], answers: Sequence[bool | None]) -> Count:
    conflicts = every.pop(Choice.CONFLICT.value, 0)
    voices, cast = voices - conflicts, sum(every.values())
    needed = quorum_of(vote.quorum, voices)
    if not vote.is_over:
        known = {VoteState.DRAFT: VoteOutcome.DRAFT, VoteState.CANCELLED: VoteOutcome.CANCELLED}
        return Count(known.get(VoteState(vote.state), VoteOutcome.RUNNING), voices, cast, needed)
    winner = _winner(vote, every)
    outcome = _outcome(answers, is_quorate=cast >= needed, is_won=bool(winner))
    if outcome == VoteOutcome.NO_QUORUM and vote.prolongs and vote.prolonged_at is None:
        return Count(VoteOutcome.PAUSED, voices, cast, needed)
    return Count(outcome, voices, cast, needed, conflicts, every, winner if outcome == VoteOutcome.ADOPTED else "")


def quorum_of(quorum: str, voices: int) -> int:
    """How many have to take part, at least one."""
    parts = {Quorum.NONE: (0, 1), Quorum.THIRD: (1, 3), Quorum.HALF: (1, 2), Quorum.TWO_THIRDS: (2, 3)}
    above, below = parts[Quorum(quorum)]
    return max(1, -(-voices * above // below))


def is_enough(threshold: str, *, pro: int, contra: int) -> bool:
    """A tie is no, and so is nobody at all."""
    if pro <= contra:
        return False
    if threshold == Threshold.ALL:
        return contra == 0
    return threshold != Threshold.TWO_THIRDS or 3 * pro >= 2 * (pro + contra)


def _cast(votes: Sequence[Vote]) -> dict[int, Counter[str]]:
    """Of a secret vote that runs only how many there are: its counts are not read before the end."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for number, choice in Ballot.objects.filter(voter__vote__in=votes).values_list("voter__vote", "choice"):
        found[number][choice] += 1
    over = [vote.pk for vote in votes if vote.is_secret and vote.is_over]
    for row in SecretCount.objects.filter(vote__in=over):
        found[row.vote_id][row.choice] += row.n
    for number in Voted.objects.filter(voter__vote__in=votes).values_list("voter__vote", flat=True):
        found[number][""] += number not in over
    return found


def _winner(vote: Vote, choices: Counter[str]) -> str:
    """The answer that has enough voices, "" when none has."""
    if not vote.options:
        pro, contra = choices[Choice.FOR.value], choices[Choice.AGAINST.value]
        return Choice.FOR.value if is_enough(vote.threshold, pro=pro, contra=contra) else ""
    named = {code: choices[code] for code, _name in vote.choices if code.isdigit()}
    best = max(named, key=lambda code: named[code])
    others = sum(named.values()) - named[best]
    return best if is_enough(vote.threshold, pro=named[best], contra=others) else ""


def _outcome(answers: Sequence[bool | None], *, is_quorate: bool, is_won: bool) -> VoteOutcome:
    if True in answers:
        return VoteOutcome.OBJECTED
    if None in answers:
        return VoteOutcome.HALTED
    if not is_quorate:
        return VoteOutcome.NO_QUORUM
    return VoteOutcome.ADOPTED if is_won else VoteOutcome.REJECTED
