"""What the bot's process does beside answering: the outbox's messages, groups, linkings that nobody ended."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from aiogram import Bot
from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection

from messaging import telegram as linking
from messaging.dispatch import dispatch
from telegram import groups
from telegram.bot import Window
from telegram.channel import TelegramChannel, carrier

log = logging.getLogger(__name__)
#: Seconds between two rounds.
EVERY = 5


async def keep_sending(bot: Bot, window: Window, every: float = EVERY) -> None:
    """Round after round, in a thread of its own: a hanging line holds up no answer."""
    channel = carrier(asyncio.get_running_loop(), partial(window.deliver, bot))
    while True:
        try:
            await sync_to_async(one_round, thread_sensitive=False)(channel)
        except Exception as error:
            log.error("a round broke off: %s", type(error).__name__)  # a traceback holds words
        await asyncio.sleep(every)


def one_round(channel: type[TelegramChannel]) -> None:
    close_old_connections()
    try:
        linking.forget_linkings()
        dispatch(carriers={channel.code: channel})
        groups.tell(channel().hand_over)
    finally:
        connection.close()
