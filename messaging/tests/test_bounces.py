"""Delivery reports that arrive later."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.management import call_command

from messaging.bounces import read_report
from messaging.dispatch import dispatch
from messaging.models import Correspondent, Message
from messaging.services import address_works
from messaging.tests.makers import WEDNESDAY, clock, make_correspondent, make_message

pytestmark = pytest.mark.django_db


# long: one letter as a mail server writes it
def report(message_id: str, address: str, *, action="failed", status="5.1.1", whole=True) -> bytes:
    returned = "message/rfc822" if whole else "text/rfc822-headers"
    return f"""From: MAILER-DAEMON@example.net
To: notices@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I could not deliver it.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1
    mailbox unavailable

--B
Content-Type: {returned}

Subject: Проверьте
Message-ID: {message_id}
To: {address}

Text
--B--
""".encode()


@pytest.fixture
def sent():
    """A letter that left: its Message-ID and the person."""
    person = make_correspondent()
    with clock.travel(WEDNESDAY):
        make_message(person)
        dispatch()
    assert Message.objects.get().state == "sent"
    return mail.outbox[0].extra_headers["Message-ID"], person


def bounced(person: Correspondent) -> str:
    person.refresh_from_db()
    return person.bounce_reason


@pytest.mark.parametrize("whole", [True, False])
def test_a_letter_that_came_back_later_stops_the_next_ones(sent, whole):
    message_id, person = sent
    assert read_report(report(message_id, person.email.upper(), whole=whole)) == [person.email]
    assert "mailbox unavailable" in bounced(person)


@pytest.mark.parametrize(
    "change",
    [
        {"action": "delayed", "status": "4.4.1"},
        {"status": "4.2.2"},
        {"message_id": "<zzzzzzzzzz@example.org>"},
        {"address": "somebody.else@example.org"},
    ],
)
def test_delays_and_forged_reports_change_nothing(sent, change):
    message_id, person = sent
    values = {"message_id": message_id, "address": person.email} | change
    assert read_report(report(**values)) == []
    assert bounced(person) == ""


@pytest.mark.parametrize("raw", [b"", b"hello", b"\xff\xfe\x00", b"Content-Type: multipart/report\n\n--x"])
def test_what_is_no_report_changes_nothing(sent, raw):
    assert read_report(raw) == []
    assert bounced(sent[1]) == ""


def test_the_command_reads_files(sent, tmp_path, capsys):
    message_id, person = sent
    file = tmp_path / "bounce.eml"
    file.write_bytes(report(message_id, person.email))
    call_command("record_bounces", str(file))
    assert bounced(person)
    address_works(correspondent=person)
    assert bounced(person) == ""
