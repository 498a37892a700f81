"""Sending, answering, the way and its end: by the services, with one asked organisation and one in reserve."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from messaging.models import Message
from referrals import kinds
from referrals import services as referrals
from referrals.errors import NoConsent, NotTaken, TakenAlready, TooMany
from referrals.models import Consent, CorridorCount, Leg, Offer, Referral, ReferralEvent
from referrals.refused import SOURCE
from referrals.services.answering import lapse
from referrals.services.writing import A_DAY, A_DAY_AT_FIRST
from referrals.tests.makers import MONDAY, consent, leg, offer_of, send
from verification import services as verification
from verification.models import Visit
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def pressed(network, house, step, referral, **values):
    offer = offer_of(referral, network.houses[house])
    return step(actor=network.people[house], offer=offer.public_id, **values)


def test_a_referral_asks_the_first_and_keeps_the_other_in_reserve(network):
    referral = send(network)
    first, fallback = offer_of(referral, network.houses["rustavi"]), offer_of(referral, network.houses["kura"])
    assert (first.state, first.role, fallback.state, fallback.role) == ("sent", "first", "waiting", "fallback")
    assert first.leg.needed_by == clock.today() + dt.timedelta(days=18)  # two days before the medicine ends
    assert (first.sent_at, referral.number, first.number) == (MONDAY, 1, 1)
    letters = Message.objects.filter(kind=kinds.REFERRAL_ASKED)
    assert [message.correspondent.organization for message in letters] == [network.houses["rustavi"]]
    assert Offer.objects.visible_to(network.people["kura"]).count() == 0


def test_without_consent_nothing_is_written_and_the_database_would_not_take_it(network):
    with pytest.raises(NoConsent):
        send(network, consent=consent(asked=False))
    assert not Referral.objects.exists()
    referral = send(network)
    referral.consent.withdrawn_at = MONDAY
    referral.consent.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(role="fallback").update(state="sent", sent_at=MONDAY, answer_by=MONDAY, remind_at=MONDAY,
                                                     coordinator_at=MONDAY, fallback_at=MONDAY)  # fmt: skip


def test_one_in_reserve_needs_its_own_consent_and_another_house(network):
    with pytest.raises(NoConsent):
        send(network, consent=consent(fallback=False))
    with pytest.raises(NotTaken):
        send(network, leg(network, "rustavi", "rustavi"))


def test_a_full_place_is_shut_until_somebody_has_phoned(network):
    verification.report_capacity(listing=network.listings["rustavi"], actor=network.people["rustavi"], level="full")
    with pytest.raises(NotTaken):
        send(network)
    assert send(network, leg(network, called_first=True)).legs.get().offers.filter(called_first=True).count() == 1


def test_a_person_without_medicine_has_a_fortnight_or_the_day_that_is_wished(network):
    assert send(network, days=None).legs.get().needed_by == clock.today() + 14 * DAY
    wished = clock.today() + 3 * DAY
    assert send(network, leg(network, wanted_by=wished), days=None).legs.get().needed_by == wished


def test_ones_own_place_and_one_that_is_off_the_map_cannot_be_asked(network):
    with pytest.raises(NotTaken):
        send(network, leg(network, "minsk", ""))
    verification.hide(listing=network.listings["kura"], actor=None, reason="Ремонт")
    with pytest.raises(NotTaken):
        send(network, leg(network, "kura", ""))


def test_a_house_sends_so_many_a_day(network):
    Referral.objects.bulk_create(
        Referral(sender=network.houses["minsk"], number=number, from_country="BY", to_country="GE", supply_kind="none",
                 created_at=MONDAY)
        for number in range(1, A_DAY + 1)
    )  # fmt: skip
    with pytest.raises(TooMany):
        send(network)
    with clock.travel(MONDAY + DAY):
        assert send(network).number == A_DAY + 1


def test_a_newcomer_sends_five_a_day_for_half_a_year(network):
    house = network.houses["minsk"]
    house.joined_on = MONDAY.date() - dt.timedelta(days=100)
    house.save(update_fields=["joined_on"])
    for _number in range(A_DAY_AT_FIRST):
        send(network)
    with pytest.raises(TooMany):
        send(network)


def test_a_child_goes_only_when_the_rules_of_protection_are_kept_and_is_at_least_urgent(network):
    with pytest.raises(HouseError):
        send(network, circumstances=["under_18"])
    referral = send(network, circumstances=["under_18"], consent=consent(child_cared=True))
    assert referral.legs.get().urgency == "urgent"


def test_groups_are_kept_only_with_their_own_consent(network):
    assert send(network, groups=["trans_nonbinary"]).groups == []
    assert send(network, groups=["trans_nonbinary"], consent=consent(group_told=True)).groups == ["trans_nonbinary"]


def test_yes_places_the_stage_and_tells_the_sender_and_the_other_one(network):
    referral = send(network)
    pressed(network, "rustavi", referrals.see, referral)
    accepted = pressed(network, "rustavi", referrals.accept, referral)
    stage = referral.legs.get()
    assert (accepted.state, stage.state, stage.news_at) == (
        "accepted",
        "placed",
        dt.datetime(2026, 6, 10, 9, tzinfo=dt.UTC),
    )
    assert offer_of(referral, network.houses["kura"]).state == "withdrawn"
    to_sender = Message.objects.filter(kind=kinds.REFERRAL_ANSWERED)
    assert [message.correspondent.organization for message in to_sender] == [network.houses["minsk"]]
    assert not Message.objects.filter(kind=kinds.REFERRAL_OVER).exists()  # it was never asked


def test_no_asks_the_one_in_reserve_at_once_and_two_noes_leave_nobody(network):
    referral = send(network)
    pressed(network, "rustavi", referrals.decline, referral, reason="no_places")
    assert offer_of(referral, network.houses["kura"]).state == "sent"
    pressed(network, "kura", referrals.decline, referral, reason="no_stock")
    assert referral.legs.get().state == "stuck"
    assert Message.objects.filter(kind=kinds.REFERRAL_NOBODY).count() == 1
    referrals.offer_again(
        actor=network.people["minsk"], referral=referral.public_id, leg=referral.legs.get().public_id,
        listing=network.listings["mtkvari"].public_id,
    )  # fmt: skip
    pressed(network, "mtkvari", referrals.accept, referral)
    assert referral.legs.get().state == "placed"


def test_two_refusals_of_a_place_ask_for_a_re_check(network):
    for _number in range(2):
        pressed(network, "rustavi", referrals.decline, send(network), reason="not_working")
    visits = Visit.objects.filter(listing=network.listings["rustavi"], was_served=False)
    assert {(visit.reason, visit.note, visit.organization) for visit in visits} == {
        ("closed", "", network.houses["minsk"])
    }
    assert network.listings["rustavi"].rechecks.filter(reason="refused").exists()


def test_whoever_let_the_time_pass_may_still_say_yes_until_somebody_else_has(network):
    referral = send(network)
    lapse(offer_of(referral, network.houses["rustavi"]))
    assert offer_of(referral, network.houses["kura"]).state == "sent"
    pressed(network, "rustavi", referrals.accept, referral)
    with pytest.raises(NotAllowed):
        pressed(network, "kura", referrals.accept, referral)  # withdrawn, so it does not exist for them


def test_the_second_yes_hears_that_somebody_was_quicker(network):
    referral = send(network)
    Offer.objects.filter(role="fallback").update(
        state="sent", sent_at=MONDAY, answer_by=MONDAY, remind_at=MONDAY, coordinator_at=MONDAY, fallback_at=MONDAY
    )
    pressed(network, "rustavi", referrals.accept, referral)
    Offer.objects.filter(role="fallback").update(state="sent")  # as if both had been on their way
    with pytest.raises(TakenAlready):
        pressed(network, "kura", referrals.accept, referral)


def test_one_question_stands_the_clock_for_half_a_window_at_most(network):
    referral = send(network)
    before = offer_of(referral, network.houses["rustavi"])
    pressed(network, "rustavi", referrals.ask, referral, questions=["when", "call_me"])
    with clock.travel(MONDAY + 2 * DAY):
        referrals.answer_question(
            actor=network.people["minsk"], referral=referral.public_id, offer=before.public_id,
            expected_on=clock.today() + 2 * DAY, languages=["en"],
        )  # fmt: skip
    after = offer_of(referral, network.houses["rustavi"])
    assert after.state == "seen" and after.leg.expected_on == dt.date(2026, 6, 5)
    assert after.answer_by - before.answer_by == (before.answer_by - MONDAY) / 2
    with pytest.raises(WrongState):
        pressed(network, "rustavi", referrals.ask, referral, questions=["when"])


def test_passed_on_goes_nowhere_until_the_sender_presses(network):
    referral = send(network, leg(network, fallback=""))
    pressed(network, "rustavi", referrals.redirect, referral, listing=network.listings["mtkvari"].public_id)
    offer = offer_of(referral, network.houses["rustavi"])
    assert (offer.state, offer.named) == ("redirected", network.listings["mtkvari"])
    assert not Offer.objects.filter(organization=network.houses["mtkvari"]).exists()


def test_given_back_asks_the_next_one_with_what_is_left_of_the_time(network):
    referral = send(network)
    pressed(network, "rustavi", referrals.decline, referral, reason="other")
    pressed(network, "kura", referrals.accept, referral)
    pressed(network, "kura", referrals.give_back, referral, reason="no_stock")
    assert referral.legs.get().state == "stuck"


def test_arrived_helped_and_the_sender_learns_how_it_ended(network):
    referral = send(network)
    pressed(network, "rustavi", referrals.accept, referral)
    pressed(network, "rustavi", referrals.arrive, referral)
    pressed(network, "rustavi", referrals.serve, referral, supply_given_days=90)
    referral.refresh_from_db()
    assert (referral.state, referral.outcome) == ("closed", "served")
    assert referral.supply_ends_on == clock.today() + dt.timedelta(days=20 + 90)
    assert (referral.empties_on, referral.deletes_on) == (clock.today() + 30 * DAY, clock.today() + 90 * DAY)
    count = CorridorCount.objects.get()
    assert (count.from_country, count.to_country, count.before_end, count.n) == ("BY", "GE", True, 1)
    assert Message.objects.filter(kind=kinds.REFERRAL_NEWS).count() == 2
    assert Visit.objects.get().was_served


def test_without_consent_the_sender_learns_nothing_and_nothing_is_counted(network):
    referral = send(network, consent=consent(outcome_back=False, counted=False))
    pressed(network, "rustavi", referrals.accept, referral)
    pressed(network, "rustavi", referrals.serve, referral)
    assert not CorridorCount.objects.exists() and not Visit.objects.exists()
    assert not Message.objects.filter(kind=kinds.REFERRAL_NEWS).exists()


def test_a_chain_moves_the_day_for_the_next_stage_and_says_that_the_person_is_on_the_way(network):
    stages = leg(network), leg(network, "ararat", "", country="AM", expected_on=clock.today() + 40 * DAY)
    referral = send(network, *stages)
    pressed(network, "rustavi", referrals.accept, referral)
    ararat = offer_of(referral, network.houses["ararat"], 2)
    referrals.accept(actor=network.people["ararat"], offer=ararat.public_id)
    assert Leg.objects.get(position=2).needed_by == clock.today() + 18 * DAY
    pressed(network, "rustavi", referrals.serve, referral, supply_given_days=30)
    assert Leg.objects.get(position=2).needed_by == clock.today() + 48 * DAY
    assert (
        Message.objects.filter(kind=kinds.REFERRAL_ON_THE_WAY).get().correspondent.organization
        == network.houses["ararat"]
    )
    assert Referral.objects.get().state == "open"
    referrals.serve(actor=network.people["ararat"], offer=ararat.public_id)
    assert Referral.objects.get().state == "closed"


def test_medicine_by_post_comes_from_another_country(network):
    stage = leg(network, "ararat", "kura", country="GE", mode="post")
    assert send(network, stage).legs.get().offers.count() == 2


def test_a_code_at_a_strangers_desk_tells_the_sender_and_nobody_anything_else(network):
    referral = send(network)
    pressed(network, "rustavi", referrals.accept, referral)
    show = {"actor": network.people["mtkvari"], "organization": network.houses["mtkvari"]}
    assert referrals.show_code(typed="2222 22222", **show) == ("unknown", None)
    assert referrals.show_code(typed=referral.shown_code, **show) == ("told", None)
    assert ReferralEvent.objects.filter(step="found", organization=network.houses["mtkvari"]).count() == 1
    assert Offer.objects.visible_to(network.people["mtkvari"]).count() == 0
    assert Message.objects.filter(kind=kinds.REFERRAL_NEWS).get().correspondent.organization == network.houses["minsk"]
    here = {"actor": network.people["rustavi"], "organization": network.houses["rustavi"]}
    assert referrals.show_code(typed=referral.code.upper(), **here)[0] == "arrived"
    assert Leg.objects.get().state == "arrived"


def test_consent_taken_back_empties_in_the_same_moment_and_makes_it_vanish(network):
    referral = send(network, groups=["trans_nonbinary"], circumstances=["pregnant"], consent=consent(group_told=True))
    pressed(network, "rustavi", referrals.accept, referral)
    offer = offer_of(referral, network.houses["rustavi"])
    referrals.take_consent_back(actor=network.people["minsk"], referral=referral.public_id)
    referral.refresh_from_db()
    assert (referral.supply_kind, referral.supply_ends_on, referral.groups, referral.circumstances) == (
        "none",
        None,
        [],
        [],
    )
    assert (referral.languages, referral.contact_way, referral.state) == ([], "", "closed")
    assert not Offer.objects.visible_to(network.people["rustavi"]).filter(pk=offer.pk).exists()
    assert Message.objects.filter(kind=kinds.REFERRAL_OVER).count() == 1 and not CorridorCount.objects.exists()


def test_within_a_week_it_can_be_opened_again(network):
    referral = send(network)
    pressed(network, "rustavi", referrals.accept, referral)
    pressed(network, "rustavi", referrals.close_by_receiver, referral, outcome="no_show")
    with clock.travel(MONDAY + 8 * DAY), pytest.raises(WrongState):
        referrals.reopen(actor=network.people["minsk"], referral=referral.public_id)
    referrals.reopen(actor=network.people["minsk"], referral=referral.public_id)
    assert (Referral.objects.get().state, Leg.objects.get().state) == ("open", "stuck")


@pytest.mark.parametrize("who", ["kura", "minsk", "coordinator"])
def test_nobody_but_the_asked_house_answers(network, who):
    referral = send(network)
    person = network.coordinator if who == "coordinator" else network.people[who]
    offer = offer_of(referral, network.houses["rustavi"])
    for step, values in ((referrals.accept, {}), (referrals.decline, {"reason": "other"}), (referrals.see, {})):
        with pytest.raises(NotAllowed):
            step(actor=person, offer=offer.public_id, **values)


def test_refusals_are_summed_for_those_who_agreed_to_be_counted(network):
    for counted in (True, False):
        referral = send(network, consent=consent(counted=counted))
        pressed(network, "rustavi", referrals.decline, referral, reason="no_places")
    today = clock.today()
    country = referral.legs.get().country
    assert list(SOURCE.counts(today, today)) == [("art", country, "no_places", 1)]
    assert list(SOURCE.counts(today - 9 * DAY, today - DAY)) == []
    Consent.objects.update(withdrawn_at=clock.now())
    assert list(SOURCE.counts(today, today)) == []


def test_consent_is_taken_back_at_any_desk_by_the_code_and_the_sender_hears_of_it(network):
    referral = send(network, circumstances=["pregnant"])
    pressed(network, "rustavi", referrals.accept, referral)
    desk = {"actor": network.people["mtkvari"], "organization": network.houses["mtkvari"]}
    assert referrals.take_consent_back_here(typed="2222 22222", **desk) is False
    assert referrals.take_consent_back_here(typed=referral.shown_code, **desk) is True
    referral.refresh_from_db()
    assert (referral.state, referral.circumstances, referral.consent.withdrawn_at is None) == ("closed", [], False)
    assert Offer.objects.visible_to(network.people["rustavi"]).count() == 0
    event = ReferralEvent.objects.get(step="consent_back")
    assert (event.organization, event.user) == (network.houses["mtkvari"], network.people["mtkvari"])
    told = Message.objects.filter(kind=kinds.REFERRAL_NEWS)
    assert {message.correspondent.organization for message in told} == {network.houses["minsk"]}
    assert referrals.take_consent_back_here(typed=referral.shown_code, **desk) is False


def test_consent_is_taken_back_at_no_desk_outside_the_network(network):
    referral = send(network)
    outside = scenarios.organization("Чужой дом")
    with pytest.raises(HouseError):
        referrals.take_consent_back_here(
            actor=network.people["mtkvari"], organization=outside, typed=referral.shown_code
        )
    referral.refresh_from_db()
    assert referral.consent.withdrawn_at is None
