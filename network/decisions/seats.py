"""Rights by seat: the one question that other rooms ask.

Rule: a seat counts from its first day to its last, while its person is active and its organisation is a member or an
associate of the network; the day is compared in the query, so nothing has to be switched off. The role of a person in
the network (`User.network_role`) says nothing about seats, and an administrator holds none by being one.

    seats.holds(request.user, SeatKind.LAWYER)              may this person say what the law says?
    seats.holds(request.user, body=BodyKind.COUNCIL)        do they sit in the council, as whatever?
    User.objects.filter(seats.holding(SeatKind.LAWYER))     everybody who may
    seats.of(request.user)                                  their seats, with body and organisation
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from network.decisions.models import Seat
from network.decisions.models.bodies import SeatQuerySet
from network.decisions.models.words import BodyKind, SeatKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

__all__ = ["BodyKind", "SeatKind", "holding", "holds", "of"]


def of(person: User | AnonymousUser, *, on: dt.date | None = None) -> SeatQuerySet:
    """The seats that the person holds on the day (today)."""
    if not person.is_authenticated:
        return Seat.objects.none()
    return Seat.objects.current(on).filter(person=person).select_related("body", "organization")


def holds(
    person: User | AnonymousUser, kind: str | None = None, *, body: str | None = None, on: dt.date | None = None
) -> bool:
    """Whether the person holds a seat of this kind (of any, without one), in a body of this kind (in any)."""
    return _narrowed(of(person, on=on), kind, body).exists()


def holding(kind: str | None = None, *, body: str | None = None, on: dt.date | None = None) -> Exists:
    """The same as a condition for rows of `User`."""
    return Exists(_narrowed(Seat.objects.current(on).filter(person=OuterRef("pk")), kind, body))


def _narrowed(rows: SeatQuerySet, kind: str | None, body: str | None) -> SeatQuerySet:
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(body__kind=body) if body else rows
