"""A restored database sends nothing that the lost server may have sent."""

import datetime as dt

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.models import WaitingLetter
from accounts.post import ask_for_password, send_waiting
from core import clock
from messaging.models import Message
from messaging.tests import makers

pytestmark = pytest.mark.django_db
COPIED = makers.WEDNESDAY


def due_on(moment):
    message = makers.make_message()
    Message.objects.filter(pk=message.pk).update(not_before=moment)
    return message


def test_last_weeks_letters_do_not_leave_again_and_the_next_ones_do(capsys):
    with clock.travel(COPIED):
        due = makers.make_message()
        later = due_on(COPIED + dt.timedelta(days=9))
        ask_for_password(email="somebody@example.org", language="ru", base="https://example.org")
    restored = COPIED + dt.timedelta(days=7)
    with clock.travel(restored):
        call_command("after_restore")
        assert "called off: 1" in capsys.readouterr().out
        send_waiting()
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, later.state) == ("cancelled", "queued")
    assert not mail.outbox and not WaitingLetter.objects.exists()


def test_what_the_lost_server_did_not_reach_is_kept():
    with clock.travel(COPIED):
        late = due_on(COPIED + dt.timedelta(days=3))
    with clock.travel(COPIED + dt.timedelta(days=7)):
        call_command("after_restore", "--until", (COPIED + dt.timedelta(days=2)).isoformat())
    assert Message.objects.get(pk=late.pk).state == "queued"


@pytest.mark.parametrize("word", ["yesterday", "2026-11-29T08:00"])
def test_a_moment_that_is_none_is_refused_in_words(word):
    with pytest.raises(CommandError, match="Write it like"):
        call_command("after_restore", "--until", word)
