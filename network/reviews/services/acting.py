"""What follows from a review: actions with a day, somebody responsible, and the support asked for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, WrongState
from network.reviews.models import ReviewAction, YearlyReview
from network.reviews.models.words import ActionState
from network.reviews.services._inside import is_inside, locked, need_own

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def add_action(
    *, actor: User, review: YearlyReview, text: str, due_on: dt.date, support: str, responsible: User
) -> ReviewAction:
    row = locked(review)
    need_own(actor, row)
    if not is_inside(responsible, row.organization):
        raise HouseError(_("Choose somebody of your organisation."), field="responsible")
    if due_on < clock.today():
        raise HouseError(_("This day is past."), field="due_on")
    made = ReviewAction(review=row, text=text.strip(), due_on=due_on, support=support, responsible=responsible)
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def end_action(*, actor: User, action: ReviewAction, state: str, ending: str = "") -> ReviewAction:
    """Done, or dropped with the reason."""
    row = ReviewAction.objects.select_for_update().get(pk=action.pk)
    need_own(actor, row.review)
    if row.state != ActionState.OPEN:
        raise WrongState(_("This has ended already."))
    if state not in (ActionState.DONE, ActionState.DROPPED):
        raise HouseError(_("Choose what to do."))
    row.state, row.ended_on, row.ending = state, clock.today(), ending.strip()[:300]
    row.version += 1
    row.full_clean()
    row.save()
    return row
