"""What an applicant does: a link to a draft, the draft, sending, answering, taking back. Nobody signs in for it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, WrongState
from network.joining import letters
from network.joining.models import Application, Call
from network.joining.models.words import ENDED, ApplicationState, ChangeReason
from network.joining.services._inside import locked
from network.joining.services.standing import change
from network.joining.transitions import DAYS, enter, move
from organizations.invitations import invite
from organizations.models import MembershipRole, MemberStatus
from verification import editing

FIELDS = (
    *("name", "name_en", "website", "registration_country", "countries", "groups", "services", "about", "answers"),
    *("referee_one", "referee_two", "referees_note", "declared_by"),
)
#: A link by which nobody has come is forgotten after so many days.
UNOPENED_DAYS = 3


@transaction.atomic
def begin(*, call: Call, email: str, language: str) -> Application:
    """A draft behind a link that goes to the address; where there is an application from it already, the way back."""
    if not call.is_open:
        raise WrongState(_("This call is over."))
    address = email.strip().lower()
    Call.objects.select_for_update().get(pk=call.pk)  # two presses at once make one draft
    row = Application.objects.filter(call=call, email=address).exclude(state__in=ENDED).first()
    if row is not None and row.is_ended:
        run_out(row)
        row = None
    if row is None:
        due = clock.now() + dt.timedelta(days=DAYS[ApplicationState.DRAFT])
        row = Application.objects.create(call=call, email=address, language=language, due_at=due)
    letters.to_applicant(row)
    return row


def find(token: str) -> Application | None:
    rows = Application.objects.select_related("call", "organization", "referee_one", "referee_two", "vote", "mentor")
    return rows.filter(links__token_hash=letters.hash_of(token)).first()


@transaction.atomic
def save_draft(*, application: Application, fields: dict[str, Any]) -> Application:
    """Whatever is filled in by now. The address counts as confirmed: the link went there alone."""
    row = locked(application)
    if row.stage != ApplicationState.DRAFT:
        raise WrongState(_("This application was sent already."))
    for name in FIELDS:
        if name in fields:
            setattr(row, name, fields[name])
    row.confirmed_at = row.confirmed_at or clock.now()
    row.version += 1
    row.updated_at = clock.now()
    row.save()
    return row


@transaction.atomic
def send(*, application: Application, fields: dict[str, Any]) -> Application:
    """Whole, and accepted by somebody. Now there is an organisation that applies, and the coordinators are told."""
    if not application.call.is_open:
        raise WrongState(_("This call is over. Your draft stays until its day; you may answer the next call."))
    row = save_draft(application=application, fields=fields)
    _need_all(row)
    row.organization = editing.create_organization(
        actor=None,
        name=row.name,
        name_en=row.name_en or None,
        registration_country=row.registration_country,
        countries=row.countries,
        website=row.website,
        description=row.about,
    )
    row.declared_at = row.sent_at = clock.now()
    move(row, "send")
    row.full_clean(exclude=["answers"])
    row.save()
    letters.to_applicant(row)
    letters.came(row)
    return row


def _need_all(row: Application) -> None:
    """What a form says beside its fields is said here for everybody else."""
    needed = {
        "name": row.name,
        "registration_country": row.registration_country,
        "countries": row.countries,
        "services": row.services,
        "about": row.about,
        "declared_by": row.declared_by,
    }
    for field, value in needed.items():
        if not value:
            raise HouseError(_("This is needed."), field=field)
    if row.referee_two_id is None and not row.referees_note:
        raise HouseError(_("Choose two organisations that know you, or write who they are."), field="referee_two")


@transaction.atomic
def answer_question(*, application: Application, text: str) -> Application:
    row = locked(application)
    if not text.strip():
        raise HouseError(_("Write an answer."), field="answer")
    move(row, "answer")
    question = row.questions.filter(answered_at=None).get()
    question.answer, question.answered_at = text.strip(), clock.now()
    question.version += 1
    question.updated_at = clock.now()
    question.save()
    row.save()
    letters.answered(row)
    return row


@transaction.atomic
def withdraw(*, application: Application) -> Application:
    """At any time before the end. A vote that runs ends unread: nothing can follow from it."""
    row = locked(application)
    move(row, "withdraw")
    row.save()
    _did_not_join(row)
    letters.to_applicant(row)
    return row


@transaction.atomic
def invite_applicant(*, application: Application) -> None:
    """An account for the address that applied: whoever has it manages the newcomer. Again, when one was missed."""
    row = locked(application)
    if row.stage != ApplicationState.ACCEPTED or row.organization is None:
        raise WrongState(_("This is possible once the members have said yes."))
    if row.organization.memberships.filter(role=MembershipRole.MANAGER).exists():
        raise WrongState(_("Your organisation has a manager already: please sign in."))
    row.organization.invitations.filter(email=row.email, accepted_at=None, revoked_at=None).update(
        revoked_at=clock.now()
    )
    _invitation, token = invite(
        actor=None, organization=row.organization, email=row.email, role=MembershipRole.MANAGER, language=row.language
    )
    letters.to_applicant(row, invitation=token)


@transaction.atomic
def run_out(application: Application) -> None:
    """Its day has come: a draft goes for good, an unanswered question closes the application, and they are told."""
    row = locked(application)
    if row.stage != ApplicationState.CLOSED or row.state in ENDED:
        return
    if row.state == ApplicationState.DRAFT:
        row.delete()
        return
    enter(row, ApplicationState.CLOSED)
    row.save()
    _did_not_join(row)
    letters.to_applicant(row)


def _did_not_join(row: Application) -> None:
    if row.organization is not None:
        change(
            organization=row.organization, becomes=MemberStatus.EXTERNAL, reason=ChangeReason.NOT_JOINED, actor=None
        )  # fmt: skip
