"""manage.py work: the worker, from its start to a signal."""

from __future__ import annotations

import asyncio
import signal

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from procrastinate import App
from procrastinate.contrib.django import app

from servicemap.tasks import put_back_stalled


class Command(BaseCommand):
    help = "Run the worker: letters, reminders, rounds. Ends with 0 only when it was asked to."

    def handle(self, *args: object, **options: object) -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as connected:  # type: ignore[attr-defined]  # Django's connector, whose class the app's type does not name
            asked = asyncio.run(work(connected))
        if not asked:
            raise CommandError("The worker ended by itself, perhaps because the database is away. Start it again.")


async def work(app: App) -> bool:
    """True when a signal ended it. Jobs of a worker that died go back into the queue first, then every minute."""
    me = asyncio.current_task()
    assert me is not None  # noqa: S101  (asyncio.run() gives every coroutine a task)
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, me.cancel)
    async with app.open_async():
        await put_back_stalled(app)
        try:
            await app.run_worker_async(
                install_signal_handlers=False,
                shutdown_graceful_timeout=settings.WORKER_GRACE,
                update_heartbeat_interval=settings.WORKER_HEARTBEAT,
                stalled_worker_timeout=3 * settings.WORKER_HEARTBEAT,
                delete_jobs="successful",
            )
        except asyncio.CancelledError:
            return True
    return False
