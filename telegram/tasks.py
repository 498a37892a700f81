"""What the worker does for chats: it writes into the outbox, and the bot's process sends."""

from __future__ import annotations

from procrastinate.contrib.django import app

from telegram.warnings import warn


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="telegram.warn")
def warn_of_countries(timestamp: int) -> int:
    """New notices for whoever chose their country."""
    return warn()
