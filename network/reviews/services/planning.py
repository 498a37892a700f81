"""A round is planned, and reviews are called off or given to another."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from network.reviews import letters
from network.reviews.models import ReviewRound, YearlyReview
from network.reviews.models.words import YearlyState
from network.reviews.services._inside import chosen, locked, need_coordinator
from network.reviews.transitions import DAYS, move
from organizations.models import Organization
from organizations.models.organization import OrganizationQuerySet, works_in

if TYPE_CHECKING:
    from accounts.models import User


def waiting_in(country: str, year: int) -> OrganizationQuerySet:
    """Organisations of the network there that have no review in the year."""
    done = YearlyReview.objects.filter(year=year).exclude(state=YearlyState.DROPPED)
    rows = Organization.objects.in_network().filter(works_in([country])).exclude(pk__in=done.values("organization"))
    return rows.order_by("name", "pk")


@transaction.atomic
def plan_round(*, actor: User, country: str, starts_on: dt.date) -> ReviewRound:
    """By a coordinator of the country; each organisation there writes for 21 days from the first."""
    if not country or not actor.coordinates(country):
        raise NotAllowed(_("A coordinator of the country plans its reviews."))
    if starts_on < clock.today():
        raise HouseError(_("This day is past."), field="starts_on")
    organizations = list(waiting_in(country, starts_on.year))
    if not organizations:
        raise HouseError(_("Every organisation of this country has a review this year already."), field="country")
    made = _round(country, starts_on, actor)
    due_on = starts_on + dt.timedelta(days=DAYS[YearlyState.SELF])
    for organization in organizations:
        review = YearlyReview.objects.create(
            round=made, year=made.year, organization=organization, starts_on=starts_on, due_on=due_on
        )
        letters.begins(review)
    return made


def _round(country: str, starts_on: dt.date, actor: User) -> ReviewRound:
    """That of the year, which may be asked for again: for whoever has joined since, or was called off."""
    own = {"starts_on": starts_on, "planned_by": actor}
    made, _is_new = ReviewRound.objects.get_or_create(country=country, year=starts_on.year, defaults=own)
    return made


@transaction.atomic
def drop(*, actor: User, review: YearlyReview) -> YearlyReview:
    row = locked(review)
    need_coordinator(actor, row)
    move(row, "drop")
    row.save()
    return row


@transaction.atomic
def ask_another(*, actor: User, review: YearlyReview) -> YearlyReview:
    """The organisation that was asked cannot: the next one is, and begins with a clean page."""
    row = locked(review)
    need_coordinator(actor, row)
    if row.state == YearlyState.PEER and row.reviewer is not None:
        row.reviewer, row.peer_by, row.remark = chosen(row, but=row.reviewer), None, ""
        row.lines.update(peer_answer="")
        row.marks.update(peer_mark="")
        row.due_on = clock.today() + dt.timedelta(days=DAYS[YearlyState.PEER])
        row.save()
        letters.peer_asked(row)
    elif row.state == YearlyState.DISPUTED and row.third is not None:
        row.third = chosen(row, but=row.third)
        row.due_on = clock.today() + dt.timedelta(days=DAYS[YearlyState.DISPUTED])
        row.save()
        letters.third_asked(row)
    else:
        raise WrongState(_("Nobody is asked now."))
    return row
