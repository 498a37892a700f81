"""Letters by e-mail, apart from password mail: an own sender and, if the operator wants, an own server."""

from __future__ import annotations

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from messaging.channels.base import Down, NotSent, OutcomeUnknown, Refused
from messaging.letters import Letter

_PERMANENT = 500


class EmailChannel:
    code = "email"

    def __init__(self) -> None:
        self._connection: Any = None

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
            connection=self._open(),
        )
        try:
            mail.send()
        except smtplib.SMTPException as error:
            raise _what_happened(error) from error
        except OSError as error:
            raise OutcomeUnknown(str(error)) from error
        return "accepted"

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> Any:
        if self._connection is None:
            connection = get_connection(fail_silently=False, **settings.NOTICE_EMAIL)
            try:
                connection.open()
            except (OSError, smtplib.SMTPException) as error:
                raise Down(str(error)) from error
            self._connection = connection
        return self._connection


def _what_happened(error: smtplib.SMTPException) -> Exception:
    """An answer of the server is certain; a line that broke is not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        text = f"{code} {_words(words)}"
        return Refused(text) if code >= _PERMANENT else NotSent(text)
    if isinstance(error, smtplib.SMTPResponseException):
        return NotSent(f"{error.smtp_code} {_words(error.smtp_error)}")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NotSent(str(error))
    return OutcomeUnknown(str(error) or type(error).__name__)


def _words(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
