"""A vote from its draft to its announcement, and the voices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, F, PositiveIntegerField, Q, Value, When
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from network.decisions import letters
from network.decisions.errors import NoVoice, VotedAlready
from network.decisions.models import (
    Ballot,
    Body,
    DocumentVersion,
    Seat,
    SecretCount,
    Vote,
    Voted,
    Voter,
)
from network.decisions.models.words import BodyKind, SeatKind
from network.decisions.services._inside import keep
from network.decisions.transitions import move_vote
from organizations.models import Membership, MembershipRole, MemberStatus, Organization
from organizations.models.membership import OWN_ROLES
from organizations.models.organization import standing_as

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

#: Seats with a voice. Whoever keeps the minutes and the lawyer advise.
VOICES = (SeatKind.CHAIR, SeatKind.MEMBER)
SHORTEST = dt.timedelta(days=1)


@transaction.atomic
def draft_vote(
    *, actor: User, body: Body, question: str, closes_at: dt.datetime, text: str = "", options: Sequence[str] = (),
    about: Organization | None = None, paper: DocumentVersion | None = None, quorum: str = "third",
    threshold: str = "majority", is_secret: bool = False,
) -> Vote:  # fmt: skip
    keep(actor, body)
    if paper is not None and (paper.document.body_id != body.pk or paper.adopted_by_id is not None):
        raise HouseError(_("This paper cannot be put to this vote."), field="paper")
    named = [" ".join(option.split()) for option in options if option.strip()]
    if len(named) != len(set(named)):
        raise HouseError(_("Two options are the same."), field="options")
    vote = Vote(
        body=body, question=question, text=text, options=named, about=about, paper=paper, quorum=quorum,
        threshold=threshold, is_secret=is_secret, closes_at=closes_at,
    )  # fmt: skip
    vote.full_clean()
    vote.save()
    return vote


@transaction.atomic
def announce(*, actor: User, vote: Vote) -> Vote:
    """Now it runs, until its end. Who has a voice is written down, and everybody of them is told."""
    row = _locked(vote)
    keep(actor, row.body)
    return begin(row)


def begin(row: Vote) -> Vote:
    """The announcement itself, whoever was asked whether it may be."""
    move_vote(row, "announce")
    row.opens_at = clock.now()
    if row.closes_at < row.opens_at + SHORTEST:
        raise HouseError(_("A vote runs for a day at least: choose a later end."), field="closes_on")
    row.save()
    voters = _voices(row)
    if not voters:
        raise WrongState(_("Nobody has a voice in this body yet."))
    Voter.objects.bulk_create(voters)
    if row.is_secret:
        SecretCount.objects.bulk_create([SecretCount(vote=row, choice=code) for code, _name in row.choices])
    letters.announced(row)
    return row


def _voices(vote: Vote) -> list[Voter]:
    """Every member, or every seat with a voice; never an organisation about itself."""
    if vote.body.kind == BodyKind.ASSEMBLY:
        members = Organization.objects.filter(standing_as(MemberStatus.MEMBER)).exclude(pk=vote.about_id or 0)
        rows = members.select_for_update(no_key=True).order_by("pk")
        return [Voter(vote=vote, organization=member) for member in rows]
    seats = Seat.objects.current().filter(body=vote.body, kind__in=VOICES).exclude(organization=vote.about_id)
    rows_of_seats = seats.select_related("organization").order_by("pk")
    return [Voter(vote=vote, organization=seat.organization, seat=seat) for seat in rows_of_seats]


@transaction.atomic
def cancel(*, actor: User, vote: Vote, reason: str) -> Vote:
    if not reason.strip():
        raise HouseError(_("Say why."), field="reason")
    row = _locked(vote)
    keep(actor, row.body)
    move_vote(row, "cancel")
    row.reason = reason.strip()[:500]
    row.save()
    return row


def voices(actor: User) -> QuerySet[Voter]:
    """The voices that the person may give: of their seat, of where they manage, of where they were named."""
    seated = Q(seat__in=Seat.objects.current().filter(person=actor))
    mine = Membership.objects.filter(user=actor)
    manages = Q(organization__in=mine.filter(role=MembershipRole.MANAGER).values("organization"))
    named = Q(delegate=actor, organization__in=mine.values("organization"))
    standing = Q(seat__isnull=True) & standing_as(MemberStatus.MEMBER, prefix="organization__")
    rows = Voter.objects.filter(seated | (standing & (manages | named)))
    return rows.select_related("organization", "seat").order_by("pk")


def voices_of(actor: User, vote: Vote) -> QuerySet[Voter]:
    return voices(actor).filter(vote=vote)


def asked_of(actor: User) -> QuerySet[Voter]:
    """Voices of votes that run which the person could give and nobody has given."""
    running = Vote.objects.running()
    return voices(actor).filter(vote__in=running, ballot__isnull=True, voted__isnull=True)


@transaction.atomic
def cast(*, actor: User, vote: Vote, voice: Voter, choice: str, reason: str = "") -> None:
    """Give or change a voice, before the end. A secret one cannot be found again, so it is given once."""
    row = _locked(vote)
    if not row.is_running:
        raise WrongState(_("This vote does not run now."))
    found = voices_of(actor, row).filter(pk=voice.pk).first()
    if found is None:
        raise NoVoice(_("You have no voice in this vote."))
    if choice not in dict(row.choices):
        raise HouseError(_("Choose one of the answers."), field="choice")
    if row.is_secret:
        _cast_in_secret(row, found, choice)
        return
    told = {"choice": choice, "reason": reason.strip()[:500], "cast_at": clock.now(), "cast_by": actor}
    Ballot.objects.update_or_create(voter=found, defaults=told)


def _cast_in_secret(vote: Vote, voice: Voter, choice: str) -> None:
    """All counts are written at once, so that no row of the database is younger than the others."""
    _mark, is_new = Voted.objects.get_or_create(voter=voice)
    if not is_new:
        raise VotedAlready(_("This voice was given. It is secret, so nobody can find it and change it."))
    more = Case(When(choice=choice, then=Value(1)), default=Value(0), output_field=PositiveIntegerField())
    SecretCount.objects.filter(vote=vote).update(n=F("n") + more)


@transaction.atomic
def name_delegate(*, actor: User, vote: Vote, voice: Voter, person: User | None) -> None:
    """A manager names somebody of the same organisation; there are no proxies between organisations."""
    row = _locked(vote)
    if not row.is_running:
        raise WrongState(_("This vote does not run now."))
    found = row.voters.select_for_update().get(pk=voice.pk)
    members = found.organization.memberships
    if found.seat_id is not None or not members.filter(user=actor, role=MembershipRole.MANAGER).exists():
        raise NotAllowed(_("Only a manager of the organisation may do this."))
    if person is not None and not members.filter(user=person, role__in=OWN_ROLES).exists():
        raise HouseError(_("This person is not in that organisation."), field="person")
    found.delegate = person
    found.save(update_fields=["delegate"])


def _locked(vote: Vote) -> Vote:
    """The vote's row until the end of the transaction: voices, objections and steps wait for each other."""
    return Vote.objects.select_for_update().get(pk=vote.pk)
