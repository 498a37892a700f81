"""Who comes: asked for a place, invited, accepted, withdrawn."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotAllowed, WrongState
from core.writing import one_write
from network.learning import letters, rights
from network.learning.models import Enrolment, EnrolmentState, Training
from network.learning.services._inside import kept, locked, need_holder, need_open, need_places
from network.learning.transitions import move
from organizations.models import Membership, Organization, Volunteering
from organizations.models.membership import OWN_ROLES


@one_write
def ask(
    *, actor: User, training: Training, organization: Organization, person: User | None = None, people: int = 1
) -> Enrolment:
    """A place for a person with an account, or for so many people without: a wish, until whoever holds it invites."""
    training = locked(training)
    need_open(training)
    _may_ask(actor, organization, person)
    row = _row(training, organization, person, people, actor)
    if row.pk:
        move(row, "ask")
    return kept(row)


@one_write
def invite(
    *,
    actor: User,
    training: Training,
    enrolment: Enrolment | None = None,
    organization: Organization | None = None,
    person: User | None = None,
    people: int = 1,
) -> Enrolment:
    """A place is kept for a wish, or for whoever has not asked; they say whether they come."""
    training = locked(training)
    need_open(training)
    need_holder(actor, training)
    if enrolment is None and organization is not None:
        _belongs(organization, person)
        enrolment = _row(training, organization, person, people, actor)
    if enrolment is None or enrolment.training_id != training.pk:
        raise WrongState(_("It has changed meanwhile. Please look at the page once more."))
    need_places(training, enrolment)
    if enrolment.pk:
        move(enrolment, "invite")
    else:
        enrolment.state = EnrolmentState.INVITED
    row = kept(enrolment)
    letters.invited(row)
    return row


@one_write
def accept(*, actor: User, enrolment: Enrolment) -> Enrolment:
    _answering(actor, enrolment)
    need_open(locked(enrolment.training))
    move(enrolment, "accept")
    return kept(enrolment)


@one_write
def withdraw(*, actor: User, enrolment: Enrolment) -> Enrolment:
    """They will not come; by themselves or by whoever holds the training, before it begins."""
    training = locked(enrolment.training)
    if not rights.holds(actor, training):
        _answering(actor, enrolment)
    if training.has_begun:
        raise WrongState(_("The training has begun: whoever holds it says who came."))
    move(enrolment, "withdraw")
    return kept(enrolment)


def _may_ask(actor: User, organization: Organization, person: User | None) -> None:
    _belongs(organization, person)
    if person is None and not rights.writes_for(actor, organization):
        raise NotAllowed(_("Whoever writes for the organisation brings its group."))
    if person is not None and person != actor and not rights.manages(actor, organization.pk):
        raise NotAllowed(_("The manager of the organisation puts colleagues on the list."))


def _answering(actor: User, row: Enrolment) -> None:
    if not rights.answers_for(actor, row):
        raise NotAllowed(_("Whoever comes says this, or their manager."))


def _belongs(organization: Organization, person: User | None) -> None:
    if not Organization.objects.in_network().filter(pk=organization.pk).exists():
        raise NotAllowed(_("This organisation is not of the network."), field="organization")
    own = Membership.objects.filter(user=person, organization=organization, role__in=OWN_ROLES)
    helps = Volunteering.objects.open().filter(user=person, organization=organization)
    if person is not None and not own.exists() and not helps.exists():
        raise NotAllowed(_("Choose somebody of that organisation."), field="person")


def _row(training: Training, organization: Organization, person: User | None, people: int, actor: User) -> Enrolment:
    """The one that there is, when it was withdrawn; else a new one."""
    rows = training.enrolments.filter(person=person) if person else training.enrolments.filter(
        organization=organization, is_group=True
    )  # fmt: skip
    row = rows.first()
    if row is not None and row.state != EnrolmentState.WITHDRAWN:
        field = "person" if person else "people"
        raise ValidationError({field: _("On the list already.")})
    row = row or Enrolment(training=training)
    row.organization, row.person, row.asked_by = organization, person, actor
    row.is_group, row.people = person is None, 1 if person else people
    return row
