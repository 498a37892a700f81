"""The months of referrals: every key is seen above nought once its rule is broken; hours in which nothing is due."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from referrals import rounds
from referrals.models import Offer
from referrals.tests.conftest import _ground, network, on_monday  # noqa: F401  (the network of referrals' tests)
from referrals.tests.makers import MONDAY, offer_of, send
from simulation import corridor_faults as faults

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def sql(question, *values):
    with connection.cursor() as cursor:
        cursor.execute(question, values)


def test_nothing_is_found_where_the_worker_has_done_its_round(network):  # noqa: F811
    send(network, days=9)
    rounds.run_often()
    assert faults.look(MONDAY) == {}


def test_a_stage_that_waits_for_nobody_or_has_no_next_date(network):  # noqa: F811
    leg = send(network, days=9).legs.get()
    Offer.objects.filter(state="sent").update(state="withdrawn")
    assert faults.look(MONDAY) == {"without_next_date": [f"stage {leg.pk}"]}
    sql("UPDATE referrals_leg SET state = 'placed', news_at = %s WHERE id = %s", MONDAY - 2 * DAY, leg.pk)
    assert faults.look(MONDAY) == {"without_next_date": [f"stage {leg.pk}"]}


def test_what_is_urgent_and_late_of_which_no_coordinator_has_heard(network):  # noqa: F811
    offer = offer_of(send(network, days=5), network.houses["rustavi"])
    late = offer.answer_by + 2 * HOUR
    assert faults.look(late)["urgent_unescalated"] == [f"request {offer.pk}"]
    Offer.objects.filter(pk=offer.pk).update(escalated_at=late)
    assert "urgent_unescalated" not in faults.look(late)


def test_two_yeses_for_one_stage(network):  # noqa: F811
    leg = send(network, days=9).legs.get()
    sql("DROP INDEX offer_accepted_once")
    now = dict.fromkeys(
        ("sent_at", "answered_at", "remind_at", "answer_by", "coordinator_at", "fallback_at"), MONDAY + DAY
    )
    Offer.objects.filter(leg=leg).update(state="accepted", **now)
    assert faults.look(MONDAY)["double_accepted"] == [f"stage {leg.pk}"]


def test_medicine_that_ends_in_two_days_while_nobody_has_been_told(network):  # noqa: F811
    leg = send(network, days=9).legs.get()
    soon = MONDAY + 7 * DAY
    assert faults.look(soon)["medicine_ended_untold"] == [f"stage {leg.pk}"]
    sql("UPDATE referrals_offer SET coordinator_at = %s WHERE leg_id = %s AND state = 'sent'", soon + HOUR, leg.pk)
    assert "medicine_ended_untold" not in faults.look(soon)


def test_the_next_instant_is_the_nearest_that_any_rule_compares(network):  # noqa: F811
    offer = offer_of(send(network, days=40), network.houses["rustavi"])
    instants = [offer.remind_at, offer.answer_by + HOUR, offer.coordinator_at, offer.fallback_at]
    assert faults.next_instant(MONDAY) == min(at for at in instants if at > MONDAY)
    assert faults.next_instant(MONDAY + 400 * DAY) is None
