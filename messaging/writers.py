"""The letters that this app itself writes."""

from __future__ import annotations

from django.conf import settings
from django.shortcuts import resolve_url

from messaging.letters import Letter, address_of, letter, writes
from messaging.models import Correspondent, Message
from messaging.services import SILENCE_ASKED, is_last_in_charge


@writes(SILENCE_ASKED)
def silence_asked(message: Message) -> Letter | None:
    """To a coordinator: somebody alone in charge wanted no letters. Over when somebody joined. No names."""
    person = (
        Correspondent.objects.select_related("organization")
        .filter(public_id=message.payload["correspondent"], left_at__isnull=True)
        .first()
    )
    if person is None or not is_last_in_charge(person):
        return None
    context = {"link": address_of(resolve_url(settings.LOGIN_REDIRECT_URL))}
    return letter(message, "messaging/letters/silence_asked", context)
