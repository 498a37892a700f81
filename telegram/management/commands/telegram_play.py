"""`manage.py telegram_play`: the bot in a terminal, without Telegram, a token or a network."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.languages import SOURCE
from telegram.dialogue import answer
from telegram.screens import Button, Said, Screen

_PLACE = re.compile(r"^@\s*(-?\d+(?:\.\d+)?)\s*[, ]\s*(-?\d+(?:\.\d+)?)$")


class Command(BaseCommand):
    help = (
        "Talk to the bot here. Words or a command as they are, a number presses that button, @41.71,44.80 is a place."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", default=SOURCE, help="what Telegram would say of the person's language")

    def handle(self, *args: Any, language: str, **options: Any) -> None:
        buttons = self._show(answer(Said(language, words="/start")))
        for line in _lines():
            if not sys.stdin.isatty():
                self.stdout.write(f"\n> {line}")
            said = _said(language, line, buttons)
            if said is None:
                self.stdout.write(f"There is no button {line}.")
                continue
            buttons = self._show(answer(said))

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
        return Said(language, place=(float(place[1]), float(place[2])))
    if line.isascii() and line.isdecimal():
        at = int(line)
        return Said(language, press=buttons[at - 1].data) if 0 < at <= len(buttons) else None
    return Said(language, words=line)


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.strip()
