"""The one table of steps of a request and of a stage. Nothing else says which step may follow."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.errors import WrongState
from referrals.errors import TakenAlready
from referrals.models import Leg, Offer
from referrals.models.words import LegState, OfferState

O, L = OfferState, LegState  # noqa: E741
_OPEN = frozenset({O.SENT, O.SEEN, O.QUESTION})

#: step → states of a request from which it leads, and the state that it leads to.
OFFER_STEPS: dict[str, tuple[frozenset[str], str]] = {
    "send": (frozenset({O.WAITING}), O.SENT),
    "see": (frozenset({O.SENT}), O.SEEN),
    "ask": (frozenset({O.SENT, O.SEEN}), O.QUESTION),
    "answer": (frozenset({O.QUESTION}), O.SEEN),
    "accept": (_OPEN | {O.LAPSED}, O.ACCEPTED),
    "decline": (_OPEN | {O.LAPSED}, O.DECLINED),
    "redirect": (_OPEN, O.REDIRECTED),
    "lapse": (_OPEN, O.LAPSED),
    "give_back": (frozenset({O.ACCEPTED}), O.RETURNED),
    "withdraw": (_OPEN | {O.WAITING, O.LAPSED, O.ACCEPTED}, O.WITHDRAWN),
}
LEG_STEPS: dict[str, tuple[frozenset[str], str]] = {
    "offer": (frozenset({L.ASKING, L.STUCK}), L.ASKING),
    "place": (frozenset({L.ASKING, L.STUCK}), L.PLACED),
    "nobody": (frozenset({L.ASKING}), L.STUCK),
    "unplace": (frozenset({L.PLACED, L.ARRIVED}), L.ASKING),
    "arrive": (frozenset({L.PLACED}), L.ARRIVED),
    "serve": (frozenset({L.PLACED, L.ARRIVED}), L.SERVED),
    # From "asking" only when the person goes elsewhere or takes consent back: the sender says so.
    "close": (frozenset(set(L) - {L.CLOSED}), L.CLOSED),
    "reopen": (frozenset({L.CLOSED}), L.STUCK),
}


def move_offer(offer: Offer, step: str) -> None:
    """Set the state that the step leads to; WrongState when it does not lead there from here."""
    sources, target = OFFER_STEPS[step]
    if offer.state not in sources:
        kind = TakenAlready if step == "accept" and offer.state == O.WITHDRAWN else WrongState
        raise kind(_("This was answered meanwhile: “%(state)s”.") % {"state": offer.get_state_display()})
    offer.state = target
    offer.version += 1


def move_leg(leg: Leg, step: str) -> None:
    """As `move_offer`, for a stage."""
    sources, target = LEG_STEPS[step]
    if leg.state not in sources:
        raise WrongState(
            _("This step is not possible now: the stage is “%(state)s”.") % {"state": leg.get_state_display()}
        )
    leg.state = target
    leg.version += 1
