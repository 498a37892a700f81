"""The letter with an invitation."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from organizations.models import Invitation


def send_invitation(request: HttpRequest, invitation: Invitation, token: str) -> None:
    """In the language that the manager chose.

    Names neither the organisation nor the person who invites: a letter is read on lock screens and in strangers'
    mail boxes. The page behind the link names both.
    """
    with translation.override(invitation.language):
        link = request.build_absolute_uri(reverse("invitation", args=[token]))
        context = {"link": link, "expires_at": invitation.expires_at, "network": settings.NETWORK_NAME}
        send_mail(
            subject=gettext("Invitation to the service map"),
            message=render_to_string("workspace/team/letter.txt", context),
            from_email=None,
            recipient_list=[invitation.email],
        )
