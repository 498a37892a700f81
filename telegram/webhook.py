"""The other way to receive: Telegram sends what people write to an address of ours, behind the proxy.

Rule: only who knows the secret is heard, compared as bytes (a text that is not ASCII would raise); others get a 404,
as for an address that is not there. An update is answered with 200 whatever becomes of it, or Telegram sends it again;
what it sends twice is heard once.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections import deque
from urllib.parse import urlsplit

from aiogram import Bot, Dispatcher
from aiogram.types import Update
from aiohttp import web
from django.conf import settings
from pydantic import ValidationError

from telegram.bot import UPDATES

log = logging.getLogger(__name__)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the name of a header)
LARGEST = 64 * 1024
#: So many updates are remembered, to know what comes twice.
REMEMBERED = 10_000
SHORTEST_SECRET = 24


def make_app(bot: Bot, dispatcher: Dispatcher) -> web.Application:
    """One address, one method."""
    seen: deque[int] = deque(maxlen=REMEMBERED)
    running: set[asyncio.Task[object]] = set()

    def done(task: asyncio.Task[object]) -> None:
        running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("an update was not answered: %s", type(error).__name__)  # a traceback holds words

    async def hear(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, settings.TELEGRAM_WEBHOOK_SECRET.encode()):
            raise web.HTTPNotFound
        try:
            update = Update.model_validate_json(await request.read(), context={"bot": bot})
        except ValidationError:
            return web.Response()
        if update.update_id not in seen:
            seen.append(update.update_id)
            task = asyncio.create_task(dispatcher.feed_update(bot, update))
            running.add(task)
            task.add_done_callback(done)
        return web.Response()

    app = web.Application(client_max_size=LARGEST)
    app.router.add_post(urlsplit(settings.TELEGRAM_WEBHOOK).path or "/", hear)
    return app


async def listen(bot: Bot, dispatcher: Dispatcher) -> None:
    """On this machine's own address, until the process is ended; the proxy brings what comes from outside."""
    secret = settings.TELEGRAM_WEBHOOK_SECRET
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"TELEGRAM_WEBHOOK_SECRET needs {SHORTEST_SECRET} characters or more")
    runner = web.AppRunner(make_app(bot, dispatcher), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", settings.TELEGRAM_WEBHOOK_PORT).start()
    await bot.set_webhook(settings.TELEGRAM_WEBHOOK, secret_token=secret, allowed_updates=UPDATES)
    try:
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
        await bot.session.close()
