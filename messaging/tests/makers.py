"""Correspondents and letters for tests."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from core import clock
from messaging.channels import EmailChannel, LetterChannel
from messaging.letters import Letter
from messaging.models import Correspondent, Message
from messaging.services import enqueue
from organizations.tests.makers import make_organization, make_user

_numbers = count(1)
#: A Wednesday, noon in Tbilisi.
WEDNESDAY = dt.datetime(2026, 6, 3, 8, tzinfo=dt.UTC)


def plain(message: Message) -> Letter | None:
    """A letter without a link, which some payloads spoil."""
    if message.payload.get("fault"):
        raise RuntimeError(message.payload["fault"])
    return None if message.payload.get("over") else Letter(f"Письмо {message.pk}", "Текст")


WRITERS = {"test": plain}


def make_correspondent(**fields: Any) -> Correspondent:
    number = next(_numbers)
    values = {"email": f"reader{number}@example.org", "timezone": "Asia/Tbilisi", "name": f"Читатель {number}"} | fields
    if "organization" not in values:
        values["organization"] = make_organization()
    return Correspondent.objects.create(**values)


def make_message(to: Correspondent | None = None, **fields: Any) -> Message:
    to = to or make_correspondent()
    values = {"kind": "test", "dedupe_key": f"test:{next(_numbers)}"} | fields
    message = enqueue(to=to, **values)
    assert message is not None
    return message


class Recorder:
    """A channel that keeps what it was given, and fails as it is told to."""

    code = "email"

    @staticmethod
    def why_closed(correspondent: Correspondent) -> str:
        return EmailChannel.why_closed(correspondent)

    @staticmethod
    def note_refusal(message: Message, reason: str) -> None:
        EmailChannel.note_refusal(message, reason)

    sent: list[str] = []
    faults: list[Exception] = []

    def send(self, *, address: str, letter: Letter, message_id: str) -> str:
        if Recorder.faults and (fault := Recorder.faults.pop(0)):
            raise fault
        Recorder.sent.append(address)
        return "250 ok"

    def close(self) -> None:
        pass


def recording() -> type[LetterChannel]:
    Recorder.sent, Recorder.faults = [], []
    return Recorder


__all__ = ["WEDNESDAY", "Recorder", "clock", "make_correspondent", "make_message", "make_user", "recording"]
