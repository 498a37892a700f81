"""What a vote's page says, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.phrasing.dates import moment_in_words
from network.decisions.counting import Count, VoteOutcome, count_of, counts_of
from network.decisions.models import Ballot, Decision, Objection, Vote, Voted, Voter, kept_bodies
from network.decisions.models.words import Quorum, VoteState
from network.decisions.services.objecting import may_answer
from network.decisions.services.voting import asked_of, voices_of
from organizations.models import Membership, MembershipRole
from organizations.models.membership import OWN_ROLES

if TYPE_CHECKING:
    from accounts.models import User


def words_of(outcome: str) -> tuple[str, str]:
    """The state in words and the tone of its tag."""
    return {
        VoteOutcome.DRAFT: (_("being prepared"), ""),
        VoteOutcome.RUNNING: (_("is running"), "accent"),
        VoteOutcome.CANCELLED: (_("called off"), ""),
        VoteOutcome.HALTED: (_("waits for the council"), "warn"),
        VoteOutcome.OBJECTED: (_("not adopted: an objection for safety stands"), "danger"),
        VoteOutcome.NO_QUORUM: (_("not adopted: too few took part"), ""),
        VoteOutcome.PAUSED: (_("too few took part: it will run for seven days more"), "warn"),
        VoteOutcome.ADOPTED: (_("adopted"), "ok"),
        VoteOutcome.REJECTED: (_("not adopted"), ""),
    }[VoteOutcome(outcome)]


def lines_of(votes: Iterable[Vote], user: User) -> list[dict[str, object]]:
    """Votes in a list; `asked` where this person's voice is waited for."""
    rows = list(votes)
    counts = counts_of(rows)
    asked = set(asked_of(user).order_by().values_list("vote", flat=True))
    found = []
    for vote in rows:
        words, tone = words_of(counts[vote.pk].outcome)
        count, until = counts[vote.pk], until_of(vote)
        found.append(
            {"vote": vote, "count": count, "words": words, "tone": tone, "until": until, "asked": vote.pk in asked}
        )
    return found


def until_of(vote: Vote) -> str:
    return f"{moment_in_words(vote.closes_at)} UTC"


def page_of(vote: Vote, user: User) -> dict[str, object]:
    """Choices and names stand there when the vote is over; reasons are for those who answer for the network."""
    count = count_of(vote)
    words, tone = words_of(count.outcome)
    keeps = kept_bodies(user).filter(pk=vote.body_id).exists()
    named = dict(vote.choices)
    is_told = vote.is_over and count.outcome != VoteOutcome.PAUSED
    return {
        "vote": vote,
        "count": count,
        "words": words,
        "tone": tone,
        "until": until_of(vote),
        "keeps": keeps,
        "may_cancel": vote.state == VoteState.DRAFT or vote.is_running,
        "voices": _voices(vote, user) if vote.is_running else [],
        "choices": vote.choices,
        "results": [(name, count.choices.get(code, 0)) for code, name in vote.choices] if is_told else [],
        "winner": named.get(count.winner, "") if vote.options else "",
        "names": _names(vote, named, shows_reasons=keeps or user.is_coordinator) if is_told else [],
        "objections": _objections(vote, user, keeps),
        "decision": Decision.objects.filter(vote=vote).first(),
        "may_decide": keeps and count.outcome == VoteOutcome.ADOPTED,
        "quorum": _quorum(vote, count),
    }


def _quorum(vote: Vote, count: Count) -> str:
    """Which part, and how many that is."""
    if vote.quorum == Quorum.NONE:
        return vote.get_quorum_display()
    return _("%(name)s, that is %(needed)d") % {"name": vote.get_quorum_display(), "needed": count.needed}


def _voices(vote: Vote, user: User) -> list[dict[str, object]]:
    """The voices that this person may give, and what was said by them."""
    found = []
    for voter in voices_of(user, vote).select_related("ballot", "voted"):
        ballot: Ballot | None = getattr(voter, "ballot", None)
        manages = Membership.objects.filter(
            organization=voter.organization, user=user, role=MembershipRole.MANAGER
        ).exists()
        found.append(
            {
                "voter": voter,
                "choice": ballot.choice if ballot else "",
                "reason": ballot.reason if ballot else "",
                "is_given": ballot is not None or Voted.objects.filter(voter=voter).exists(),
                "colleagues": _colleagues(voter, user) if manages and voter.seat_id is None else [],
                "objected": Objection.objects.filter(voter=voter).exists(),
            }
        )
    return found


def _colleagues(voter: Voter, user: User) -> list[tuple[int, str]]:
    rows = voter.organization.memberships.filter(role__in=OWN_ROLES, user__is_active=True).exclude(user=user)
    return [(one.user_id, str(one.user)) for one in rows.select_related("user").order_by("user__name", "pk")]


def _names(vote: Vote, named: dict[str, str], *, shows_reasons: bool) -> list[dict[str, str]]:
    """Who said what, in an open vote; who took part, in a secret one."""
    if vote.is_secret:
        rows_of = Voter.objects.filter(vote=vote, voted__isnull=False).select_related("organization")
        return [{"name": str(voter.organization)} for voter in rows_of.order_by("organization__name", "pk")]
    rows = Ballot.objects.filter(voter__vote=vote).select_related("voter__organization", "voter__seat__person")
    return [
        {
            "name": _name(ballot.voter),
            "choice": named.get(ballot.choice, ballot.choice),
            "reason": ballot.reason if shows_reasons else "",
        }
        for ballot in rows.order_by("voter__organization__name", "pk")
    ]


def _name(voter: Voter) -> str:
    person = voter.seat.person if voter.seat else None
    return f"{voter.organization} · {person}" if person else str(voter.organization)


def _objections(vote: Vote, user: User, keeps: bool) -> list[dict[str, object]]:
    """What is said to be dangerous is for the council, those who keep the body, and whoever said it."""
    rows = (
        Objection.objects.filter(voter__vote=vote).select_related("voter__organization", "voter__vote").order_by("pk")
    )
    found: list[dict[str, object]] = []
    for row in rows:
        answers = may_answer(user, row)
        reads = keeps or answers or row.raised_by_id == user.pk
        found.append({"row": row, "reads": reads, "answers": answers and row.stands_now is None})
    return found
