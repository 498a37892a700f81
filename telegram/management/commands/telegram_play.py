"""`manage.py telegram_play`: the bot in a terminal, without Telegram, a token or a network."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import User
from core.errors import HouseError
from core.languages import SOURCE
from messaging import telegram as linking
from telegram.linked.desk import answer
from telegram.screens import Button, Said, Screen

#: The chat of this terminal.
_CHAT = 1
_PLACE = re.compile(r"^@\s*(-?\d+(?:\.\d+)?)\s*[, ]\s*(-?\d+(?:\.\d+)?)$")


class Command(BaseCommand):
    help = (
        "Talk to the bot here. Words or a command as they are, a number presses that button, @41.71,44.80 is a place."
        " With --as, !link takes a link on that person's page and !123456 types the digits there; nothing stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", default=SOURCE, help="what Telegram would say of the person's language")
        parser.add_argument("--as", dest="person", default="", help="e-mail of somebody who may link this chat")

    def handle(self, *args: Any, language: str, person: str, **options: Any) -> None:
        self._user = User.objects.filter(email=person, is_active=True).first() if person else None
        if person and self._user is None:
            raise CommandError(f"Nobody has the address {person}.")
        with transaction.atomic():  # a chat of this terminal is none: what it did is taken back at the end
            self._talk(language)
            transaction.set_rollback(True)

    def _talk(self, language: str) -> None:
        buttons = self._show(answer(Said(language, words="/start", chat=_CHAT)))
        for line in _lines():
            if not sys.stdin.isatty():
                self.stdout.write(f"\n> {line}")
            if line.startswith("!") and self._user is not None:
                self.stdout.write(f"\n  {self._on_the_page(self._user, line[1:])}")
                continue
            said = _said(language, line, buttons)
            if said is None:
                self.stdout.write(f"There is no button {line}.")
                continue
            buttons = self._show(answer(said))

    def _on_the_page(self, user: User, did: str) -> str:
        """What the person does in the workspace, and what the page says to it."""
        try:
            if did == "link":
                token = linking.begin_linking(user=user)
                return f"[page: https://t.me/{settings.TELEGRAM_BOT or 'bot'}?start={token}]"
            linking.finish_linking(user=user, digits=did)
        except HouseError as error:
            return f"[page: {error.message}]"
        return "[page: linked]"

    def _show(self, screen: Screen) -> list[Button]:
        """The message as a person sees it, its buttons numbered; gives these."""
        self.stdout.write("\n" + "\n".join(f"│ {line}".rstrip() for line in screen.text.splitlines()))
        buttons = [one for row in screen.rows for one in row]
        number = 0
        for row in screen.rows:
            labels = []
            for one in row:
                number += 1
                labels.append(f"[{number} {one.label}]")
            self.stdout.write("  " + " ".join(labels))
        if screen.asks_place:
            self.stdout.write("  [@latitude,longitude sends a position]")
        return buttons


def _said(language: str, line: str, buttons: list[Button]) -> Said | None:
    if place := _PLACE.match(line):
        return Said(language, place=(float(place[1]), float(place[2])), chat=_CHAT)
    if line.isascii() and line.isdecimal():
        at = int(line)
        return Said(language, press=buttons[at - 1].data, chat=_CHAT) if 0 < at <= len(buttons) else None
    return Said(language, words=line, chat=_CHAT)


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.strip()
