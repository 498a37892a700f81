"""A second process is killed for real (SIGKILL) while it sends, wherever that hurts; another one goes on after it.

What must hold is written at the head of `messaging/dispatch.py`: nothing leaves twice, nothing is lost, and what broke
off during the hand-over is shown as "may have arrived".
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.db import transaction

from core import clock
from messaging.budget import lock_reader
from messaging.dispatch import BROKEN_OFF, dispatch
from messaging.models import Message
from messaging.tests.makers import make_correspondent, make_message, make_organization
from messaging.tests.processes import OTHERS, Processes, ask, wait_until
from messaging.tests.sink import GREETING, TAKEN, TEXT, Sink

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sink(settings):
    sink = Sink()
    settings.NOTICE_EMAIL = {
        "backend": "django.core.mail.backends.smtp.EmailBackend", "host": "127.0.0.1", "port": sink.port, "timeout": 10
    }  # fmt: skip
    yield sink
    sink.close()


@pytest.fixture
def processes(sink):
    processes = Processes("run_due", NOTICE_EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
    yield processes
    processes.end()


def letters(count: int) -> list[Message]:
    """Asked for, so they leave at whatever hour this test runs; the oldest is sent first."""
    organization = make_organization()
    people = [make_correspondent(organization=organization) for _n in range(count)]
    return [make_message(person, kind="new_link", requested=True) for person in people]


def states() -> Counter[str]:
    return Counter(Message.objects.values_list("state", flat=True))


# long: one outbox that survives one death after another
def test_a_process_killed_anywhere_loses_nothing_and_nothing_leaves_twice(sink, processes):
    rows = letters(12)
    steps = [
        # Before the first word to the provider.
        (GREETING, 1, {"sending": 1, "queued": 11}, 0),
        # In the middle of the second letter of the process: the provider never got its text.
        (TEXT, 2, {"sending": 2, "sent": 1, "queued": 9}, 1),
        # The provider has the second one, and we never learned that.
        (TAKEN, 2, {"sending": 3, "sent": 2, "queued": 7}, 3),
    ]
    for stage, number, after, taken in steps:
        sink.stop_at(stage, number)
        process = processes.start()
        assert sink.reached.wait(30)
        processes.kill(process)
        assert states() == after and len(sink.taken) == taken, stage
    sink.go_on()

    # While the third letter is being taken from the queue, so that this transaction never ends.
    with transaction.atomic():
        lock_reader(rows[7].address)
        process = processes.start()
        wait_until(lambda: ask("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1)
        processes.kill(process)
    wait_until(lambda: ask(OTHERS) == 0)
    assert Message.objects.get(pk=rows[7].pk).state == "queued"

    # Two others go on at once.
    for process in [processes.start(), processes.start()]:
        processes.finish(process)
    assert states() == {"sending": 3, "sent": 9}

    # A quarter of an hour later people are told what may have arrived; nothing is sent again by itself.
    with clock.travel(clock.now() + BROKEN_OFF + dt.timedelta(minutes=1)):
        assert dispatch() == {"unknown": 3}
        assert dispatch() == {}
    assert set(Message.objects.troubled()) == {rows[0], rows[2], rows[4]}
    assert Counter(address for address, _message_id in sink.taken) == {
        row.address: 1 for row in rows if row not in (rows[0], rows[2])
    }
    assert {message_id.split("@")[0][1:] for _address, message_id in sink.taken} <= {row.public_id for row in rows}


@pytest.mark.parametrize("says_why", [True, False])
def test_a_provider_that_hangs_up_after_some_letters_gets_the_others_on_a_new_line(sink, says_why):
    letters(7)
    sink.letters_per_session, sink.says_why = 3, says_why
    assert dispatch() == {"sent": 7}
    assert len(set(sink.taken)) == 7


@pytest.mark.parametrize("says_why", [True, False])
def test_a_provider_that_takes_nothing_today_gets_it_later(sink, says_why):
    """It certainly has no letter, so nothing is in doubt and nothing is given up."""
    letters(2)
    sink.letters_per_session, sink.says_why = 0, says_why
    assert dispatch() == {"failed": 2}
    sink.letters_per_session = 10
    with clock.travel(clock.now() + dt.timedelta(minutes=10)):
        assert dispatch() == {"sent": 2}
    assert len(sink.taken) == 2
