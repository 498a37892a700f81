"""The mail server of the simulated network, behind the real mail channel."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class WorkerKilled(BaseException):
    """The worker's process ends in the middle of a letter. Nothing of ours may catch it."""


@dataclass
class Mailbox:
    """What arrived since it was last emptied, and how the server behaves."""

    arrived: list[EmailMessage] = field(default_factory=list)
    bouncing: set[str] = field(default_factory=set)
    is_down: bool = False
    kill_before: bool = False
    kill_after: bool = False
    #: Message-ID of every letter that was taken, to see that none was taken twice.
    taken: list[str] = field(default_factory=list)

    def empty(self) -> list[EmailMessage]:
        letters, self.arrived = self.arrived, []
        return letters


MAILBOX = Mailbox()


class Backend(BaseEmailBackend):
    """Django's mail backend over the mailbox."""

    def open(self) -> None:
        if MAILBOX.is_down:
            raise ConnectionRefusedError("the mail server is down")

    def close(self) -> None:
        """Nothing is open."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for letter in email_messages:
            _take(letter)
        return len(email_messages)


def _take(letter: EmailMessage) -> None:
    if MAILBOX.kill_before:
        MAILBOX.kill_before = False
        raise WorkerKilled
    if letter.to[0] in MAILBOX.bouncing:
        raise smtplib.SMTPRecipientsRefused({letter.to[0]: (550, b"mailbox unavailable")})
    MAILBOX.arrived.append(letter)
    if mark := letter.extra_headers.get("Message-ID"):
        MAILBOX.taken.append(str(mark))
    if MAILBOX.kill_after:
        MAILBOX.kill_after = False
        raise WorkerKilled
