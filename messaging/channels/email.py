"""Letters by e-mail, apart from password mail: an own sender and, if the operator wants, an own server."""

from __future__ import annotations

import contextlib
import smtplib
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from messaging.channels.base import Down, NotSent, OutcomeUnknown, Refused
from messaging.letters import Letter
from messaging.services import record_bounce

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from messaging.models import Correspondent, Message

SendText: TypeAlias = "Callable[[ReadableBuffer | str], tuple[int, bytes]]"

_PERMANENT = 500
_CLOSING = 421


class HungUp(NotSent):
    """The provider ended the line before it got the text of the letter, as many do after some letters or minutes."""


class EmailChannel:
    """One line to the server for many letters. A line that broke is not used again: the next letter gets a new one."""

    code = "email"

    @staticmethod
    def why_closed(correspondent: Correspondent) -> str:
        return correspondent.bounce_reason

    @staticmethod
    def note_refusal(message: Message, reason: str) -> None:
        """Letters to this address come back, for whichever organisation they are."""
        record_bounce(address=message.address, reason=reason)

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None
        self._is_fresh = True

    def send(self, *, address: str, letter: Letter, message_id: str) -> str:
        mail = EmailMessage(
            subject=letter.subject,
            body=letter.text,
            from_email=settings.NOTICE_FROM_EMAIL,
            to=[address],
            headers={
                "Message-ID": message_id,
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
                **letter.headers,
            },
        )
        try:
            self._hand_over(mail)
        except HungUp:
            if self._is_fresh:
                raise
            self._hand_over(mail)
        return "accepted"

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                connection.close()

    def _hand_over(self, mail: EmailMessage) -> None:
        mail.connection = self._open()
        text = _Text(mail.connection)
        try:
            mail.send()
        except smtplib.SMTPException as error:
            fault = _what_happened(error, text)
            if isinstance(fault, OutcomeUnknown | HungUp):
                self.close()
            raise fault from error
        except OSError as error:
            self.close()
            raise OutcomeUnknown(str(error)) from error

    def _open(self) -> BaseEmailBackend:
        self._is_fresh = self._connection is None
        if self._connection is None:
            connection = get_connection(**{"backend": settings.POST_BACKEND} | settings.NOTICE_EMAIL)
            try:
                connection.open()
            except (OSError, smtplib.SMTPException) as error:
                raise Down(str(error)) from error
            self._connection = connection
        return self._connection


class _Text:
    """Knows whether the text of a letter has begun to leave on this line; where that cannot be seen, it has."""

    def __init__(self, connection: BaseEmailBackend) -> None:
        smtp = getattr(connection, "connection", None)
        self.began = not isinstance(smtp, smtplib.SMTP)
        if isinstance(smtp, smtplib.SMTP):
            smtp.data = self._noting(type(smtp).data.__get__(smtp))  # type: ignore[assignment, method-assign]  # this one line only

    def _noting(self, data: SendText) -> SendText:
        def begin(text: ReadableBuffer | str) -> tuple[int, bytes]:
            self.began = True
            return data(text)

        return begin


def _what_happened(error: smtplib.SMTPException, text: _Text) -> Exception:
    """An answer of the server is certain; a line that broke is not, once the text had begun to leave."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        words = f"{code} {_words(answer)}"
        return Refused(words) if code >= _PERMANENT else NotSent(words)
    if isinstance(error, smtplib.SMTPResponseException):
        words = f"{error.smtp_code} {_words(error.smtp_error)}"
        return HungUp(words) if error.smtp_code == _CLOSING else NotSent(words)
    if isinstance(error, smtplib.SMTPServerDisconnected) and not text.began:
        return HungUp(str(error))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NotSent(str(error))
    return OutcomeUnknown(str(error) or type(error).__name__)


def _words(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
