"""A test letter goes to the servers at once, past the queue, and what they refuse is said."""

from __future__ import annotations

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import CommandError, call_command


class Refuses(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise smtplib.SMTPAuthenticationError(535, b"wrong password")


def test_it_goes_past_the_queue(settings, capsys):
    settings.EMAIL_BACKEND = "accounts.post.QueuedBackend"
    settings.POST_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("test_letter", "anna@example.org")
    assert [letter.to for letter in mail.outbox] == [["anna@example.org"]]
    assert "EMAIL_URL: handed over" in capsys.readouterr().out


def test_the_server_of_reminders_is_tried_too(settings):
    settings.POST_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.NOTICE_EMAIL = {"backend": f"{__name__}.Refuses"}
    with pytest.raises(CommandError, match=r"NOTICE_EMAIL_URL: .*wrong password"):
        call_command("test_letter", "anna@example.org")
    assert len(mail.outbox) == 1


def test_what_is_no_address_is_refused_in_words():
    with pytest.raises(CommandError, match="no address"):
        call_command("test_letter", "anna")
