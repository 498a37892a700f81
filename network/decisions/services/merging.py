"""Of two organisations that are one, the one that stays takes over seats, voices and what is under way.

Rule: one organisation has one voice. In a running vote the one that stays keeps the word that was given, whichever of
the two gave it; where both gave one, nothing moves before that vote is over. Past seats and votes stay as they were.
"""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from core.phrasing.dates import moment_in_words
from network.decisions.models import Decision, Seat, Vote, Voter
from network.decisions.models.words import DecisionState, VoteState
from organizations.models import Organization

MOVES = ("decisions.Seat.organization", "decisions.Voter.organization", "decisions.Decision.organization")


def hand_over(gone: Organization, kept: Organization) -> int:
    """How many seats, voices and decisions have moved; in the transaction of whoever calls."""
    taken = {"organization": kept, "version": F("version") + 1}
    seats = Seat.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today()), organization=gone)
    work = Decision.objects.filter(organization=gone, state=DecisionState.OPEN)
    voices = [_voice(row, kept) for row in _running(gone).order_by("pk")]
    return seats.update(**taken) + sum(voices) + work.update(**taken)


def _running(house: Organization) -> QuerySet[Voter]:
    rows = Voter.objects.filter(organization=house, vote__state=VoteState.OPEN, vote__closes_at__gt=clock.now())
    return rows.select_related("vote")


def _voice(row: Voter, kept: Organization) -> bool:
    """A voice in a running vote, of the members or of a seat."""
    if row.seat_id is None:
        other = Voter.objects.filter(vote=row.vote, organization=kept, seat__isnull=True).first()
        if other is not None or row.vote.about_id == kept.pk:
            if not _has_spoken(row):
                row.delete()
                return True
            if other is None or _has_spoken(other):
                raise _both_spoke(row.vote)
            other.delete()
    row.organization = kept
    row.save(update_fields=["organization"])
    return True


def _has_spoken(row: Voter) -> bool:
    return any(hasattr(row, name) for name in ("ballot", "voted", "objection"))


def _both_spoke(vote: Vote) -> WrongState:
    values = {"question": vote.question, "when": moment_in_words(vote.closes_at)}
    return WrongState(_("Both have voted on “%(question)s”: wait until it is over, %(when)s.") % values)
