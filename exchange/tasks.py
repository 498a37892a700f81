"""What the worker does of an import that is too long for a page."""

from __future__ import annotations

import contextlib

from django.utils.translation import override
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from core.languages import SOURCE
from exchange.books import working
from exchange.sources import keeping
from exchange.sources import working as sources


@app.task
def go_on(book: int, language: str) -> int:
    """Any number of these may run: each begins after the last step that is there. Returns how many were sent."""
    with override(language or SOURCE):
        return len(working.work(book))


def defer(book: int, language: str) -> None:
    """Ask the worker to go on with it; once is enough."""
    with contextlib.suppress(AlreadyEnqueued):
        go_on.configure(queueing_lock=f"exchange.{book}").defer(book=book, language=language)


@app.task
def read_on(reading: int, language: str, waited: int = 0) -> None:
    """Go on with a reading of another directory, as `go_on`; a long one stands behind what waits after each shift."""
    with override(language or SOURCE):
        pause = sources.work(reading, waited)
    if pause is not None:
        _defer_reading(reading, language, *pause)


def defer_reading(reading: int, language: str) -> None:
    """Ask the worker to go on with it; once is enough."""
    _defer_reading(reading, language, 0, 0)


def _defer_reading(reading: int, language: str, seconds: int, waited: int) -> None:
    lock = f"exchange.source.{reading}"
    asked = read_on.configure(queueing_lock=lock, schedule_in={"seconds": seconds} if seconds else None)
    with contextlib.suppress(AlreadyEnqueued):
        asked.defer(reading=reading, language=language, waited=waited)


@app.periodic(cron="10 3 * * *")
@app.task(queueing_lock="exchange.daily")
def daily(timestamp: int) -> int:
    """Other directories whose day has come are read again."""
    return keeping.refresh(defer_reading)
