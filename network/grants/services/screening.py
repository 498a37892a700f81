"""The secretary's first look: whether it fits the call; and one question, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from core.writing import clean_text, one_write
from network.grants import letters, rights
from network.grants.models import GrantApplication, GrantOpinion
from network.grants.models.words import BID_OPEN, BidState
from network.grants.services._inside import locked, need_keeper, need_words
from network.grants.transitions import move

if TYPE_CHECKING:
    from accounts.models import User


@one_write
def take(*, actor: User, application: GrantApplication) -> GrantApplication:
    """It fits the call."""
    row = locked(application)
    need_keeper(actor, row)
    move(row, "take")
    row.screened_by = actor
    row.save()
    return row


@one_write
def refuse(*, actor: User, application: GrantApplication, reason: str) -> GrantApplication:
    """It does not fit the call; the organisation reads why."""
    row = locked(application)
    need_keeper(actor, row)
    move(row, "refuse")
    row.reason, row.screened_by, row.decided_on = need_words(reason)[:1000], actor, clock.today()
    row.save()
    letters.to_applicant(row)
    return row


@one_write
def ask(*, actor: User, application: GrantApplication, question: str) -> GrantApplication:
    """Once. Without an answer in seven days it goes on as it is."""
    row = locked(application)
    need_keeper(actor, row)
    if row.asked_on is not None:
        raise WrongState(_("A question is asked once."))
    if not question.strip():
        raise ValidationError({"question": _("Write the question.")})
    move(row, "ask")
    row.question, row.asked_on = question.strip()[:1000], clock.today()
    row.save()
    letters.to_applicant(row)
    return row


@one_write
def say_need(*, actor: User, application: GrantApplication, text: str) -> GrantOpinion:
    """A coordinator of the country says how much it is needed there; a newer word takes the place of the older."""
    row = locked(application)
    if not rights.coordinates(actor, row):
        raise NotAllowed(_("This is for the coordinator of the country, and not about one's own organisation."))
    if row.state not in BID_OPEN or row.state == BidState.DRAFT:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": row.stage.label})
    said = clean_text(text, lines=True)
    if not said:
        raise ValidationError({"text": _("Say it in a few words.")})
    made, _is_new = GrantOpinion.objects.update_or_create(
        application=row, person=actor, defaults={"text": said[:1000], "said_at": clock.now()}
    )
    return made
