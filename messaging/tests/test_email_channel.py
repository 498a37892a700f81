"""The mail channel: what a server says, told apart, and a line of its own."""

from __future__ import annotations

import smtplib

import pytest
from django.core import mail

from core import clock
from messaging.channels import Down, NotSent, OutcomeUnknown, Refused
from messaging.channels.email import EmailChannel
from messaging.dispatch import dispatch
from messaging.letters import Letter
from messaging.tests.makers import WEDNESDAY, make_message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with clock.travel(WEDNESDAY):
        yield


class Server:
    """A mail backend that answers as a server might."""

    fault: Exception | None = None

    def __init__(self, **options):
        pass

    def open(self):
        if isinstance(Server.fault, ConnectionRefusedError):
            raise Server.fault

    def send_messages(self, messages):
        if Server.fault:
            raise Server.fault
        return len(messages)

    def close(self):
        pass


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (ConnectionRefusedError("refused"), Down),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (550, b"no such user")}), Refused),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (450, b"greylisted")}), NotSent),
        (smtplib.SMTPDataError(451, b"try later"), NotSent),
        (smtplib.SMTPDataError(554, b"looks like spam"), NotSent),
        (smtplib.SMTPSenderRefused(530, b"log in", "x"), NotSent),
        (smtplib.SMTPServerDisconnected("gone"), OutcomeUnknown),
        (TimeoutError("timed out"), OutcomeUnknown),
    ],
)
def test_what_a_mail_server_says_is_told_apart(settings, fault, expected):
    settings.NOTICE_EMAIL = {"backend": f"{__name__}.Server"}
    Server.fault = fault
    with pytest.raises(expected) as caught:
        EmailChannel().send(address="a@b.c", letter=Letter("Тема", "Текст"), message_id="<1@x>")
    assert type(caught.value) is expected


def test_letters_and_password_mail_do_not_share_a_connection(settings):
    settings.NOTICE_EMAIL = {"backend": f"{__name__}.Server"}
    Server.fault = None
    make_message()
    assert dispatch() == {"sent": 1}
    assert mail.outbox == []  # the other server's outbox
