"""Objections for safety: they halt a count until the council has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from network.decisions import letters, seats
from network.decisions.errors import NoVoice
from network.decisions.models import Objection, Vote, Voter
from network.decisions.models.bodies import SeatQuerySet
from network.decisions.models.words import BodyKind
from network.decisions.services.voting import VOICES, voices_of

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def object_to(*, actor: User, vote: Vote, voice: Voter, text: str) -> Objection:
    """Before the end, once for each voice. The council is told at once."""
    row = Vote.objects.select_for_update().get(pk=vote.pk)
    if not row.is_running:
        raise WrongState(_("This vote does not run now."))
    found = voices_of(actor, row).filter(pk=voice.pk).first()
    if found is None:
        raise NoVoice(_("You have no voice in this vote."))
    if not text.strip():
        raise HouseError(_("Write what is dangerous."), field="text")
    if Objection.objects.filter(voter=found).exists():
        raise WrongState(_("Your objection is written down already."))
    objection = Objection(voter=found, text=text.strip(), raised_by=actor)
    objection.full_clean()
    objection.save()
    letters.objected(objection)
    return objection


def may_answer(actor: User, objection: Objection) -> bool:
    """Whoever sits in the council with a voice, for another organisation than the one that objects."""
    return _seats(actor, objection).exists()


@transaction.atomic
def answer_objection(*, actor: User, objection: Objection, stands: bool, answer: str) -> Objection:
    """Once, in words, by its day: what stands ends the vote without a yes."""
    row = Objection.objects.select_for_update().get(pk=objection.pk)
    seat = _seats(actor, row).first()
    if seat is None:
        raise NotAllowed(_("The council answers, by somebody of another organisation."))
    if row.stands is not None:
        raise WrongState(_("This was answered meanwhile."))
    if row.stands_now:
        raise WrongState(_("The day for an answer has passed: the objection stands."))
    if not answer.strip():
        raise HouseError(_("Say why."), field="answer")
    row.stands, row.answer = stands, answer.strip()
    row.answered_by, row.answered_for = actor, seat.organization
    row.version += 1
    row.updated_at = clock.now()
    row.full_clean()
    row.save()
    return row


def _seats(actor: User, objection: Objection) -> SeatQuerySet:
    """Of the council."""
    held = seats.of(actor).filter(body__kind=BodyKind.COUNCIL, kind__in=VOICES)
    return held.exclude(organization=objection.voter.organization_id).order_by("pk")
