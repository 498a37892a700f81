"""A training is held: who came, who completed it, certificates; or it is called off."""

from __future__ import annotations

import calendar
import datetime as dt
import secrets

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.constraints import save_version
from core.errors import WrongState
from core.writing import one_write
from network.learning import letters, publication, rights
from network.learning.models import (
    MONTHS,
    MONTHS_ELSE,
    Certificate,
    Enrolment,
    EnrolmentState,
    ResourceCentre,
    Training,
)
from network.learning.services._inside import kept, locked, need_holder
from network.learning.transitions import move

#: Letters that nobody takes for another.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@one_write
def mark(*, actor: User, enrolment: Enrolment, came: int) -> Enrolment:
    """How many were there; 0 for nobody. It can be put right until certificates are given."""
    training = locked(enrolment.training)
    need_holder(actor, training)
    if not training.has_begun or training.cancelled_at is not None:
        raise WrongState(_("The training has not begun."))
    if not 0 <= came <= enrolment.people:
        raise ValidationError({"came": _("From 0 to %(n)d.") % {"n": enrolment.people}})
    if enrolment.state == EnrolmentState.ATTENDED and came:
        enrolment.came = came
    else:
        move(enrolment, "came" if came else "no_show")
        enrolment.came = came or None
    return kept(enrolment)


@one_write
def complete(*, actor: User, training: Training) -> int:
    """Everybody who came has completed it: one certificate for each topic; how many rows of the list."""
    training = locked(training)
    need_holder(actor, training)
    if not training.is_over:
        raise WrongState(_("Certificates are given when the training is over."))
    rows = list(training.enrolments.filter(state=EnrolmentState.ATTENDED).order_by("pk"))
    if not rows:
        raise WrongState(_("Say first who came."))
    for row in rows:
        move(row, "complete")
        kept(row)
        _certify(row, training)
    for centre in ResourceCentre.objects.filter(organization=training.organization).select_related("organization"):
        publication.publish_centre(centre)
    return len(rows)


@one_write
def call_off(*, actor: User, training: Training) -> Training:
    """It will not be held: whoever is on the list is told. Also while a coordinator looks at a change of it."""
    training = locked(training)
    if not rights.owns(actor, training):
        need_holder(actor, training)
    has_people = training.is_open or training.enrolments.waiting().exists()
    if training.has_begun or not has_people or training.cancelled_at is not None:
        raise WrongState(_("Only what is approved and has not begun can be cancelled."))
    training.cancelled_at = clock.now()
    row = save_version(training, expected=training.version, fields=["cancelled_at"])
    publication.publish_training(row)
    letters.cancelled(row.enrolments.waiting().select_related("organization"))
    return row


def _certify(row: Enrolment, training: Training) -> None:
    day = training.ends_at.astimezone(clock.zone(training.timezone)).date()
    for topic in training.topics:
        Certificate.objects.create(
            number=new_number(day),
            enrolment=row,
            topic=topic,
            people=row.came or 1,
            issued_on=day,
            valid_until=months_later(day, MONTHS.get(topic, MONTHS_ELSE)),
        )


def new_number(day: dt.date) -> str:
    """The year, and letters that nobody can guess."""
    return f"{day:%Y}-" + "".join(secrets.choice(_ALPHABET) for _place in range(8))


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last one of a month that is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))
