"""The table of steps, step by step and state by state: what leads where, and how a step is refused that does not."""

from __future__ import annotations

import pytest

from core.errors import WrongState
from referrals.errors import TakenAlready
from referrals.models import Leg, Offer
from referrals.models.words import LegState, OfferState
from referrals.transitions import LEG_STEPS, OFFER_STEPS, move_leg, move_offer

OFFERS = {
    "send": ("waiting", "sent"),
    "see": ("sent", "seen"),
    "ask": ("sent seen", "question"),
    "answer": ("question", "seen"),
    "accept": ("sent seen question lapsed", "accepted"),
    "decline": ("sent seen question lapsed", "declined"),
    "redirect": ("sent seen question", "redirected"),
    "lapse": ("sent seen question", "lapsed"),
    "give_back": ("accepted", "returned"),
    "withdraw": ("waiting sent seen question lapsed accepted", "withdrawn"),
}
LEGS = {
    "offer": ("asking stuck", "asking"),
    "place": ("asking stuck", "placed"),
    "nobody": ("asking", "stuck"),
    "unplace": ("placed arrived", "asking"),
    "arrive": ("placed", "arrived"),
    "serve": ("placed arrived", "served"),
    "close": ("asking placed stuck arrived served", "closed"),
    "reopen": ("closed", "stuck"),
}


def test_no_step_is_left_out():
    assert OFFERS.keys() == OFFER_STEPS.keys() and LEGS.keys() == LEG_STEPS.keys()


@pytest.mark.parametrize("state", OfferState)
@pytest.mark.parametrize("step", OFFERS)
def test_where_a_step_of_a_request_leads(step, state):
    sources, target = OFFERS[step]
    offer = Offer(state=state, version=4)
    if state in sources.split():
        move_offer(offer, step)
        assert (offer.state, offer.version) == (target, 5)
        return
    with pytest.raises(WrongState) as refused:
        move_offer(offer, step)
    assert (offer.state, offer.version) == (state, 4), "a step that is refused leaves no trace"
    assert str(state.label) in str(refused.value)
    is_late = (step, state) == ("accept", OfferState.WITHDRAWN)
    assert isinstance(refused.value, TakenAlready) is is_late, "only whoever accepts too late hears that another did"


@pytest.mark.parametrize("state", LegState)
@pytest.mark.parametrize("step", LEGS)
def test_where_a_step_of_a_stage_leads(step, state):
    sources, target = LEGS[step]
    leg = Leg(state=state, version=4)
    if state in sources.split():
        move_leg(leg, step)
        assert (leg.state, leg.version) == (target, 5)
        return
    with pytest.raises(WrongState) as refused:
        move_leg(leg, step)
    assert (leg.state, leg.version) == (state, 4)
    assert str(state.label) in str(refused.value)
