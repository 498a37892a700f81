"""The letters that this app itself writes."""

from __future__ import annotations

from collections.abc import Mapping

from core.pages.addresses import Page, path_to
from messaging.letters import Letter, Writer, address_of, letter
from messaging.models import Correspondent, Message
from messaging.services import SILENCE_ASKED, is_last_in_charge


def silence_asked(message: Message) -> Letter | None:
    """To a coordinator: somebody alone in charge wanted no letters. Over when somebody joined. No names."""
    person = (
        Correspondent.objects.select_related("organization")
        .filter(public_id=message.payload["correspondent"], left_at__isnull=True)
        .first()
    )
    if person is None or not is_last_in_charge(person):
        return None
    context = {"link": address_of(path_to(Page.DESK))}
    return letter(message, "messaging/letters/silence_asked", context)


WRITERS: Mapping[str, Writer] = {SILENCE_ASKED: silence_asked}
