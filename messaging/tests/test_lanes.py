"""What a letter is for decides how many there are and when they arrive; a channel's trouble stays its own."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from messaging.budget import CAPS, MONTHLY_LIMIT, reader_of
from messaging.channels import CHANNELS, Down, Refused
from messaging.dispatch import dispatch
from messaging.models import Correspondent, Lane, Message, Round
from messaging.services import send_again
from messaging.tests.makers import WEDNESDAY, Recorder, make_correspondent, make_message, make_user, recording

pytestmark = pytest.mark.django_db
NIGHT = WEDNESDAY.replace(hour=22)  # two in the morning in Tbilisi
SATURDAY_NIGHT = dt.datetime(2026, 6, 6, 22, tzinfo=dt.UTC)


class Pocket:
    """A second channel that is down, or refuses, as it is told to; who refused it is written down beside it."""

    code = "pocket"
    fault: Exception | None = None
    sent: list[str] = []
    refused: list[str] = []

    @staticmethod
    def why_closed(correspondent: Correspondent) -> str:
        return "blocked" if correspondent.email in Pocket.refused else ""

    @staticmethod
    def note_refusal(message: Message, reason: str) -> None:
        Pocket.refused.append(message.correspondent.email)

    def send(self, *, address: str, letter: object, message_id: str) -> str:
        if Pocket.fault:
            raise Pocket.fault
        Pocket.sent.append(address)
        return "ok"

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def channels(monkeypatch):
    Pocket.fault, Pocket.sent, Pocket.refused = None, [], []
    monkeypatch.setitem(CHANNELS, "email", recording())
    monkeypatch.setitem(CHANNELS, "pocket", Pocket)
    with clock.travel(WEDNESDAY):
        yield


def in_pocket(person: Correspondent, **fields: object) -> Message:
    message = make_message(person, **fields)
    Message.objects.filter(pk=message.pk).update(channel="pocket", address="7700")
    return message


def test_a_person_with_two_channels_and_two_addresses_gets_six_letters_in_all():
    user = make_user()
    one = make_correspondent(user=user, email=user.email)
    other = make_correspondent(user=user, email="before-the-move@example.org")
    for number in range(9):
        (in_pocket if number % 3 == 0 else make_message)(one if number % 2 else other)
    assert dispatch() == {"sent": MONTHLY_LIMIT, "queued": 3}
    assert len(Recorder.sent) + len(Pocket.sent) == MONTHLY_LIMIT
    assert reader_of(one) == reader_of(other) == user.email


def test_work_takes_nothing_from_the_six_and_the_six_nothing_from_work():
    person = make_correspondent()
    for _number in range(MONTHLY_LIMIT + 1):
        make_message(person, lane=Lane.WORK)
    assert dispatch() == {"sent": MONTHLY_LIMIT + 1}
    for _number in range(MONTHLY_LIMIT + 1):
        make_message(person)
    assert dispatch() == {"sent": MONTHLY_LIMIT, "queued": 1}
    make_message(person, lane=Lane.WORK)
    assert dispatch() == {"sent": 1}


def test_work_has_a_cap_of_its_own_and_what_is_above_it_leaves_the_next_day():
    person = make_correspondent()
    cap, window = CAPS[Lane.WORK]
    for _number in range(cap + 2):
        make_message(person, lane=Lane.WORK)
    assert dispatch() == {"sent": cap, "queued": 2}
    make_message(person, lane=Lane.URGENT)
    assert dispatch() == {"sent": 1}  # what cannot wait is never put off
    with clock.travel(WEDNESDAY + window):
        assert dispatch() == {"sent": 2}


@pytest.mark.parametrize("moment", [NIGHT, SATURDAY_NIGHT])
def test_what_cannot_wait_leaves_at_any_hour_and_nothing_else_does(moment):
    with clock.travel(moment):
        make_message(lane=Lane.WORK, urgent=True)
        make_message(urgent=True)
        assert dispatch() == {}
        make_message(lane=Lane.URGENT)
        assert dispatch() == {"sent": 1}


def test_what_cannot_wait_and_was_held_up_by_an_outage_still_leaves_at_night():
    make_message(lane=Lane.URGENT)
    Recorder.faults[:] = [Down("connection refused")]
    dispatch()
    with clock.travel(NIGHT):
        assert dispatch() == {"sent": 1}


def test_a_channel_that_is_down_stops_its_own_round_only():
    for _number in range(3):
        in_pocket(make_correspondent())
    for _number in range(3):
        make_message()
    Pocket.fault = Down("no route")
    assert dispatch() == {"queued": 1, "sent": 3}
    assert Round.objects.exists()  # the mail server was not away
    Pocket.fault = None
    with clock.travel(WEDNESDAY + dt.timedelta(minutes=5)):
        assert dispatch() == {"sent": 3}


def test_mail_that_is_down_does_not_hold_up_the_other_channel_and_is_no_finished_round():
    make_message()
    in_pocket(make_correspondent())
    Recorder.faults[:] = [Down("connection refused")]
    assert dispatch() == {"queued": 1, "sent": 1}
    assert not Round.objects.exists()


def test_what_follows_a_refusal_belongs_to_the_channel_and_the_letter_goes_by_mail():
    person = make_correspondent()
    in_pocket(person)
    Pocket.fault = Refused("403 blocked")
    assert dispatch() == {"moved": 1, "sent": 1}
    person.refresh_from_db()
    assert (person.bounced_at, Pocket.refused, Recorder.sent) == (None, [person.email], [person.email])
    in_pocket(person)
    assert dispatch() == {"queued": 1, "sent": 1}  # the other channel is not asked a second time
    assert Recorder.sent == [person.email] * 2


def test_what_is_sent_again_stays_in_its_lane():
    message = make_message(lane=Lane.URGENT)
    Message.objects.filter(pk=message.pk).update(state="dead")
    message.refresh_from_db()
    assert send_again(message=message, actor=make_user(network_role="coordinator")).lane == Lane.URGENT
