"""The words of a letter, written at the moment of sending.

A room that owns a kind of letter has a table of writers, which the settings name. The writer gets the row and answers
with the letter, or with None when the occasion is over: then nothing leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string

from core.pages.addresses import Page, path_to
from messaging.models import Correspondent, Lane, Message

RHYTHM_SALT = "messaging.rhythm"


@dataclass(frozen=True)
class Letter:
    """What a channel carries. `headers` are extra mail headers; other channels leave them out.

    `buttons` are rows of (label, what a press sends back), `is_quiet` asks for no sound; mail has neither.
    """

    subject: str
    text: str
    headers: dict[str, str] = field(default_factory=dict)
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    is_quiet: bool = False


#: Gets the row, answers with the letter.
Writer = Callable[[Message], Letter | None]


@cache
def writers() -> Mapping[str, Writer]:
    """The writer of every kind of letter, from the tables that the settings name (LETTER_WRITERS)."""
    return {kind: writer for table in settings.LETTER_WRITERS for kind, writer in import_string(table).items()}


@cache
def writers_of(channel: str) -> Mapping[str, Writer]:
    """Who writes which kind of letter for a channel beside e-mail: no secret link may stand in those."""
    name = settings.CHANNEL_WRITERS.get(channel, "")
    return import_string(name) if name else {}


@cache
def _work() -> frozenset[str]:
    return frozenset(kind for table in settings.LETTERS_OF_WORK for kind in import_string(table))


def lane_of(kind: str) -> str:
    """Work where its room says so (LETTERS_OF_WORK), else keeping the map right."""
    return Lane.WORK if kind in _work() else Lane.UPKEEP


def write(message: Message) -> Letter | None:
    """The letter, in the language of the person who will read it."""
    table = writers_of(message.channel) or writers()
    with translation.override(message.correspondent.language):
        return table[message.kind](message)


def letter(message: Message, template: str, facts: Mapping[str, object]) -> Letter:
    """A letter from `<template>_subject.txt` and `<template>.txt`, with the way to fewer letters at its foot."""
    rhythm = rhythm_address(message.correspondent)
    context = {
        **facts,
        "person": message.correspondent.name,
        "network": settings.NETWORK_NAME,
        "rhythm_link": rhythm,
    }
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    text = render_to_string(f"{template}.txt", context).strip() + "\n"
    return Letter(subject[:200], text, {"List-Unsubscribe": f"<{rhythm}>"})


def address_of(path: str) -> str:
    """The full address of a path of this site, for letters."""
    return settings.SITE_ADDRESS.rstrip("/") + path


def rhythm_address(correspondent: Correspondent) -> str:
    """The page on which this person chooses how often to be written to. Signed, works without a login."""
    note = signing.dumps(correspondent.public_id, salt=RHYTHM_SALT)
    return address_of(path_to(Page.RHYTHM, note))


def correspondent_of(note: str) -> Correspondent | None:
    """Whose page of rhythm this is; None for an address that we did not sign."""
    try:
        public_id = signing.loads(note, salt=RHYTHM_SALT)
    except signing.BadSignature:
        return None
    return Correspondent.objects.select_related("organization").filter(public_id=public_id).first()
