"""The mail server of the simulated network: what it takes, refuses, and loses with the worker."""

from __future__ import annotations

import smtplib

import pytest
from django.core.mail import EmailMessage

from simulation.mailbox import MAILBOX, Backend, Mailbox, WorkerKilled


@pytest.fixture(autouse=True)
def mailbox():
    vars(MAILBOX).update(vars(Mailbox()))
    yield MAILBOX
    vars(MAILBOX).update(vars(Mailbox()))


def send(address="a@example.org", number=1):
    letter = EmailMessage("Письмо", "Текст", to=[address], headers={"Message-ID": f"<{number}>"})
    return Backend().send_messages([letter])


def test_a_letter_arrives_once_and_is_remembered_after_it_was_read(mailbox):
    assert send() == 1
    assert [letter.to for letter in mailbox.empty()] == [["a@example.org"]]
    assert mailbox.empty() == []
    assert mailbox.taken == ["<1>"]


def test_a_broken_address_is_refused_for_good_and_the_others_are_not(mailbox):
    mailbox.bouncing.add("a@example.org")
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send()
    assert refused.value.recipients["a@example.org"][0] == 550
    assert send("b@example.org", 2) == 1
    assert mailbox.taken == ["<2>"]


def test_a_server_that_is_down_cannot_be_opened(mailbox):
    Backend().open()
    mailbox.is_down = True
    with pytest.raises(ConnectionRefusedError):
        Backend().open()


@pytest.mark.parametrize(("moment", "arrived"), [("kill_before", []), ("kill_after", ["<1>"])])
def test_the_worker_is_killed_once_before_or_after_the_letter_has_left(mailbox, moment, arrived):
    setattr(mailbox, moment, True)
    with pytest.raises(WorkerKilled):
        send()
    assert mailbox.taken == arrived
    send(number=2)
    assert mailbox.taken == [*arrived, "<2>"]


def test_no_handler_of_ours_can_swallow_the_death_of_the_worker():
    assert not issubclass(WorkerKilled, Exception)
