"""How allauth behaves in this house: closed to strangers, mails in the reader's language, secrets encrypted."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import translate_url
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import secretbox
from accounts.models import User
from accounts.requests import signed_in
from core.pages.addresses import Page, path_to
from core.pages.askers import asker_of


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _("The address or the password does not match. Capital letters matter."),
        "email_taken": _("Another account has this address."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("The code does not match. Perhaps a newer one has appeared."),
        "incorrect_password": _("The password does not match."),
        "rate_limited": _("Too many tries. Wait a few minutes."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, or set a new password through a letter."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """A name for today in the place of the address: allauth writes it into the cache that processes share."""
        return asker_of(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people come in by invitation."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The person's work, in the language that the person chose: the desk of all, the queue, or one's own desk."""
        user = signed_in(request)
        page = Page.COORDINATION if user.is_coordinator else Page.QUEUE if user.is_verifier else Page.DESK
        with translation.override(user.language):
            return path_to(page)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("account_profile")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """In the language of the person who will read it, links included."""
        user = context.get("user")
        language = self._language_of(email, user if isinstance(user, User) else None)
        links = {
            name: translate_url(value, language)
            for name, value in context.items()
            if name.endswith("_url") and isinstance(value, str)
        }
        with translation.override(language):
            super().send_mail(template_prefix, email, context | links | {"network": settings.NETWORK_NAME})

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, object] | None = None, email: str | None = None
    ) -> None:
        """Says what changed, and nothing about the machine it was changed from: we do not keep addresses."""
        email = email or user.email
        if email and settings.ACCOUNT_EMAIL_NOTIFICATIONS:
            self.send_mail(template_prefix, email, {"user": user, **(context or {})})

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def _language_of(self, email: str, user: User | None) -> str:
        user = user or next(iter(filter_users_by_email(email)), None)
        return user.language if user else translation.get_language() or settings.LANGUAGE_CODE


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Confirm your address first."),
    }

    def encrypt(self, text: str) -> str:
        return secretbox.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secretbox.unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return str(settings.NETWORK_NAME)
