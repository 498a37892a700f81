"""Letters about accounts leave from the worker: no page waits for a mail server, and none takes longer for somebody

who has an account than for somebody who has none. A wish for a new password is written down unread; whether there is
such a person is looked up by the worker.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Sequence
from typing import Literal, TypedDict
from urllib.parse import urlsplit

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.utils import filter_users_by_email
from allauth.core.context import request_context
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.http import HttpRequest
from django.utils import translation
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from accounts import secretbox
from accounts.models import WaitingLetter
from core import clock

log = logging.getLogger(__name__)

#: Minutes until the next attempt, by the number of attempts so far; a link for a password is of no use after a day.
BACKOFF = (1, 5, 15, 60, 240, 720)


class AccountLetter(TypedDict):
    kind: Literal["letter"]
    subject: str
    body: str
    sender: str
    to: list[str]
    html: str


class PasswordWish(TypedDict):
    """For a new password: where it was asked for, in which language."""

    kind: Literal["wish"]
    email: str
    language: str
    base: str


class QueuedBackend(BaseEmailBackend):
    """Django's way to send mail, put off until the worker's turn."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            html = [str(part[0]) for part in getattr(mail, "alternatives", []) if part[1] == "text/html"]
            put(AccountLetter(
                kind="letter", subject=str(mail.subject), body=str(mail.body), sender=mail.from_email, to=list(mail.to),
                html=html[0] if html else "",
            ))  # fmt: skip
        return len(email_messages)


def ask_for_password(*, email: str, language: str, base: str) -> None:
    """The same work for every address."""
    put(PasswordWish(kind="wish", email=email, language=language, base=base))


def put(what: AccountLetter | PasswordWish) -> None:
    WaitingLetter.objects.create(sealed=secretbox.seal(json.dumps(what)), not_before=clock.now())
    try:
        with transaction.atomic():
            app.configure_task("accounts.tasks.send_letters").defer(timestamp=0)
    except AlreadyEnqueued:
        pass


def send_waiting(limit: int = 200) -> int:
    """Send what is due; returns how many rows were done with. Safe to run in several processes at once."""
    done = 0
    for _number in range(limit):
        with transaction.atomic():
            due = WaitingLetter.objects.filter(not_before__lte=clock.now()).order_by("not_before", "pk")
            row = due.select_for_update(skip_locked=True).first()
            if row is None:
                break
            done += _deal_with(row)
    return done


def _deal_with(row: WaitingLetter) -> int:
    try:
        with transaction.atomic():
            _send(json.loads(secretbox.unseal(row.sealed)))
    except Exception:
        if row.attempts >= len(BACKOFF):
            log.exception("a letter about an account was given up")
            row.delete()
            return 1
        log.warning("a letter about an account could not be sent and is tried again", exc_info=True)
        row.not_before = clock.now() + dt.timedelta(minutes=BACKOFF[row.attempts])
        row.attempts += 1
        row.save(update_fields=["attempts", "not_before"])
        return 0
    row.delete()
    return 1


def _send(what: AccountLetter | PasswordWish) -> None:
    if what["kind"] == "wish":
        users = filter_users_by_email(what["email"], is_active=True, prefer_verified=True)
        if users:
            request = _as_if_asked_at(what["base"])
            with translation.override(what["language"]), request_context(request):
                request_password_reset(request, what["email"], users, default_token_generator)
        return
    mail = EmailMultiAlternatives(
        what["subject"], what["body"], what["sender"], what["to"], connection=get_connection(settings.POST_BACKEND)
    )
    if what["html"]:
        mail.attach_alternative(what["html"], "text/html")
    mail.send()


def _as_if_asked_at(base: str) -> HttpRequest:
    """A request that gives links the address under which the page was open."""
    parts = urlsplit(base)
    request = HttpRequest()
    request.META = {"SERVER_NAME": parts.hostname or "", "HTTP_HOST": parts.netloc, "wsgi.url_scheme": parts.scheme}
    request.META["SERVER_PORT"] = str(parts.port or (443 if parts.scheme == "https" else 80))
    request.META["HTTP_X_FORWARDED_PROTO"] = parts.scheme
    return request
