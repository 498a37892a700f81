"""`manage.py telegram_bot`: answer whoever writes to the bot, and send what the outbox has for chats.

By long polling, so that nothing has to reach us from outside; by a webhook where TELEGRAM_WEBHOOK says so.
"""

from __future__ import annotations

import asyncio
import contextlib

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from core.languages import SOURCE
from telegram.public import dialogue
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
        asyncio.run(_run())


async def _run() -> None:
    from aiogram.exceptions import AiogramError

    from telegram.bot import UPDATES, Window, make_bot, make_dispatcher
    from telegram.rounds import keep_sending
    from telegram.webhook import listen

    bot, window = make_bot(), Window()
    dispatcher = make_dispatcher(window)
    letters = asyncio.create_task(keep_sending(bot, window))
    try:
        if settings.TELEGRAM_WEBHOOK:
            await listen(bot, dispatcher)
        else:
            with contextlib.suppress(AiogramError):  # away just now: polling waits for it
                await bot.delete_webhook()
            await dispatcher.start_polling(bot, allowed_updates=UPDATES, close_bot_session=True)
    finally:
        letters.cancel()
