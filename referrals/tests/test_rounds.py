"""What the worker does by the clock: once, in time, and after a pause without doing anything twice."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from messaging.models import Correspondent, Message
from organizations.models import Organization
from referrals import emptying, kinds, letters, rounds
from referrals import services as referrals
from referrals.models import AcknowledgeLink, Leg, Offer, Referral, ReferralEvent
from referrals.tests.makers import MONDAY, leg, offer_of, send

pytestmark = pytest.mark.django_db
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def steps(step: str) -> int:
    return ReferralEvent.objects.filter(step=step).count()


def at(moment: dt.datetime) -> dict[str, int]:
    with clock.travel(moment):
        return rounds.run_often()


def test_reminded_told_and_asked_further_each_once_and_in_time(network):
    referral = send(network, days=40)
    offer = offer_of(referral, network.houses["rustavi"])
    for number in range(24 * 8):
        at(MONDAY + number * HOUR)
    offer.refresh_from_db()
    assert (steps("remind"), steps("lapse")) == (1, 1)
    assert offer.remind_at <= offer.reminded_at <= offer.remind_at + HOUR
    assert offer.coordinator_at <= offer.escalated_at <= offer.coordinator_at + HOUR
    fallback = offer_of(referral, network.houses["kura"])
    assert offer.fallback_at <= fallback.sent_at <= offer.fallback_at + HOUR
    waits = Message.objects.filter(kind=kinds.REFERRAL_WAITS, correspondent__user=network.coordinator)
    assert waits.count() == steps("escalate")


def test_who_reads_for_an_organisation_is_found_without_the_people_of_the_network(network, django_assert_num_queries):
    house = network.houses["rustavi"]
    letters.people_of(house, "GE")
    with django_assert_num_queries(3):
        (person,) = letters.people_of(house, "GE")
    assert person.user == network.people["rustavi"]
    Correspondent.objects.filter(pk=person.pk).update(bounced_at=MONDAY, bounce_reason="550")
    (instead,) = letters.people_of(house, "GE")
    assert instead.user == network.coordinator


def test_after_a_week_without_a_worker_each_step_is_taken_once(network):
    send(network, days=40)
    at(MONDAY + 8 * DAY)
    at(MONDAY + 8 * DAY)
    assert (steps("lapse"), steps("send"), steps("remind")) == (1, 2, 0)
    asked = Message.objects.filter(kind=kinds.REFERRAL_ASKED)
    assert asked.count() == 2


def test_opening_stops_the_reminders_and_not_the_clock(network):
    referral = send(network, days=40)
    referrals.see(actor=network.people["rustavi"], offer=offer_of(referral, network.houses["rustavi"]).public_id)
    at(MONDAY + 8 * DAY)
    assert (steps("remind"), steps("lapse")) == (0, 1)


def test_when_the_day_has_passed_both_are_asked_at_once(network):
    referral = send(network, days=1)
    assert {offer.state for offer in Offer.objects.all()} == {"sent"}
    assert referral.legs.get().urgency == "today"
    assert set(Message.objects.filter(kind=kinds.REFERRAL_ASKED).values_list("lane", flat=True)) == {"urgent"}


def test_a_stage_whose_medicine_shrinks_becomes_urgent_and_its_instants_come_nearer(network):
    referral = send(network, days=9)
    before = offer_of(referral, network.houses["rustavi"])
    assert before.leg.urgency == "ordinary"
    with clock.travel(MONDAY + 2 * DAY):
        assert rounds.run_daily()["more urgent"] == 1
    after = offer_of(referral, network.houses["rustavi"])
    assert after.leg.urgency == "urgent"
    for name in ("remind_at", "answer_by", "coordinator_at", "fallback_at"):
        assert getattr(after, name) <= getattr(before, name)


def test_both_sides_are_asked_for_news_twice_and_then_contact_counts_as_lost(network):
    referral = send(network)
    offer = offer_of(referral, network.houses["rustavi"])
    referrals.accept(actor=network.people["rustavi"], offer=offer.public_id)
    expected = dt.datetime(2026, 6, 7, 12, tzinfo=dt.UTC)
    for days in range(40):
        at(expected + days * DAY)
    assert Message.objects.filter(kind=kinds.REFERRAL_ANY_NEWS).count() == 2
    assert Message.objects.filter(kind=kinds.REFERRAL_NEWS).count() == 2
    stage = Leg.objects.get()
    assert (stage.outcome, (stage.closed_at - expected).days) == ("lost", 30)


def test_what_was_asked_of_a_suspended_house_goes_back(network):
    referral = send(network)
    offer = offer_of(referral, network.houses["rustavi"])
    referrals.accept(actor=network.people["rustavi"], offer=offer.public_id)
    Organization.objects.filter(slug="rustavi").update(member_status="suspended")
    assert not Offer.objects.visible_to(network.people["rustavi"]).exists()  # before the worker comes
    at(MONDAY + HOUR)
    assert (Offer.objects.get(pk=offer.pk).state, Leg.objects.get().state) == ("withdrawn", "stuck")


def test_content_goes_after_thirty_days_and_rows_after_ninety_and_pages_do_not_wait_for_the_worker(network):
    referral = send(network, groups=["trans_nonbinary"], circumstances=["pregnant"])
    offer = offer_of(referral, network.houses["rustavi"])
    referrals.accept(actor=network.people["rustavi"], offer=offer.public_id)
    referrals.close_by_receiver(actor=network.people["rustavi"], offer=offer.public_id, outcome="served")
    with clock.travel(MONDAY + 29 * DAY):
        emptying.run()
        assert Referral.objects.get().supply_kind == "art"
    with clock.travel(MONDAY + 30 * DAY):
        assert Referral.objects.get().is_emptied
        emptying.run()
        row = Referral.objects.get()
        assert (row.supply_kind, row.supply_ends_on, row.circumstances, row.languages) == ("none", None, [], [])
        assert Leg.objects.get().needed_by is None
    with clock.travel(MONDAY + 90 * DAY):
        assert not Referral.objects.visible_to(network.people["minsk"]).exists()
        assert not Offer.objects.visible_to(network.people["rustavi"]).exists()
        emptying.run()
        for model in (Referral, Leg, Offer, ReferralEvent, AcknowledgeLink):
            assert not model.objects.exists()
    with clock.travel(MONDAY + 91 * DAY):
        emptying.run()
        assert not Message.objects.filter(kind__startswith="referral_").exists()


def test_no_referral_stays_open_for_ever(network):
    send(network, days=400)
    with clock.travel(MONDAY + 181 * DAY):
        emptying.run()
        assert Referral.objects.get().outcome == "lost"


def test_a_chain_is_asked_for_at_once(network):
    send(network, leg(network), leg(network, "ararat", "", country="AM"))
    assert Offer.objects.filter(state="sent").count() == 2
