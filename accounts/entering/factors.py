"""A changed second step signs the person out everywhere else; allauth tells of it by signals alone."""

from __future__ import annotations

from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.http import HttpRequest

from accounts.entering.sessions import end_sessions
from accounts.models import User


def watch() -> None:
    for signal in (authenticator_added, authenticator_removed, authenticator_reset):
        signal.connect(_end_the_others, dispatch_uid="accounts.entering.factors")


def _end_the_others(request: HttpRequest, user: User, **kwargs: object) -> None:
    end_sessions(user, but=request)
