"""What every step asks first."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from network.grants import letters, rights
from network.grants.models import Grant, GrantApplication, GrantReport, GrantScore
from network.grants.models.words import GrantScoreState

if TYPE_CHECKING:
    from accounts.models import User
    from network.decisions.models import Seat

CENT = Decimal("0.01")


def locked(application: GrantApplication) -> GrantApplication:
    """The row until the end of the transaction."""
    return GrantApplication.objects.select_for_update().get(pk=application.pk)


def locked_grant(grant: Grant) -> Grant:
    return Grant.objects.select_for_update().get(pk=grant.pk)


def locked_report(report: GrantReport) -> GrantReport:
    return GrantReport.objects.select_for_update().get(pk=report.pk)


def let_go(score: GrantScore) -> GrantScore:
    """Who was asked and has not scored is not asked any more, and is told."""
    row = GrantScore.objects.select_for_update().get(pk=score.pk)
    if row.state != GrantScoreState.ASKED:
        raise WrongState(_("This score was given already."))
    row.state = GrantScoreState.RELEASED
    row.version += 1
    row.save()
    letters.released(row)
    return row


def let_all_go(application: GrantApplication) -> None:
    """Of everybody who has not scored it."""
    for score in application.scores.filter(state=GrantScoreState.ASKED).order_by("pk"):
        let_go(score)


def need_keeper(actor: User, application: GrantApplication) -> Seat:
    """The seat of whoever keeps the committee's affairs."""
    seat = rights.keeping_seat(actor, application)
    if seat is None:
        raise NotAllowed(_("The secretary of the committee does this, and nobody about their own organisation."))
    return seat


def need_writer(actor: User, application: GrantApplication) -> None:
    if not rights.writes(actor, application.organization):
        raise NotAllowed(_("The organisation itself writes this."))


def need_manager(actor: User, application: GrantApplication) -> None:
    if not rights.manages(actor, application.organization):
        raise NotAllowed(_("A manager of the organisation does this."))


def need_words(text: str, field: str = "reason") -> str:
    said = text.strip()
    if not said:
        raise ValidationError({field: _("Say why: the organisation reads it.")})
    return said


def touch(row: Grant | GrantReport) -> None:
    row.version += 1
    row.updated_at = clock.now()
