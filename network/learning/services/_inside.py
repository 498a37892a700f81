"""What every step of a list asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from network.learning import rights
from network.learning.models import Enrolment, EnrolmentState, Training

if TYPE_CHECKING:
    from accounts.models import User


def locked(training: Training) -> Training:
    """The row until the end of the transaction: places are counted by one at a time."""
    return Training.objects.select_for_update().get(pk=training.pk)


def need_holder(actor: User, training: Training) -> None:
    if not rights.holds(actor, training):
        raise NotAllowed(_("Those who hold the training do this."))


def need_open(training: Training) -> None:
    if not training.takes_people:
        raise WrongState(_("Nobody can be put on the list now: it has begun, was cancelled or is not approved."))


def free_places(training: Training) -> int:
    return training.places - sum(training.enrolments.seated().values_list("people", flat=True))


def need_places(training: Training, row: Enrolment) -> None:
    """Before the database says it, in words."""
    free = free_places(training)
    if row.people > free and row.state in (EnrolmentState.WANTED, EnrolmentState.WITHDRAWN):
        raise ValidationError({"people": _("There are %(n)d places left.") % {"n": free}})


def kept(row: Enrolment) -> Enrolment:
    """Written, as a new row or as the next version."""
    row.version = row.version + 1 if row.pk else 1
    row.updated_at = clock.now()
    row.full_clean(exclude=["training", "organization", "person", "asked_by"])
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise WrongState(_("There is no place left, or somebody was quicker. Please look once more.")) from error
    return row
