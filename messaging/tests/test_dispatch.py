"""The outbox: nothing is lost, nothing leaves twice, whatever breaks and wherever."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from itertools import pairwise

import pytest
from django.core import mail
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from core import clock
from core.errors import NotAllowed, WrongState
from messaging import dispatch as dispatching
from messaging.budget import MONTHLY_LIMIT, WINDOW
from messaging.channels import CHANNELS, Down, NotSent, OutcomeUnknown, Refused
from messaging.dispatch import BACKOFF, claim, dispatch
from messaging.models import Correspondent, Lane, Message
from messaging.services import enqueue, record_bounce, send_again
from messaging.tests.makers import WEDNESDAY, Recorder, make_correspondent, make_message, make_user, recording

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with clock.travel(WEDNESDAY):
        yield


@pytest.fixture
def channel(monkeypatch):
    monkeypatch.setitem(CHANNELS, "email", recording())
    return Recorder


class Killed(BaseException):
    """The process ends here: no handler of ours may catch it."""


# --- what leaves and when -----------------------------------------------------------------------------------------


def test_a_letter_leaves_once_with_its_headers(settings):
    settings.NOTICE_FROM_EMAIL = "Карта услуг <notices@map.example.org>"
    message = make_message()
    assert dispatch() == {"sent": 1}
    assert dispatch() == {}
    (letter,) = mail.outbox
    assert letter.from_email == settings.NOTICE_FROM_EMAIL != settings.DEFAULT_FROM_EMAIL
    assert letter.extra_headers["Message-ID"] == f"<{message.public_id}@map.example.org>"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.attempts) == ("sent", WEDNESDAY, 1)


def test_two_letters_for_one_occasion_cannot_be_written():
    person = make_correspondent()
    first = enqueue(kind="test", to=person, dedupe_key="same")
    assert enqueue(kind="test", to=person, dedupe_key="same") is None
    assert Message.objects.get() == first


def test_a_letter_that_was_written_is_known_without_being_read_again():
    """Of what stands in the database only its key is new to whoever wrote it."""
    person = make_correspondent()
    with CaptureQueriesContext(connection) as seen:
        written = enqueue(kind="test", to=person, dedupe_key="once", payload={"about": ["x"]}, urgent=True)
    asked = [one["sql"] for one in seen if one["sql"].startswith("SELECT") and "messaging_message" in one["sql"]]
    assert len(asked) == 1 and "payload" not in asked[0]
    stored = Message.objects.get()
    columns = [field.attname for field in Message._meta.concrete_fields]
    assert {name: getattr(written, name) for name in columns} == {name: getattr(stored, name) for name in columns}
    assert not written._state.adding and written == stored


def test_whoever_reads_a_letter_is_read_once_for_it(channel):
    """The person, their login and their organisation: asked for by everything that decides and writes."""
    make_message(make_correspondent(user=make_user()))
    with CaptureQueriesContext(connection) as seen:
        message, letter = claim()
        assert (message.correspondent.user, message.correspondent.organization) != (None, None) and letter
    asked = [one["sql"] for one in seen if "U0" not in one["sql"]]
    tables = ("messaging_correspondent", "accounts_user", "organizations_organization")
    assert [sum(f'FROM "{table}"' in sql for sql in asked) for table in tables] == [1, 0, 0]


def test_a_letter_waits_for_the_morning_and_for_monday(channel):
    with clock.travel(WEDNESDAY.replace(hour=18)):  # ten in the evening in Tbilisi
        make_message()
        assert dispatch() == {}
    with clock.travel(dt.datetime(2026, 6, 4, 3, 59, tzinfo=dt.UTC)):
        assert dispatch() == {}
    with clock.travel(dt.datetime(2026, 6, 4, 4, 0, tzinfo=dt.UTC)):
        assert dispatch() == {"sent": 1}


def test_a_letter_that_waited_through_an_outage_does_not_arrive_at_night(channel):
    make_message()
    with clock.travel(WEDNESDAY.replace(hour=20)):
        assert dispatch() == {"queued": 1}
    assert channel.sent == []
    assert Message.objects.get().not_before == dt.datetime(2026, 6, 4, 4, tzinfo=dt.UTC)


def test_a_pile_that_waits_for_one_person_is_asked_about_once(channel, django_assert_max_num_queries):
    """Above the limit each letter would cost a lock and three questions, in every round."""
    person, other = make_correspondent(), make_correspondent()
    for _number in range(MONTHLY_LIMIT + 40):
        make_message(person)
    waits = make_message(other, lane=Lane.WORK)
    Message.objects.filter(pk=waits.pk).update(not_before=WEDNESDAY + dt.timedelta(hours=1))
    with clock.travel(WEDNESDAY):
        assert dispatch(limit=MONTHLY_LIMIT)["sent"] == MONTHLY_LIMIT
        with django_assert_max_num_queries(25):
            assert dispatch() == {"queued": 40}
    moments = set(Message.objects.open().filter(correspondent=person).values_list("not_before", flat=True))
    assert moments == {dt.datetime(2026, 7, 6, 4, tzinfo=dt.UTC)}  # a month later, and then Monday
    waits.refresh_from_db()
    assert waits.not_before == WEDNESDAY + dt.timedelta(hours=1)


def test_what_somebody_asked_for_arrives_at_any_hour(channel):
    with clock.travel(WEDNESDAY.replace(hour=22)):
        make_message(requested=True)
        assert dispatch() == {"sent": 1}


def test_nobody_gets_more_than_six_letters_in_any_month_whatever_happens(channel):
    person = make_correspondent()
    other = make_correspondent(email=person.email)  # the same reader, for another organisation
    for number in range(40):
        with clock.travel(WEDNESDAY + dt.timedelta(days=number)):
            make_message(person if number % 2 else other, urgent=True, requested=number % 5 == 0)
    with clock.travel(WEDNESDAY + dt.timedelta(days=40)):
        dispatch()
    assert len(channel.sent) == MONTHLY_LIMIT
    moment = WEDNESDAY + dt.timedelta(days=40)
    for _day in range(200):
        moment += dt.timedelta(days=1)
        with clock.travel(moment):
            dispatch()
    times = sorted(Message.objects.filter(state="sent").values_list("sent_at", flat=True))
    assert len(times) == 40  # later, but all of them
    assert all(later - earlier >= WINDOW for earlier, later in zip(times, times[MONTHLY_LIMIT:], strict=False))
    assert max(Counter((t.year, t.month) for t in times).values()) <= MONTHLY_LIMIT


def test_whoever_left_or_bounced_gets_nothing(channel):
    gone, bouncing = make_correspondent(left_at=WEDNESDAY), make_correspondent()
    make_message(gone)
    make_message(bouncing)
    assert record_bounce(address=bouncing.email, reason="550") == 1
    assert dispatch() == {"cancelled": 2}
    assert channel.sent == []


def test_an_occasion_that_is_over_is_not_written_about(channel):
    make_message(payload={"over": True})
    assert dispatch() == {"cancelled": 1}
    assert channel.sent == []


# --- what fails ---------------------------------------------------------------------------------------------------


def test_a_letter_that_was_not_accepted_is_tried_again_less_and_less_often_and_then_given_up(channel):
    message = make_message(urgent=True, requested=True)
    moments = [WEDNESDAY]
    _refused_at(WEDNESDAY, channel)
    while (message := Message.objects.get()).state == "failed":
        assert not _refused_at(message.not_before - dt.timedelta(seconds=1), channel)
        assert _refused_at(message.not_before, channel)
        moments.append(message.not_before)
    assert (message.state, message.last_error) == ("dead", "451 later")
    assert len(moments) == len(BACKOFF) + 1
    pauses = [later - earlier for earlier, later in pairwise(moments)]
    assert pauses == sorted(pauses)
    assert not _refused_at(moments[-1] + dt.timedelta(days=3), channel)


def _refused_at(moment: dt.datetime, channel: type[Recorder]) -> dict[str, int]:
    channel.faults[:] = [NotSent("451 later")]
    with clock.travel(moment):
        return dispatch()


def test_a_provider_that_is_down_costs_no_attempt_and_no_letter(channel):
    for _number in range(5):
        make_message()
    moment = WEDNESDAY
    for _round in range(200):  # most of a day, through the night
        channel.faults[:] = [Down("connection refused")] * 9
        with clock.travel(moment):
            dispatch()
        moment += dt.timedelta(minutes=5)
    channel.faults.clear()
    assert channel.sent == []
    assert set(Message.objects.values_list("state", "attempts")) == {("queued", 0)}
    with clock.travel(dt.datetime(2026, 6, 4, 8, 10, tzinfo=dt.UTC)):
        assert dispatch() == {"sent": 5}
    assert len(channel.sent) == 5


def test_an_address_that_is_refused_for_good_bounces_for_all_its_organisations(channel):
    person = make_correspondent()
    twin = make_correspondent(email=person.email)
    make_message(person)
    channel.faults[:] = [Refused("550 no such user")]
    assert dispatch() == {"dead": 1}
    assert set(Correspondent.objects.values_list("bounce_reason", flat=True)) == {"550 no such user"}
    make_message(twin)
    assert dispatch() == {"cancelled": 1}


def test_a_letter_that_cannot_be_written_does_not_hold_up_the_others(channel):
    spoiled = make_message(payload={"fault": "no template"})
    make_message()
    assert dispatch() == {"failed": 1, "sent": 1}
    spoiled.refresh_from_db()
    assert (spoiled.state, spoiled.last_error) == ("failed", "no template")


def test_an_unknown_outcome_is_shown_and_never_sent_again_by_itself(channel):
    message = make_message()
    channel.faults[:] = [OutcomeUnknown("connection lost after DATA")]
    assert dispatch() == {"unknown": 1}
    for days in range(1, 40):
        with clock.travel(WEDNESDAY + dt.timedelta(days=days)):
            assert dispatch() == {}
    assert list(Message.objects.troubled()) == [message]


def test_a_coordinator_sends_again_what_did_not_arrive_once(channel):
    message = make_message()
    channel.faults[:] = [OutcomeUnknown("lost")]
    dispatch()
    message.refresh_from_db()
    with pytest.raises(NotAllowed):
        send_again(message=message, actor=make_user())
    coordinator = make_user(network_role="coordinator")
    again = send_again(message=message, actor=coordinator)
    with pytest.raises(WrongState):
        send_again(message=message, actor=coordinator)
    with pytest.raises(WrongState):
        send_again(message=again, actor=coordinator)
    assert dispatch() == {"sent": 1}


# --- killed anywhere ----------------------------------------------------------------------------------------------


def kill_at(monkeypatch, name: str, when: str = "before") -> None:
    """The process dies before or after this function of the dispatcher, once."""
    real = getattr(dispatching, name)

    def dying(*args, **kwargs):
        monkeypatch.setattr(dispatching, name, real)
        if when == "after":
            real(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(dispatching, name, dying)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "when", "state", "sent"),
    [
        ("claim", "before", "queued", 0),
        ("_may_leave", "before", "queued", 0),
        ("_may_leave", "after", "queued", 0),
        ("write", "before", "queued", 0),
        ("write", "after", "queued", 0),
        ("claim", "after", "sending", 0),
        ("_send", "before", "sending", 0),
        ("_message_id", "after", "sending", 0),
        ("_mark", "before", "sending", 1),
        ("_mark", "after", "sent", 1),
        ("_send", "after", "sent", 1),
    ],
)
def test_killing_the_worker_anywhere_loses_nothing_and_sends_nothing_twice(
    monkeypatch, channel, name, when, state, sent
):
    make_message()
    kill_at(monkeypatch, name, when)
    with pytest.raises(Killed):
        dispatch()
    assert Message.objects.get().state == state
    assert len(channel.sent) == sent
    for minutes in range(0, 60, 5):  # the worker is back
        with clock.travel(WEDNESDAY + dt.timedelta(minutes=minutes)):
            dispatch()
    message = Message.objects.get()
    if state == "queued":  # nothing had left the house, so it leaves now
        assert (message.state, len(channel.sent)) == ("sent", 1)
    elif state == "sending":  # nobody can know: shown to people, not sent again
        assert (message.state, len(channel.sent)) == ("unknown", sent)
    else:
        assert (message.state, len(channel.sent)) == ("sent", 1)


@pytest.mark.django_db(transaction=True)
def test_a_process_that_wakes_up_late_changes_nothing(channel):
    make_message()
    message, letter = claim()
    with clock.travel(WEDNESDAY + dt.timedelta(hours=1)):
        assert dispatch() == {"unknown": 1}
        assert dispatching._send(message, letter, channel()) == "overtaken"
    assert Message.objects.get().state == "unknown"


@pytest.mark.django_db(transaction=True)
def test_many_dispatchers_at_once_send_each_letter_once_and_keep_the_limit(channel):
    people = [make_correspondent() for _n in range(10)]
    for number in range(60):
        make_message(people[0] if number < 20 else people[number % 10])
    start, faults = threading.Barrier(4), []

    def work() -> None:
        try:
            with clock.travel(WEDNESDAY):
                start.wait()
                while dispatch(limit=7):
                    pass
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not faults
    by_address = Counter(channel.sent)
    assert len(by_address) == 10 and set(by_address.values()) <= set(range(1, MONTHLY_LIMIT + 1))
    assert by_address[people[0].email] == MONTHLY_LIMIT
    assert Message.objects.filter(state="sent").count() == len(channel.sent)
    assert Message.objects.filter(attempts__gt=1).count() == 0
