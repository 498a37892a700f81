"""One letter a day at the most tells a colleague that something of a volunteer waits; it names nobody and nothing."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from core import clock
from core.pages.addresses import Page, path_to
from messaging.letters import Letter, Writer, address_of, letter
from messaging.models import Message
from messaging.people import correspondents_for
from messaging.services import enqueue
from network.volunteering.kinds import VOLUNTEER_BROUGHT
from network.volunteering.models import VolunteerProposal


def brought(row: VolunteerProposal) -> None:
    """To the colleague who answers, where letters reach them; the page says it in any case."""
    about = row.volunteering
    for person in correspondents_for(about.organization).filter(user=about.colleague_id):
        key = f"{VOLUNTEER_BROUGHT}:{clock.today().isoformat()}:{person.pk}"
        enqueue(kind=VOLUNTEER_BROUGHT, to=person, dedupe_key=key, payload={})


def _written(message: Message) -> Letter | None:
    """Over when everything was answered meanwhile."""
    user = message.correspondent.user
    if user is None or not VolunteerProposal.objects.visible_to(user).open().exists():
        return None
    words = _("A volunteer of yours proposes something")
    more = _("Please look through it and say yes or no, so that they know what came of it:")
    facts = {"words": words, "other_words": more, "link": address_of(path_to(Page.VOLUNTEERS))}
    return letter(message, "network/letters/notice", facts)


WRITERS: Mapping[str, Writer] = {VOLUNTEER_BROUGHT: _written}
