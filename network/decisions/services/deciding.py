"""Writing a decision down, and what becomes of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from network.decisions import letters, publication
from network.decisions.counting import VoteOutcome, count_of
from network.decisions.errors import NotAdopted
from network.decisions.models import Body, Decision, DocumentVersion, Meeting, Vote
from network.decisions.models.words import DecisionState, MeetingState
from network.decisions.services._inside import keep
from network.decisions.transitions import move_decision
from organizations.models import Organization
from organizations.models.membership import OWN_ROLES

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def decide(
    *, actor: User, text: str, vote: Vote | None = None, meeting: Meeting | None = None,
    organization: Organization | None = None, responsible: User | None = None, due_on: dt.date | None = None,
    paper: DocumentVersion | None = None,
) -> Decision:  # fmt: skip
    """On the ground of a vote that ended with yes, or of a meeting that was held. Nothing else puts a paper into force.

    Without a day nothing is left to do, and the decision is done at once. The paper of a vote is the vote's own.
    """
    body = _ground(vote, meeting)
    keep(actor, body)
    paper = vote.paper if vote is not None else paper
    if due_on is not None and (organization is None or responsible is None):
        raise HouseError(_("Say who does it, and until when."), field="responsible")
    if responsible is not None and not _is_of(responsible, organization):
        raise HouseError(_("This person is not in that organisation."), field="responsible")
    row = Decision(
        body=body, text=text, vote=vote, meeting=meeting, organization=organization, responsible=responsible,
        due_on=due_on, decided_at=clock.now(),
    )  # fmt: skip
    if due_on is None:
        row.state, row.ended_at = DecisionState.DONE, clock.now()
    row.full_clean()
    row.save()
    _put_into_force(paper, row)
    if due_on is not None:
        letters.given(row)
    return row


def _ground(vote: Vote | None, meeting: Meeting | None) -> Body:
    if vote is not None:
        locked = Vote.objects.select_for_update().get(pk=vote.pk)
        if count_of(locked).outcome != VoteOutcome.ADOPTED:
            raise NotAdopted(_("This vote did not end with yes, so nothing was decided by it."))
        if Decision.objects.filter(vote=locked).exists():
            raise WrongState(_("The decision of this vote is written down already."))
        return locked.body
    held = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.HELD).first() if meeting is not None else None
    if held is None:
        raise WrongState(_("A decision comes from a vote or from a meeting that was held."))
    return held.body


def _is_of(person: User, organization: Organization | None) -> bool:
    return organization is not None and organization.memberships.filter(user=person, role__in=OWN_ROLES).exists()


def _put_into_force(paper: DocumentVersion | None, decision: Decision) -> None:
    if paper is None:
        return
    row = DocumentVersion.objects.select_for_update().get(pk=paper.pk)
    if row.document.body_id != decision.body_id:
        raise HouseError(_("This paper belongs to another body."), field="paper")
    if row.adopted_by_id is not None:
        raise WrongState(_("This version is in force already."))
    row.adopted_by = decision
    row.save(update_fields=["adopted_by"])
    publication.publish(row.document)


@transaction.atomic
def put_into_force(*, actor: User, paper: DocumentVersion, decision: Decision) -> DocumentVersion:
    """One more paper of a decision: what it adopted, in its own words or in another language."""
    keep(actor, decision.body)
    _put_into_force(paper, decision)
    paper.refresh_from_db()
    return paper


@transaction.atomic
def finish(*, actor: User, decision: Decision) -> Decision:
    """By whoever does it, or by those who keep the body."""
    return _end(actor, decision, "finish", "")


@transaction.atomic
def drop(*, actor: User, decision: Decision, reason: str) -> Decision:
    if not reason.strip():
        raise HouseError(_("Say why."), field="reason")
    return _end(actor, decision, "drop", reason.strip())


@transaction.atomic
def reopen(*, actor: User, decision: Decision) -> Decision:
    row = _locked(actor, decision)
    if row.due_on is None:
        raise WrongState(_("Nothing was left to do by it."))
    move_decision(row, "reopen")
    row.reason, row.ended_at = "", None
    row.save()
    return row


def _end(actor: User, decision: Decision, step: str, reason: str) -> Decision:
    row = _locked(actor, decision)
    move_decision(row, step)
    row.reason, row.ended_at = reason, clock.now()
    row.full_clean()
    row.save()
    return row


def _locked(actor: User, decision: Decision) -> Decision:
    row = Decision.objects.select_for_update().get(pk=decision.pk)
    if row.responsible_id != actor.pk:
        keep(actor, row.body)
    if not Decision.objects.visible_to(actor).filter(pk=row.pk).exists():
        raise NotAllowed(_("Only people of the network may do this."))
    return row
