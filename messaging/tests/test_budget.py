"""Six letters within 31 days, to the second, whatever they are about."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection, connections, transaction

from core import clock
from messaging.budget import MONTHLY_LIMIT, WINDOW, free_at, lock_reader
from messaging.models import Message
from messaging.tests.makers import WEDNESDAY, make_correspondent, make_message

DAY, SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def at_noon():
    with clock.travel(WEDNESDAY):
        yield


def spent(to, *days_ago: float, state: str = "sent") -> None:
    """Letters that were taken from the queue so many days ago."""
    for days in days_ago:
        at = WEDNESDAY - days * DAY
        Message.objects.filter(pk=make_message(to).pk).update(
            state=state, claimed_at=at, attempts=1, sent_at=at if state == "sent" else None
        )


def test_the_limit_is_six_in_the_longest_month():
    assert (MONTHLY_LIMIT, WINDOW) == (6, 31 * DAY)


@pytest.mark.django_db
class TestFree:
    def test_the_sixth_may_leave_now_and_the_seventh_when_the_first_is_a_month_old(self):
        person = make_correspondent()
        spent(person, 30, 20, 10, 5, 4)
        assert free_at(person.email, WEDNESDAY) == WEDNESDAY
        spent(person, 1)
        assert free_at(person.email, WEDNESDAY) == WEDNESDAY + DAY
        assert free_at(person.email, WEDNESDAY + DAY - SECOND) == WEDNESDAY + DAY
        assert free_at(person.email, WEDNESDAY + DAY) == WEDNESDAY + DAY

    def test_the_sixth_from_the_newest_decides_when_there_are_more(self):
        person = make_correspondent()
        spent(person, 29, 30, 28, 6, 5, 4, 3, 2)
        assert free_at(person.email, WEDNESDAY) == WEDNESDAY + 3 * DAY  # the one of 28 days ago is the sixth

    def test_letters_of_more_than_a_month_ago_are_forgotten(self):
        person = make_correspondent()
        spent(person, 60, 50, 45, 40, 35, 32)
        assert free_at(person.email, WEDNESDAY) == WEDNESDAY

    @pytest.mark.parametrize(("state", "counts"), [("sending", True), ("unknown", True), ("sent", True)])
    def test_whatever_may_have_arrived_counts(self, state, counts):
        person = make_correspondent()
        spent(person, *[3] * 6, state=state)
        assert (free_at(person.email, WEDNESDAY) > WEDNESDAY) is counts

    def test_what_never_left_and_what_others_got_does_not_count(self):
        person = make_correspondent()
        spent(make_correspondent(), *[3] * 6)
        for state in ("queued", "failed", "dead", "cancelled"):
            for _number in range(6):
                Message.objects.filter(pk=make_message(person).pk).update(
                    state=state, claimed_at=WEDNESDAY - DAY, attempts=1
                )
        assert free_at(person.email, WEDNESDAY) == WEDNESDAY


@pytest.mark.django_db(transaction=True)
def test_one_address_is_decided_on_by_one_at_a_time_and_another_one_meanwhile():
    held, waited = threading.Event(), []

    def second() -> None:
        held.wait(10)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '300ms'")
                lock_reader("boris@example.org")  # nobody's business: at once
                waited.append("free")
                lock_reader("anna@example.org")
                waited.append("both")
        except Exception as error:
            waited.append(type(error).__name__)
        finally:
            connections.close_all()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        lock_reader("anna@example.org")
        held.set()
        thread.join(20)
    assert waited == ["free", "OperationalError"]
    with transaction.atomic():  # the lock ended with its transaction
        lock_reader("anna@example.org")
