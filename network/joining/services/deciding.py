"""What the network does about an application: checks, questions, the vote, and what the vote has said."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from network.decisions import services as decisions
from network.decisions.counting import VoteOutcome, count_of
from network.joining import letters
from network.joining.models import Application, ApplicationCheck, ApplicationQuestion
from network.joining.models.words import ApplicationState, ChangeReason, CheckKind
from network.joining.services._inside import is_of, locked, need_coordinator, sits_in_council, speaks_for
from network.joining.services.applying import invite_applicant
from network.joining.services.standing import change
from network.joining.transitions import DAYS, move
from organizations.models import MemberStatus, Organization

if TYPE_CHECKING:
    from accounts.models import User

#: Ends of a vote after which the applicant may be told no.
NOES = (VoteOutcome.REJECTED, VoteOutcome.OBJECTED, VoteOutcome.NO_QUORUM)
#: And after which the members may be asked once more.
UNDECIDED = (VoteOutcome.CANCELLED, VoteOutcome.NO_QUORUM)


@transaction.atomic
def take_up(*, actor: User, application: Application) -> Application:
    row = locked(application)
    need_coordinator(actor, row)
    move(row, "check")
    row.save()
    letters.to_applicant(row)
    return row


def may_check(actor: User, application: Application, kind: str) -> bool:
    """Who writes for another organisation that is no newcomer, or answers for the network.

    Money and sanctions: administrators.
    """
    if is_of(actor, application.organization):
        return False
    if kind == CheckKind.SANCTIONS:
        return actor.is_administrator
    if kind == CheckKind.SAFETY:
        return actor.is_coordinator or sits_in_council(actor)
    own = speaks_for(actor)
    own = None if own is not None and own.is_newcomer else own
    referees = {application.referee_one_id, application.referee_two_id}
    if kind == CheckKind.REFEREES and own is not None and own.pk in referees:
        return False
    return own is not None or actor.is_coordinator


@transaction.atomic
def check(*, actor: User, application: Application, kind: str, outcome: str, note: str = "") -> ApplicationCheck:
    """Once each. A concern is told in words."""
    row = locked(application)
    if row.stage not in (ApplicationState.CHECKING, ApplicationState.NEEDS_INFO):
        raise WrongState(_("This application is not being checked now."))
    if kind not in CheckKind.values or not may_check(actor, row, kind):
        raise NotAllowed(_("Somebody of another organisation checks this."))
    if outcome == "concern" and not note.strip():
        raise HouseError(_("Say what the concern is."), field="note")
    made = ApplicationCheck(
        application=row, kind=kind, outcome=outcome, note=note.strip(), organization=speaks_for(actor), checked_by=actor
    )
    made.full_clean()
    made.save()
    return made


def missing_checks(application: Application) -> list[CheckKind]:
    done = set(application.checks.values_list("kind", flat=True))
    return [kind for kind in CheckKind if kind.value not in done]


@transaction.atomic
def ask(*, actor: User, application: Application, text: str) -> ApplicationQuestion:
    row = locked(application)
    need_coordinator(actor, row)
    if not text.strip():
        raise HouseError(_("Write the question."), field="text")
    move(row, "ask")
    question = ApplicationQuestion(application=row, text=text.strip(), asked_by=actor)
    question.full_clean()
    question.save()
    row.save()
    letters.to_applicant(row)
    return question


@transaction.atomic
def put_to_vote(*, actor: User, application: Application) -> Application:
    """When all six checks are in; again, when a vote was called off or too few took part."""
    row = locked(application)
    need_coordinator(actor, row)
    if missing_checks(row):
        raise WrongState(_("Not everything is checked yet."))
    if row.vote is not None and count_of(row.vote).outcome not in UNDECIDED:
        raise WrongState(_("The members are asked already."))
    if row.organization is None:
        raise WrongState(_("This application was not sent yet."))
    move(row, "put_to_vote")
    closes_at = clock.now() + dt.timedelta(days=DAYS[ApplicationState.VOTING])
    row.vote = decisions.ask_members(
        question=_("Admit “%(name)s” to the network?") % {"name": row.name},
        text=row.about,
        about=row.organization,
        closes_at=closes_at,
    )
    row.due_at = closes_at
    row.save()
    letters.to_applicant(row)
    return row


@transaction.atomic
def accept(*, actor: User, application: Application, mentor: Organization, answer: str = "") -> Application:
    """The vote has said yes: its decision is written down, and an organisation goes along with the newcomer."""
    row = locked(application)
    need_coordinator(actor, row)
    if row.vote is None:
        raise WrongState(_("The members were not asked yet."))
    if row.organization is None or mentor.member_status != MemberStatus.MEMBER or mentor.pk == row.organization_id:
        raise HouseError(_("Choose a member that goes along."), field="mentor")
    move(row, "accept")
    text = _("“%(name)s” is admitted to the network") % {"name": row.name}
    row.decision = decisions.record(vote=row.vote, text=text)
    row.mentor, row.answer = mentor, answer.strip()
    row.full_clean(exclude=["answers"])
    row.save()
    invite_applicant(application=row)
    letters.mentor(row)
    return row


@transaction.atomic
def decline(*, actor: User, application: Application, answer: str) -> Application:
    """The vote has not said yes. The applicant reads why, in words."""
    row = locked(application)
    need_coordinator(actor, row)
    if not answer.strip():
        raise HouseError(_("Say why, in words that the applicant reads."), field="answer")
    if row.vote is None or count_of(row.vote).outcome not in NOES:
        raise WrongState(_("The members have not said no."))
    move(row, "decline")
    row.answer = answer.strip()
    row.full_clean(exclude=["answers"])
    row.save()
    if row.organization is not None:
        change(
            organization=row.organization, becomes=MemberStatus.EXTERNAL, reason=ChangeReason.NOT_JOINED, actor=actor
        )  # fmt: skip
    letters.to_applicant(row)
    return row
