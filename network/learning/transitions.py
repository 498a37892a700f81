"""The tables of steps: of what is offered, and of an enrolment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from network.learning.models import Enrolment, EnrolmentState, OfferState
from network.learning.models.offers import LearningOffer

S, E = OfferState, EnrolmentState
OFFERS: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "approve": (frozenset({S.OFFERED}), S.APPROVED),
    "give_back": (frozenset({S.OFFERED}), S.RETURNED),
    "offer": (frozenset({S.OFFERED, S.RETURNED, S.APPROVED, S.ENDED}), S.OFFERED),
    "end": (frozenset({S.OFFERED, S.RETURNED, S.APPROVED}), S.ENDED),
}
ENROLMENTS: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "ask": (frozenset({E.WITHDRAWN}), E.WANTED),
    "invite": (frozenset({E.WANTED, E.WITHDRAWN}), E.INVITED),
    "accept": (frozenset({E.INVITED}), E.ENROLLED),
    "withdraw": (frozenset({E.WANTED, E.INVITED, E.ENROLLED}), E.WITHDRAWN),
    "came": (frozenset({E.INVITED, E.ENROLLED, E.NO_SHOW}), E.ATTENDED),
    "no_show": (frozenset({E.INVITED, E.ENROLLED, E.ATTENDED}), E.NO_SHOW),
    "complete": (frozenset({E.ATTENDED}), E.COMPLETED),
}


def move_offer(row: LearningOffer, step: str) -> None:
    """Set the state that the step leads to; WrongState when it does not lead there from here."""
    sources, target = OFFERS[step]
    if row.state not in sources:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": OfferState(row.state).label})
    row.state = target


def move(row: Enrolment, step: str) -> None:
    sources, target = ENROLMENTS[step]
    if row.state not in sources:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": EnrolmentState(row.state).label})
    row.state, row.moved_at = target, clock.now()
    row.came = row.came if step == "complete" else None
