"""`manage.py telegram_bot`: answer whoever writes to the bot, by long polling: nothing has to reach us from outside."""

from __future__ import annotations

import asyncio

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from core.languages import SOURCE
from telegram import dialogue
from telegram.screens import Said

#: Two pollers of one token would take each other's updates.
_LOCK = 7_304_611


class Command(BaseCommand):
    help = "Answer in Telegram. Needs TELEGRAM_TOKEN; TELEGRAM_API is another server of the Bot API."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.TELEGRAM_TOKEN:
            raise CommandError("TELEGRAM_TOKEN is missing: docs/telegram.md says how to get one.")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                raise CommandError("Another process answers already.")
        dialogue.answer(Said(SOURCE, words="HIV"))  # what the first question would wait for
        asyncio.run(_poll())


async def _poll() -> None:
    from telegram.bot import UPDATES, make_bot, make_dispatcher

    bot = make_bot()
    await make_dispatcher().start_polling(bot, allowed_updates=UPDATES, close_bot_session=True)
