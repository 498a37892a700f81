"""Any steps in any order: the table decides, and what must hold holds after each of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core import clock
from core.errors import HouseError, WrongState
from messaging.models import Message
from referrals import rounds
from referrals import services as referrals
from referrals.models import Leg, Offer, Referral
from referrals.models.words import LegState, OfferState
from referrals.tests.makers import MONDAY, leg, send
from referrals.transitions import LEG_STEPS, OFFER_STEPS, move_leg, move_offer

pytestmark = pytest.mark.django_db
HOUSES = ("rustavi", "kura", "mtkvari", "ararat")


@pytest.mark.parametrize("step", OFFER_STEPS)
@pytest.mark.parametrize("state", OfferState.values)
def test_every_step_of_a_request_that_is_not_in_the_table_is_refused(step, state):
    sources, target = OFFER_STEPS[step]
    offer = Offer(state=state)
    if state in sources:
        move_offer(offer, step)
        assert (offer.state, offer.version) == (target, 2)
    else:
        with pytest.raises(WrongState):
            move_offer(offer, step)
        assert offer.state == state


@pytest.mark.parametrize("step", LEG_STEPS)
@pytest.mark.parametrize("state", LegState.values)
def test_every_step_of_a_stage_that_is_not_in_the_table_is_refused(step, state):
    sources, target = LEG_STEPS[step]
    stage = Leg(state=state)
    if state in sources:
        move_leg(stage, step)
        assert (stage.state, stage.version) == (target, 2)
    else:
        with pytest.raises(WrongState):
            move_leg(stage, step)
        assert stage.state == state


class Ways(RuleBasedStateMachine):
    """One referral of two stages; whoever presses whatever, and time that passes."""

    network = None

    def __init__(self):
        super().__init__()
        self.ground = transaction.atomic()
        self.ground.__enter__()
        self.now = MONDAY
        with clock.travel(self.now):
            self.referral = send(
                self.network, leg(self.network), leg(self.network, "ararat", "", country="AM"), days=30
            )

    def teardown(self):
        transaction.set_rollback(True)
        self.ground.__exit__(None, None, None)

    def attempt(self, step, *args, **values):
        """A step is taken or refused in words; nothing else can happen."""
        with clock.travel(self.now):
            try:
                with transaction.atomic():
                    return step(*args, **values)
            except HouseError:
                return None

    def press(self, step, house, **values):
        offers = Offer.objects.filter(organization=self.network.houses[house]).order_by("-pk")
        if (offer := offers.first()) is not None:
            self.attempt(step, actor=self.network.people[house], offer=offer.public_id, **values)

    @rule(hours=st.sampled_from([1, 5, 30, 100, 300]))
    def time_passes(self, hours):
        self.now += dt.timedelta(hours=hours)
        with clock.travel(self.now):
            rounds.run_often()
            rounds.run_daily()

    @rule(house=st.sampled_from(HOUSES), step=st.sampled_from([referrals.see, referrals.accept, referrals.arrive]))
    def plain(self, house, step):
        self.press(step, house)

    @rule(house=st.sampled_from(HOUSES), days=st.sampled_from([None, 0, 30]))
    def serves(self, house, days):
        self.press(referrals.serve, house, supply_given_days=days)

    @rule(house=st.sampled_from(HOUSES), step=st.sampled_from([referrals.decline, referrals.give_back]))
    def refuses(self, house, step):
        self.press(step, house, reason="no_places")

    @rule(house=st.sampled_from(HOUSES))
    def asks(self, house):
        self.press(referrals.ask, house, questions=["when"])

    @rule(house=st.sampled_from(HOUSES))
    def ends(self, house):
        self.press(referrals.close_by_receiver, house, outcome="no_show")

    @rule(house=st.sampled_from(HOUSES), position=st.sampled_from([1, 2]))
    def sender_asks_one_more(self, house, position):
        stage = Leg.objects.get(referral=self.referral, position=position)
        self.attempt(
            referrals.offer_again, actor=self.network.people["minsk"], referral=self.referral.public_id,
            leg=stage.public_id, listing=self.network.listings[house].public_id,
        )  # fmt: skip

    @rule(house=st.sampled_from(HOUSES))
    def code_is_shown(self, house):
        self.attempt(
            referrals.show_code, actor=self.network.people[house], organization=self.network.houses[house],
            typed=self.referral.code,
        )  # fmt: skip

    @rule()
    def opened_again(self):
        self.attempt(referrals.reopen, actor=self.network.people["minsk"], referral=self.referral.public_id)

    @precondition(lambda self: self.now > MONDAY + dt.timedelta(days=2))
    @rule()
    def consent_is_taken_back(self):
        self.attempt(referrals.take_consent_back, actor=self.network.people["minsk"], referral=self.referral.public_id)

    @invariant()
    def one_takes_a_stage_and_states_fit(self):
        for stage in Leg.objects.filter(referral=self.referral):
            states = list(stage.offers.values_list("state", flat=True))
            assert states.count("accepted") <= 1
            if stage.state in (LegState.PLACED, LegState.ARRIVED):
                assert "accepted" in states and stage.news_at is not None
            if stage.state == LegState.STUCK:
                assert not {"sent", "seen", "question", "accepted"} & set(states)
            if stage.state == LegState.ASKING:
                assert {"sent", "seen", "question"} & set(states), "a stage without a next date"
            if stage.state == LegState.CLOSED:
                assert not {"sent", "seen", "question", "waiting"} & set(states)

    @invariant()
    def consent_and_closing_are_kept(self):
        row = Referral.objects.select_related("consent").get(pk=self.referral.pk)
        stages = set(Leg.objects.filter(referral=row).values_list("state", flat=True))
        assert (row.state == "closed") == (stages == {"closed"})
        if row.consent.withdrawn_at:
            assert (row.supply_kind, row.languages, row.contact_way) == ("none", [], "")
            assert not Offer.objects.filter(leg__referral=row, state__in=["sent", "seen", "question"]).exists()

    @invariant()
    def no_letter_carries_the_code(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM messaging_message WHERE payload::text LIKE %s OR dedupe_key LIKE %s",
                [f"%{self.referral.code}%"] * 2,
            )
            assert cursor.fetchone()[0] == 0
        keys = Message.objects.values_list("dedupe_key", flat=True)
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("examples", "steps"), [(15, 30), pytest.param(70, 60, marks=pytest.mark.long)], ids=["short", "long"]
)
def test_any_steps_in_any_order(network, examples, steps):
    Ways.network = network
    machine = Ways.TestCase
    machine.settings = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )
    machine("runTest").runTest()
