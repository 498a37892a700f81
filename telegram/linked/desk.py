"""Who is spoken to: the few things of a linked chat here, everything else as the public hears it.

Rule: whoever is not linked leaves nothing, and what the public finds is found without the chat. Rights are asked at
each press; coordinators and administrators have no power of theirs here.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from core.errors import HouseError
from core.languages import known
from messaging import telegram as linking
from telegram.linked import confirming, places, requests, settings_screens
from telegram.linked.actions import Act, act, is_act, read
from telegram.public import dialogue
from telegram.public.buttons import Turn, button
from telegram.screens import Button, Said, Screen

if TYPE_CHECKING:
    from accounts.models import User
    from messaging.models import TelegramAccount

#: Commands of linked people.
COMMANDS = {"/confirm": Act.DUE, "/places": Act.PLACES, "/requests": Act.REQUESTS, "/settings": Act.SETTINGS,
            "/stop": Act.STOP}  # fmt: skip
#: Characters of the token of a deep link.
_TOKEN = 24


def answer(said: Said) -> Screen:
    """The screen for an update from a private chat, in the language of the account, else of Telegram."""
    words = said.words.strip()
    command = words.split()[0].partition("@")[0].lower() if words.startswith("/") else ""
    if command == "/start" and len(token := words.partition(" ")[2].strip()) == _TOKEN:
        return _met(said, token)
    if (command not in COMMANDS and command not in ("", "/start")) or (not command and not is_act(said.press)):
        return dialogue.answer(dataclasses.replace(said, chat=0))
    account = linking.account_of(said.chat)
    if account is None:
        return _not_linked(said) if command in COMMANDS or said.press else dialogue.answer(_without(said))
    with translation.override(known(account.user.language)):
        linking.note_press(account)  # whoever writes has not blocked the bot
        if command == "/start":
            return _home(said)
        return _done(account, COMMANDS.get(command), said.press)


def _without(said: Said) -> Said:
    return dataclasses.replace(said, chat=0)


def _met(said: Said, token: str) -> Screen:
    digits = linking.meet_chat(token=token, chat=said.chat)
    with translation.override(known(said.language)):
        if digits is None:
            return Screen(_("This link has ended. Please take a new one in the workspace."))
        text = _(
            "Six digits: %(digits)s\n\nWrite them on the page where you took the link, within ten minutes. Tell them"
            " nobody: whoever asks you for them wants to answer in your name. If you took no link, do nothing."
        )
        return Screen(text % {"digits": f"{digits[:3]} {digits[3:]}"})


def _not_linked(said: Said) -> Screen:
    with translation.override(known(said.language)):
        text = _(
            "This chat is not linked. People of the network link it in the workspace, under “My account” → Telegram:"
            " %(site)s"
        )
        return Screen(text % {"site": settings_screens.page()}, ((button(_("Find a service"), Turn.GROUPS),),))


def _home(said: Said) -> Screen:
    """What everybody reads, with the buttons of a linked chat first."""
    screen = dialogue.answer(_without(said))
    return Screen(screen.text, (*first_row(), *screen.rows))


def first_row() -> tuple[tuple[Button, ...], ...]:
    return ((act(_("What is due"), Act.DUE), act(_("Places"), Act.PLACES), act(_("Requests"), Act.REQUESTS)),)


# long: the table of steps, a step a line
def _done(account: TelegramAccount, command: Act | None, press: str) -> Screen:
    """One transaction for each press. What cannot be is said in plain words, and nothing of it stays."""
    user = account.user
    try:
        with transaction.atomic():
            match (command, []) if command else read(press):
                case (Act.DUE, []):
                    return confirming.due(user)
                case (Act.ALL_RIGHT, [handle]):
                    return confirming.all_right(user, handle)
                case (Act.EACH, [handle]):
                    return confirming.each(user, handle)
                case (Act.ONE_RIGHT, [handle, item]):
                    return confirming.one_right(user, handle, item)
                case (Act.UNDO, [handle]):
                    return confirming.undone(user, handle)
                case (Act.PLACES, []):
                    return places.listings(user)
                case (Act.LEVELS, [listing]):
                    return places.levels(user, listing)
                case (Act.LEVEL, [listing, level]):
                    return places.said(user, listing, level)
                case (Act.REQUESTS, []):
                    return requests.waiting(user)
                case (Act.REQUEST, [offer]):
                    return requests.request(user, offer)
                case (Act.RECEIVED, [offer]):
                    return requests.received(user, offer)
                case (Act.DECLINED, [offer, reason]):
                    return requests.declined(user, offer, reason)
                case (Act.SETTINGS, []):
                    return settings_screens.settings_of(account)
                case (Act.COUNTRY, [country]):
                    return settings_screens.country_pressed(account, country)
                case (Act.STOP, []):
                    return _stopped(user)
                case _:
                    return Screen(_("This button is from an earlier time. Please begin anew."), first_row())
    except HouseError as error:
        return Screen(str(error.message), first_row())


def _stopped(user: User) -> Screen:
    linking.unlink(user=user)
    return Screen(
        _("Unlinked. We have forgotten this chat, letters come by e-mail. You may delete it here too."),
        ((button(_("Find a service"), Turn.GROUPS),),),
    )


__all__ = ["answer", "first_row"]
